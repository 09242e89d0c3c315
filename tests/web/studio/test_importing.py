"""Bringing a course in: as a draft and nothing else, and never over what is here without a look."""

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.library.drafting import open_draft
from app.library.live import live_sources
from app.library.packing import pack
from app.library.tables import Revision
from app.library.unzipping import LARGEST_ZIP
from tests.cast import Cast
from tests.everything_kept import rows
from tests.library.drafts import KEY, LESSON, OTHER, good_files, save_text
from tests.page import Page
from tests.web.studio.keys import open_keys

IMPORT = "/studio/import"
CHANGED = {**good_files(), LESSON: b"---\ntitle: Brought\n---\n"}


def called(slug: str) -> dict[str, bytes]:
    """The good course under another name."""
    old = b"good-course"
    return {
        path.replace("good-course", slug): body.replace(old, slug.encode())
        if path.endswith("course.yml")
        else body
        for path, body in good_files().items()
    }


def send(page: Page, body: bytes, status: int = 303) -> TestResponse:
    return page.post(IMPORT, status=status, files={"zip": (BytesIO(body), "course.zip")})


def test_a_new_course_comes_in_as_a_draft_and_nothing_is_published(
    page: Page, cast: Cast, session: Session
) -> None:
    before = live_sources(session)
    response = send(page.sign_in(cast.edda), pack(called("brought")))
    assert response.headers["Location"] == "/studio/courses/brought"
    session.rollback()
    draft = open_draft(session, ("course", "brought"))
    assert (draft.files, draft.live) == (called("brought"), None)
    assert live_sources(session) == before
    made = session.get_one(Revision, draft.revision_id)
    assert (made.made_by_id, made.message) == (cast.edda.id, "Brought in from a file")


def test_a_course_taken_along_and_brought_in_elsewhere_is_the_same_file_again(page: Page, cast: Cast) -> None:
    open_keys(page.sign_in(cast.edda))
    taken = page.get("/studio/courses/good-course/export").data
    send(page, pack(called("brought")))
    again = page.get("/studio/courses/brought/export").data
    send(page, again, status=422)
    assert "the same files" in page.text()
    assert again == pack(called("brought"))
    assert taken == pack(good_files())


def test_a_course_with_mistakes_comes_in_all_the_same(page: Page, cast: Cast, session: Session) -> None:
    files = {**called("brought"), "content/brought/course.yml": b"title: [never closed"}
    send(page.sign_in(cast.edda), pack(files))
    assert open_draft(session, ("course", "brought")).files == files


def test_a_folder_around_everything_is_taken_off(page: Page, cast: Cast, session: Session) -> None:
    send(page.sign_in(cast.edda), pack({f"brought/{path}": body for path, body in called("brought").items()}))
    assert open_draft(session, ("course", "brought")).files == called("brought")


def test_a_course_that_is_here_is_left_alone_until_somebody_has_looked(
    page: Page, cast: Cast, session: Session
) -> None:
    draft = open_draft(session, KEY)
    address = send(page.sign_in(cast.edda), pack(CHANGED)).headers["Location"]
    session.rollback()
    assert open_draft(session, KEY) == draft
    page.get(address)
    assert f"Changed{LESSON}" in page.text().replace(" ", "")
    assert OTHER not in page.text()
    taken = page.post(address, {"seen": seen(page)})
    assert taken.headers["Location"] == "/studio/courses/good-course"
    session.rollback()
    after = open_draft(session, KEY)
    assert after.files == CHANGED
    assert after.live == draft.live
    assert session.get_one(Revision, after.revision_id).parent_id == draft.revision_id


def test_files_that_are_not_in_what_was_brought_go_from_the_draft(
    page: Page, cast: Cast, session: Session
) -> None:
    fewer = {path: body for path, body in good_files().items() if path != OTHER}
    address = send(page.sign_in(cast.edda), pack(fewer)).headers["Location"]
    page.get(address)
    assert f"Removed{OTHER}" in page.text().replace(" ", "")
    page.post(address, {"seen": seen(page)})
    session.rollback()
    assert open_draft(session, KEY).files == fewer


def test_a_draft_that_moved_on_meanwhile_is_looked_at_once_more(
    page: Page, cast: Cast, session: Session
) -> None:
    address = send(page.sign_in(cast.edda), pack(CHANGED)).headers["Location"]
    page.get(address)
    looked_at = seen(page)
    save_text(session, OTHER, b"---\ntitle: By a colleague\n---\n")
    page.post(address, {"seen": looked_at}, status=409)
    assert "Somebody has saved this course since you looked" in page.text()
    assert f"Changed{OTHER}" in page.text().replace(" ", "")
    session.rollback()
    assert open_draft(session, KEY).files[OTHER] == b"---\ntitle: By a colleague\n---\n"
    page.post(address, {"seen": seen(page)})


@pytest.mark.parametrize(
    "stray",
    [
        "content/site.yml",
        "content/pages/help.md",
        "certificates/plain/design.yml",
        "content/another/course.yml",
        "quizzes/another/test.yml",
        "secrets/session",
        "content/loose.md",
        "app/cli.py",
    ],
)
def test_what_is_not_of_the_one_course_is_refused_whole(
    page: Page, cast: Cast, session: Session, stray: str
) -> None:
    before = rows(session)
    send(page.sign_in(cast.edda), pack({**called("brought"), stray: b"x"}), status=422)
    assert page.text("error-summary")
    assert rows(session) == before


@pytest.mark.parametrize("slug", ["pages", "new", "Good", "-x", "a.b", "a_b", "x" * 61])
def test_a_course_cannot_have_a_name_that_leads_elsewhere(
    page: Page, cast: Cast, session: Session, slug: str
) -> None:
    before = rows(session)
    send(page.sign_in(cast.edda), pack(called(slug)), status=422)
    assert rows(session) == before


PICTURES = "content/brought/images/"
NOTE = good_files()["content/good-course/images/note.png"]
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>evil()</script>'
    b'<circle cx="4" cy="4" r="3" onload="evil()"/></svg>'
)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("note.png", b"MZ and a program"),
        ("page.html", b"<script>evil()</script>"),
        ("note.svg", b"<html><script>evil()</script></html>"),
        ("note.jpg", NOTE),
        ("note.png", b""),
    ],
)
def test_a_picture_is_held_to_the_rules_of_one_sent_alone(
    page: Page, cast: Cast, session: Session, name: str, body: bytes
) -> None:
    before = rows(session)
    send(page.sign_in(cast.edda), pack({**called("brought"), f"{PICTURES}{name}": body}), status=422)
    assert name in page.text("error")
    assert rows(session) == before


def test_a_drawing_comes_in_without_what_could_run(page: Page, cast: Cast, session: Session) -> None:
    send(page.sign_in(cast.edda), pack({**called("brought"), f"{PICTURES}drawing.svg": DRAWING}))
    drawing = open_draft(session, ("course", "brought")).files[f"{PICTURES}drawing.svg"]
    assert b"<circle" in drawing
    assert b"evil" not in drawing


def test_no_file_at_all_is_said_beside_the_field(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).post(IMPORT, status=422)
    assert "Choose a zip file." in page.text("error")


@pytest.mark.parametrize(
    ("who", "address", "size", "status"),
    [
        ("edda", IMPORT, 3_000_000, 422),
        ("edda", IMPORT, LARGEST_ZIP + 20_000, 413),
        ("edda", "/account/name", 3_000_000, 413),
        ("amira", IMPORT, 3_000_000, 403),
    ],
)
def test_only_this_form_takes_much_and_only_from_editors(
    page: Page, cast: Cast, who: str, address: str, size: int, status: int
) -> None:
    page.sign_in(getattr(cast, who))
    head = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    token = head % (b"csrf_token", b"") + page.token().encode() + b"\r\n"
    file = head % (b"zip", b'; filename="a.zip"') + b"PK\3\4" + bytes(size)
    response = page._open(
        "POST", address, data=token + file + b"\r\n--b--\r\n", content_type="multipart/form-data; boundary=b"
    )
    assert response.status_code == status


def test_a_stranger_is_turned_away_before_anything_is_read(app: Flask, page: Page) -> None:
    class Unread(BytesIO):
        def read(self, *_size: int | None) -> bytes:
            raise AssertionError("read")

        readinto = readline = read  # type: ignore[assignment]

    response = page.client.post(
        IMPORT,
        input_stream=Unread(),
        content_length=5_000_000,
        content_type="multipart/form-data; boundary=b",
    )
    assert response.status_code == 303


def test_another_courses_waiting_files_cannot_be_taken(page: Page, cast: Cast, session: Session) -> None:
    address = send(page.sign_in(cast.edda), pack(CHANGED)).headers["Location"]
    send(page, pack(called("brought")))
    elsewhere = address.replace("good-course", "brought")
    page.get(elsewhere, status=404)
    page.post(elsewhere, {"seen": "1"}, status=404)
    line = re.sub(r"\d+$", str(open_draft(session, KEY).revision_id), address)
    page.post(line, {"seen": "1"}, status=404)


def seen(page: Page) -> str:
    return next(one.get("value", "") for one in page.elements("input") if one.get("name") == "seen")


@pytest.mark.parametrize("number", ["9" * 10, "9" * 20])
def test_a_number_that_no_version_can_have_is_not_found(page: Page, cast: Cast, number: str) -> None:
    page.sign_in(cast.edda).get(f"/studio/courses/good-course/import/{number}", status=404)
    page.post(f"/studio/courses/good-course/import/{number}", {"seen": "1"}, status=404)
    page.get(f"/studio/courses/good-course/lessons/first-steps/kept/{number}", status=404)
