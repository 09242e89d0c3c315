"""What a person tells of something they did elsewhere, and files that they might send."""

import zipfile
from dataclasses import fields
from datetime import date
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.codes import new_code
from app.kernel.db import writing
from app.learning.cpd_activities import Activity, add_activity, own_activity
from app.people.tables import User
from tests.attacks.pictures import with_sides
from tests.conftest import NOON

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + b"% " + b"x" * 200 + b"\n%%EOF\n"
PNG = with_sides(2, 2)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40 + b"\xff\xd9"


def word(*names: str) -> bytes:
    """A zip with parts of these names: what a Word document has, unless others are given."""
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as file:
        for name in names or ("[Content_Types].xml", "word/document.xml"):
            file.writestr(name, "<x/>")
    return body.getvalue()


def my_activity(session: Session, *, person_id: int, code: str) -> Activity:
    """What the person told of it, as it is kept. Raises NotFound."""
    row = own_activity(session, person_id, code)
    return Activity(**{each.name: getattr(row, each.name) for each in fields(Activity)})


def told(**changes: Any) -> Activity:
    """What is told of a webinar, with changes."""
    values: dict[str, Any] = {
        "title": "Damp and mould: the first visit",
        "provider": "A housing network",
        "method": "webinar",
        "done_on": date(2026, 5, 6),
        "minutes": 90,
        "kind": "self-directed",
        "objective": "Know what to look for.",
        "outcome": "I now ask about the airing first.",
    }
    return Activity(**{**values, **changes})


def add(session: Session, person: User, **changes: Any) -> str:
    """An activity in this person's record, committed; its code."""
    with writing(session):
        return add_activity(
            session,
            person_id=person.id,
            code=new_code(),
            told=told(**changes),
            today=NOON.date(),
            now=NOON,
        )
