"""Pictures as an attacker sends them: nothing runs, nothing is half saved, and no stranger is read."""

import re
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.library.checked import check
from app.web.shared.large_requests import PHOTOGRAPH
from tests.attacks.drawings import HOSTILE
from tests.attacks.pictures import NAMES, NO_PICTURES, with_sides
from tests.cast import Cast
from tests.page import Page
from tests.web.studio.sending import FOLDER, PICTURES, WORDS, draft, hash_of, saves, send


@pytest.fixture
def studio(page: Page, cast: Cast) -> Page:
    return page.sign_in(cast.edda)


@pytest.mark.parametrize("attack", NO_PICTURES)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(
    studio: Page, session: Session, attack: str
) -> None:
    before = saves(session)
    for name in ("door.png", "door.svg"):
        send(studio, NO_PICTURES[attack], name, status=422)
        assert studio.text("error-summary").endswith(".")
    assert saves(session) == before


def test_a_hostile_drawing_is_kept_only_as_its_harmless_copy(studio: Page, session: Session) -> None:
    for body in HOSTILE.values():
        send(studio, body, "drawing.svg")
    kept = [body for path, body in draft(session).items() if path.endswith(".svg")]
    assert kept
    for body in kept:
        assert not [trace for trace in (b"script", b"alert", b"evil", b"data:", b"onc") if trace in body]
        address = f"/studio/pictures/{hash_of(body)}"
        response = studio.get(address)
        assert response.mimetype == "image/svg+xml"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert check("course", draft(session)).compiled is not None


def test_a_hostile_name_is_made_safe_or_refused(studio: Page, session: Session) -> None:
    """What a client's own encoding makes of a name is its own affair: it is never a path or a header."""
    for name in NAMES:
        before = set(draft(session))
        form = {
            "csrf_token": studio.token(),
            "alt": WORDS,
            "picture": (BytesIO(with_sides(len(before), 1)), name),
        }
        response = studio._open("POST", PICTURES, data=form)
        assert response.status_code in {303, 422}, name
        added = [path.removeprefix(FOLDER) for path in set(draft(session)) - before]
        assert len(added) == (response.status_code == 303), name
        assert all(re.fullmatch(r"[a-z0-9-]{1,60}\.png", one) for one in added), added


def test_a_stranger_cannot_make_the_site_read_a_large_body(page: Page, cast: Cast) -> None:
    class Counting(BytesIO):
        taken = 0

        def read(self, *given: Any) -> bytes:
            found = super().read(*given)
            Counting.taken += len(found)
            return found

    for who in (None, cast.amira):
        visitor = page.sign_in(who) if who else page
        length = PHOTOGRAPH - 1
        response = visitor.client.post(
            PICTURES,
            input_stream=Counting(b"x" * length),
            content_length=length,
            content_type="multipart/form-data; boundary=b",
        )
        assert response.status_code == (403 if who else 303)
    assert Counting.taken == 0


def test_more_than_a_photograph_is_refused_before_it_is_read(studio: Page, session: Session) -> None:
    before = saves(session)
    send(studio, b"\x89PNG\r\n\x1a\n" + bytes(PHOTOGRAPH), status=413)
    assert saves(session) == before


@pytest.mark.parametrize("name", ["nothing.png", "../course.yml", "..%2fcourse.yml", "%00.png", "course.yml"])
def test_what_is_no_picture_of_the_course_is_not_found(studio: Page, name: str) -> None:
    studio.get(f"{PICTURES}/{name}", status=404)
    studio.post(f"{PICTURES}/{name}/place", {"alt": "x"}, status=404)
