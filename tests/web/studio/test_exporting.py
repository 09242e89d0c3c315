"""A course taken along as one file: for editors who have seen its answers, safe to keep, and the draft."""

from sqlalchemy.orm import Session

from app.library.packing import pack
from app.library.unzipping import unpack
from tests.cast import Cast
from tests.library.drafts import LESSON, good_files, save_text
from tests.page import Page
from tests.web.studio.keys import open_keys

EXPORT = "/studio/courses/good-course/export"


def test_the_file_holds_the_draft_as_it_stands_in_the_folders(
    page: Page, cast: Cast, session: Session
) -> None:
    save_text(session, LESSON, b"---\ntitle: New\n---\n")
    response = open_keys(page.sign_in(cast.edda)).get(EXPORT)
    assert unpack(response.data) == {**good_files(), LESSON: b"---\ntitle: New\n---\n"}


def test_it_is_kept_and_not_shown(page: Page, cast: Cast) -> None:
    headers = open_keys(page.sign_in(cast.edda)).get(EXPORT).headers
    assert headers["Content-Type"] == "application/zip"
    assert headers["Content-Disposition"] == 'attachment; filename="good-course.zip"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


def test_the_same_draft_is_the_same_file(page: Page, cast: Cast) -> None:
    open_keys(page.sign_in(cast.edda))
    assert page.get(EXPORT).data == page.get(EXPORT).data == pack(good_files())


def test_who_has_not_seen_the_answers_is_asked_first(page: Page, cast: Cast) -> None:
    response = page.sign_in(cast.edda).get(EXPORT)
    assert response.mimetype == "text/html"


def test_a_course_that_is_not_here_is_not_found(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get("/studio/courses/nothing/export", status=404)
    page.get("/studio/courses/..%2f..%2fetc/export", status=404)
