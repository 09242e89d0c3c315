"""Sending a picture to the studio, for tests."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.library.drafting import open_draft
from app.library.tables import Revision
from tests.attacks.pictures import with_sides
from tests.library.drafts import GOOD, KEY
from tests.page import Page

PICTURES = "/studio/courses/good-course/pictures"
FOLDER = "content/good-course/images/"
NOTE = (GOOD / FOLDER / "note.png").read_bytes()
DOOR = with_sides(30, 20)
WORDS = "A door that stands open"


def send(page: Page, body: bytes, name: str = "door.png", *, status: int = 303, **more: Any) -> TestResponse:
    return post(page, PICTURES, {"alt": WORDS, "picture": (BytesIO(body), name), **more}, status)


def post(page: Page, address: str, form: dict[str, Any], status: int = 303) -> TestResponse:
    """Send a form with files. Its body is in memory: a test must not leave open files behind."""
    values = {
        name: FileStorage(value[0], filename=value[1]) if isinstance(value, tuple) else value
        for name, value in form.items()
    }
    boundary, data = encode_multipart({"csrf_token": page.token(), **values})
    response = page._open(
        "POST", address, data=data, content_type=f"multipart/form-data; boundary={boundary}"
    )
    assert response.status_code == status, response.text[:2000]
    return response


def draft(session: Session) -> dict[str, bytes]:
    session.rollback()
    return open_draft(session, KEY).files


def saves(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Revision)) or 0


def hash_of(body: bytes) -> str:
    return sha256(body).hexdigest()
