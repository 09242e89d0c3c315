"""Pictures: under their hash, kept for ever, and nothing but pictures."""

from hashlib import sha256

from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.publishing import purge
from tests.conftest import HERE, NOON
from tests.page import Page

GOOD = HERE / "authored" / "good"
PICTURE = (GOOD / "content/good-course/images/note.png").read_bytes()
ADDRESS = f"/images/{sha256(PICTURE).hexdigest()}"


def test_a_lesson_shows_its_picture_by_hash(page: Page) -> None:
    page.get("/courses/good-course/first-steps")
    [picture] = [one for one in page.elements("img") if one.get("alt", "").startswith("A hand")]
    assert picture.get("src") == ADDRESS


def test_a_picture_is_served_once_and_then_kept(page: Page) -> None:
    response = page.get(ADDRESS)
    assert (response.data, response.mimetype) == (PICTURE, "image/png")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    assert page.get(ADDRESS, status=304, headers={"If-None-Match": response.headers["ETag"]}).data == b""


def test_however_many_revisions_hold_a_picture_its_bytes_are_fetched_once(page: Page) -> None:
    page.get(ADDRESS)
    naming, fetching = page.statements
    assert "DISTINCT" in naming
    assert "body" not in naming
    assert "revision_file" not in fetching


def test_no_other_file_of_a_course_is_served(page: Page) -> None:
    for path in (
        "quizzes/good-course/test.yml",
        "content/good-course/course.yml",
        "certificates/standard/logo.png",
    ):
        page.get(f"/images/{sha256((GOOD / path).read_bytes()).hexdigest()}", status=404)


def test_what_is_no_hash_is_not_found(page: Page) -> None:
    for picture in ("note.png", "0" * 64, "%2e%2e%2fetc", "A" * 64):
        page.get(f"/images/{picture}", status=404)


def test_a_purged_picture_is_gone(page: Page, session: Session) -> None:
    with writing(session):
        purge(session, ADDRESS.removeprefix("/images/"), now=NOON)
    page.get(ADDRESS, status=410)
    page.get("/courses/good-course/first-steps")
