"""Adding, moving and retiring lessons: only what is meant changes, and no name is used twice."""

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound, Refusal
from app.kernel.problems import has_errors
from app.library.arranging_lessons import (
    add_lesson,
    left_hanging,
    move_lesson,
    retire_lesson,
)
from app.library.compiling import compile_course
from app.library.drafting import Changes
from app.library.folders import read_folders
from app.library.ids_used import ids_ever_live
from app.library.lesson_files import lesson_path, lesson_slugs
from app.library.naming import slug_from, unused
from tests.house.source import ROOT
from tests.library.drafts import KEY, LESSON, OTHER, save_text

SLUG = "clear-letters"
FILES = read_folders(ROOT)[("course", SLUG)]
LESSONS = ["the-answer-first", "details-and-words", "saying-no"]


def with_(changes: Changes, files: Mapping[str, bytes] = FILES) -> dict[str, bytes]:
    made = {**files, **{path: body for path, body in changes.items() if body is not None}}
    return {path: body for path, body in made.items() if path not in changes or changes[path] is not None}


def said(files: Mapping[str, bytes]) -> list[str]:
    _, problems = compile_course(files)
    assert not has_errors(problems), problems
    return [problem.sentence for problem in problems]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Saying no, and why", "saying-no-and-why"),
        ("Café: don’t", "cafe-dont"),
        ("!?", "lesson"),
        ("", "lesson"),
        ("../../etc", "etc"),
        ("word " * 30, "word-" * 11 + "word"),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_title_gives_a_slug(title: str, slug: str) -> None:
    assert slug_from(title, "lesson") == slug


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert unused("a", {"a", "a-2"}) == "a-3"
    assert len(unused("x" * 60, {"x" * 60})) == 60


@pytest.mark.parametrize(
    ("after", "at", "number"), [(None, 3, "40"), ("", 0, "04"), ("the-answer-first", 1, "15")]
)
def test_a_lesson_is_added_where_it_should_stand(after: str | None, at: int, number: str) -> None:
    changes, lesson = add_lesson(FILES, SLUG, "Ending: well", after=after)
    assert list(changes) == [f"content/{SLUG}/{number}-ending-well.md"]
    assert lesson_slugs(with_(changes), SLUG).index(lesson) == at
    assert said(with_(changes)) == ["This is still to be written."]


def test_a_lesson_never_takes_a_name_that_was_used() -> None:
    _, lesson = add_lesson(FILES, SLUG, "Saying no", taken={"saying-no-2"})
    assert lesson == "saying-no-3"
    assert add_lesson(FILES, SLUG, "Test")[1] == "test-2"


def test_where_there_is_no_room_only_those_behind_are_renumbered() -> None:
    files = dict(FILES)
    files[f"content/{SLUG}/11-close.md"] = files.pop(f"content/{SLUG}/20-details-and-words.md")
    changes, _ = add_lesson(files, SLUG, "Next", after="the-answer-first")
    assert sorted(changes) == [
        f"content/{SLUG}/11-close.md",
        f"content/{SLUG}/11-next.md",
        f"content/{SLUG}/12-close.md",
    ]
    assert lesson_slugs(with_(changes, files), SLUG) == ["the-answer-first", "next", "close", "saying-no"]


def test_the_numbers_never_grow_too_long() -> None:
    files = {**FILES, f"content/{SLUG}/999-last.md": b"---\ntitle: A\noutcomes: []\nminutes: 1\n---\n"}
    changes, lesson = add_lesson(files, SLUG, "New")
    assert lesson_slugs(with_(changes, files), SLUG) == [*LESSONS, "last", lesson]


@pytest.mark.parametrize(
    ("lesson", "after", "order"),
    [
        ("saying-no", "", [2, 0, 1]),
        ("saying-no", "the-answer-first", [0, 2, 1]),
        ("the-answer-first", None, [1, 2, 0]),
        ("details-and-words", "the-answer-first", [0, 1, 2]),
    ],
)
def test_a_lesson_moves_and_keeps_its_text(lesson: str, after: str | None, order: list[int]) -> None:
    changes, _ = move_lesson(FILES, SLUG, lesson, after=after)
    files = with_(changes)
    assert lesson_slugs(files, SLUG) == [LESSONS[place] for place in order]
    assert files[lesson_path(files, SLUG, lesson)] == FILES[lesson_path(FILES, SLUG, lesson)]
    assert len(changes) <= 2
    assert said(files) == []


def test_retiring_a_lesson_says_first_what_still_points_at_it() -> None:
    changes, _ = retire_lesson(FILES, SLUG, "saying-no")
    assert lesson_slugs(with_(changes), SLUG) == LESSONS[:2]
    hanging = [problem.sentence for problem in left_hanging(FILES, SLUG, "saying-no")]
    assert "There is no section called saying-no#a-clear-no in this course." in hanging
    assert "No lesson shows the practice question garden-plot." in hanging
    with pytest.raises(NotFound):
        retire_lesson(FILES, SLUG, "nothing")


def test_the_last_lesson_stays() -> None:
    files = with_({lesson_path(FILES, SLUG, each): None for each in LESSONS[1:]})
    with pytest.raises(Refusal):
        retire_lesson(files, SLUG, LESSONS[0])


def test_an_id_that_was_ever_live_counts_as_taken(session: Session) -> None:
    save_text(session, LESSON, None)
    save_text(session, OTHER, b"---\ntitle: A\n---\n/// practice\nid: never-live\n///\n")
    used = ids_ever_live(session, KEY)
    assert {"first-steps", "next-steps", "hear", "hear-b", "say-back"} <= used
    assert "never-live" not in used
