"""A file's text for editing: what may be opened, and that putting it back changes only what was typed."""

import pytest

from app.kernel.authored import LARGEST_FILE
from app.kernel.errors import NotFound, Refusal
from app.library.raw_files import put_back, text_at, texts_of
from tests.library.drafts import KEY, LESSON, good_files

COURSE = "content/good-course/course.yml"


def test_every_text_can_be_opened_and_nothing_else() -> None:
    found = texts_of(KEY, good_files())
    assert COURSE in found
    assert LESSON in found
    assert "quizzes/good-course/test.yml" in found
    assert not [path for path in found if "/images/" in path]


def test_a_file_that_every_course_needs_can_be_begun() -> None:
    assert text_at(KEY, {}, COURSE) == ""
    assert put_back(COURSE, "title: A", None) == b"title: A\n"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x.yml",
        "content/site.yml",
        "content/other/course.yml",
        "content/good-course/images/note.png",
    ],
)
def test_other_paths_are_not_found(path: str) -> None:
    with pytest.raises(NotFound):
        text_at(KEY, good_files(), path)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Refusal):
        text_at(KEY, {LESSON: b"\xff\xfe"}, LESSON)


@pytest.mark.parametrize(
    "before",
    [b"a: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n", b"a: 1\nb: 2", b"\xef\xbb\xbfa: 1\nb: 2\n", b"a: 1\n\n\nb: 2\n\n"],
)
def test_a_text_put_back_as_a_browser_sends_it_is_the_same_bytes(before: bytes) -> None:
    typed = text_at(KEY, {LESSON: before}, LESSON).replace("\n", "\r\n")
    assert put_back(LESSON, typed, before) == before
    assert put_back(LESSON, typed.replace("2", "3"), before) == before.replace(b"2", b"3")


@pytest.mark.parametrize("typed", ["", " \r\n ", "a\x00b", "a\x1bb", "a\x85b", "x" * (LARGEST_FILE + 1)])
def test_what_cannot_be_kept_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        put_back(LESSON, typed, b"before\n")
