"""Ids that people's records hang on: what is said when one is lost or turned into something else."""

from pathlib import Path

import pytest

from app.library.compiling import compile_course
from app.library.folders import read_folders
from app.library.history import about_history
from app.library.model import CompiledCourse

GOOD = read_folders(Path(__file__).parents[1] / "authored" / "good")[("course", "good-course")]
COURSE, LESSON = "content/good-course/course.yml", "content/good-course/20-next-steps.md"
TEST, PRACTICE = "quizzes/good-course/test.yml", "quizzes/good-course/practice.yml"


def changed(*edits: tuple[str, str, str]) -> CompiledCourse:
    files = dict(GOOD)
    for path, old, new in edits:
        assert old.encode() in files[path]
        files[path] = files[path].replace(old.encode(), new.encode())
    compiled, problems = compile_course(files)
    assert compiled is not None, problems
    return compiled


def told(*edits: tuple[str, str, str]) -> list[str]:
    return [str(problem) for problem in about_history(changed(), changed(*edits))]


def test_new_words_under_the_same_ids_are_nobodys_loss() -> None:
    assert told((TEST, "A caller begins with a leak.", "A caller begins with a flood.")) == []


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            (LESSON, "id: your-call", "id: your-calls-now"),
            f"{COURSE}:1:1: warning: The block your-call is live and is",
        ),
        (
            (TEST, "- id: hear-b", "- id: hear-z"),
            f"{TEST}:1:1: warning: The question hear-b is live and is not here",
        ),
        (
            (TEST, "  - id: note\n", "  - id: notes\n"),
            f"{TEST}:1:1: warning: The slot note is live and is not here",
        ),
        (
            (PRACTICE, "{id: c,", "{id: d,"),
            f"{TEST}:1:1: warning: The choice say-back/c is live and is not here",
        ),
    ],
)
def test_an_id_that_is_lost_is_named(edit: tuple[str, str, str], expected: str) -> None:
    assert any(sentence.startswith(expected) for sentence in told(edit)), told(edit)


def test_an_id_used_for_something_else_is_named_where_it_stands() -> None:
    slot = "    outcome: {}\n    section: next-steps"
    outcome = "by when., shown_by: {}"
    sentences = told(
        (TEST, slot.format("agree"), slot.format("listen")),
        (COURSE, outcome.format("test"), outcome.format("reflection")),
    )
    assert [sentence.partition(" Give")[0] for sentence in sentences] == [
        f"{COURSE}:1:1: warning: The outcome agree was shown by test and is shown by reflection now.",
        f"{TEST}:73:5: warning: The slot kinds was about agree and is about listen now.",
    ]


def test_a_new_edition_may_let_ids_go() -> None:
    assert told((TEST, "- id: hear-b", "- id: hear-z"), (COURSE, "edition: 1", "edition: 2")) == []
