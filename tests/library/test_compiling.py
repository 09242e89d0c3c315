"""Compiling: whatever the bytes, problems and never exceptions; and what a good course becomes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.blocks import Practice, Reflection
from app.catalogue.model import BlockRef, Html
from app.kernel.problems import has_errors
from app.library.compiling import compile_course, compile_design, compile_site
from app.library.estimate import estimate_course, is_off
from app.library.folders import read_folders
from app.library.model import CompiledCourse, Estimate

GOOD = read_folders(Path(__file__).parents[1] / "authored" / "good")
COURSE = GOOD[("course", "good-course")]
TEXTS = sorted(path for path in COURSE if not path.endswith(".png"))
YAML_MARKS = [
    b"\n",
    b"\t",
    b"  ",
    b": ",
    b"- ",
    b"'",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b"&a",
    b"*a",
    b"!!",
    b"|",
    b"<<",
    b"\0",
    b"\xff",
]
MARKDOWN_MARKS = [
    b"///",
    b"/// practice\n",
    b"---",
    b"#",
    b"## ",
    b"> ",
    b"](",
    b"![",
    b"<script>",
    b"{#a}",
    b"|",
    b"`",
    b"\x1a",
]


def good() -> CompiledCourse:
    compiled, problems = compile_course(COURSE)
    assert problems == []
    assert compiled is not None
    return compiled


def test_a_good_course_has_its_lessons_in_order_with_their_blocks_in_place() -> None:
    course = good().course
    assert [lesson.slug for lesson in course.lessons] == ["first-steps", "next-steps"]
    kinds = [type(segment) for segment in course.lessons[0].segments]
    assert kinds == [Html, BlockRef, Html]
    blocks = {name: block for lesson in course.lessons for name, block in lesson.blocks.items()}
    assert blocks["say-back"] == Practice(id="say-back", question="say-back")
    assert isinstance(blocks["your-call"], Reflection)
    lesson = course.lesson("first-steps")
    assert lesson is not None
    assert [section.anchor for section in lesson.sections] == ["hear-it-all", "say-it-back"]


def test_a_good_course_has_three_slots_of_three_types_with_three_questions_each() -> None:
    slots = good().quiz.slots
    assert [len(slot.questions) for slot in slots] == [3, 3, 3]
    assert [slot.questions[0].type for slot in slots] == ["single-choice", "multiple-response", "classify"]
    assert list(good().practice) == ["say-back"]


def test_compiling_twice_gives_equal_courses() -> None:
    assert good() == good()


def test_the_minutes_follow_the_one_formula() -> None:
    compiled = good()
    estimate = estimate_course(compiled.course, compiled.quiz, compiled.practice)
    words = sum(lesson.words for lesson in compiled.course.lessons)
    reasons = sum(len(choice.reason.split()) for choice in compiled.practice["say-back"].choices)
    assert estimate.reading == round((words + reasons) * 60 / 200)
    assert (estimate.practice, estimate.prompts, estimate.test) == (30, 60, 3 * 36)
    assert compiled.estimate == estimate


@pytest.mark.parametrize(
    ("stated", "seconds", "off"),
    [
        (10, 600, False),
        (12, 600, False),
        (13, 600, True),
        (8, 600, False),
        (7, 600, True),
        (1, 35, False),
        (2, 80, True),
    ],
)
def test_minutes_may_be_a_quarter_off_and_rounding_is_always_allowed(
    stated: int, seconds: int, off: bool
) -> None:
    assert is_off(stated, Estimate(reading=seconds, practice=0, prompts=0, test=0)) is off


def test_two_mistakes_in_two_files_are_both_told_in_the_order_of_paths_and_lines() -> None:
    files = dict(COURSE)
    files["content/good-course/course.yml"] = COURSE["content/good-course/course.yml"].replace(
        b"nation: England\n", b""
    )
    files["quizzes/good-course/practice.yml"] = b"questions: 3\n"
    files["content/good-course/10-first-steps.md"] = b"no front matter"
    compiled, problems = compile_course(files)
    assert compiled is None
    assert [problem.path.rpartition("/")[2] for problem in problems] == [
        "10-first-steps.md",
        "course.yml",
        "practice.yml",
    ]
    assert problems == sorted(problems)


@pytest.mark.parametrize(
    "files", [{}, {"content/x": b""}, {"quizzes/x/test.yml": b""}, {"content/x/10-a.md": b"\xff"}]
)
def test_files_that_are_no_course_are_a_problem(files: dict[str, bytes]) -> None:
    compiled, problems = compile_course(files)
    assert compiled is None
    assert has_errors(problems)


ANY_BYTES = given(path=st.sampled_from(TEXTS), body=st.binary(max_size=300))
A_SLIP = given(
    path=st.sampled_from(TEXTS),
    where=st.floats(0, 1),
    mark=st.sampled_from(YAML_MARKS + MARKDOWN_MARKS),
    cut=st.integers(0, 9),
)
FEW, MANY = settings(max_examples=15, deadline=None), settings(max_examples=300, deadline=None)


def assert_told(files: dict[str, bytes]) -> None:
    """Compiling gives a course or errors, and every problem has a place within its file."""
    compiled, problems = compile_course(files)
    assert (compiled is None) == has_errors(problems)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.sentence
        if problem.path in files:
            lines = files[problem.path].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
            assert problem.line <= lines


def with_slip(path: str, where: float, mark: bytes, cut: int) -> dict[str, bytes]:
    start = int(where * len(COURSE[path]))
    return {**COURSE, path: COURSE[path][:start] + mark + COURSE[path][start + cut :]}


@FEW
@ANY_BYTES
def test_no_bytes_whatever_make_compiling_raise(path: str, body: bytes) -> None:
    assert_told({**COURSE, path: body})


@FEW
@A_SLIP
def test_no_slip_of_the_pen_makes_compiling_raise(path: str, where: float, mark: bytes, cut: int) -> None:
    assert_told(with_slip(path, where, mark, cut))


@pytest.mark.slow
@MANY
@ANY_BYTES
def test_no_bytes_of_many_make_compiling_raise(path: str, body: bytes) -> None:
    assert_told({**COURSE, path: body})


@pytest.mark.slow
@MANY
@A_SLIP
def test_no_slip_of_many_makes_compiling_raise(path: str, where: float, mark: bytes, cut: int) -> None:
    assert_told(with_slip(path, where, mark, cut))


@FEW
@given(path=st.text(min_size=1, max_size=60), body=st.binary(max_size=50))
def test_no_name_of_a_file_makes_compiling_raise(path: str, body: bytes) -> None:
    compile_course({**COURSE, f"content/good-course/{path}": body})
    compile_course({path: body})


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=200))
def test_no_bytes_whatever_make_a_site_or_a_design_raise(body: bytes) -> None:
    assert has_errors(compile_site({"content/site.yml": body})[1])
    assert has_errors(compile_design({"certificates/standard/design.yml": body})[1])
