"""Saves of a course for the gallery: one, one that came later, and one beside the line."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.drafting import open_draft, save

SMALL_COURSE = "clear-letters"
KEY = ("course", SMALL_COURSE)
LESSON = f"content/{SMALL_COURSE}/10-the-answer-first.md"


def make_saves(session: Session, by_id: int, other_id: int, now: datetime) -> tuple[int, int]:
    """The numbers of the first save, and of the one that is kept aside. Whoever is quicker is the other."""
    draft = open_draft(session, KEY)
    body = draft.files[LESSON]
    with writing(session):
        first = save(
            session,
            KEY,
            {LESSON: body.replace(b" the ", b" that ", 3) + b"\nAsk somebody to read it to you.\n"},
            base_id=draft.revision_id,
            by_id=by_id,
            message="A last line to try at once",
            now=now,
        )
        save(session, KEY, {LESSON: body}, base_id=first.revision_id, by_id=other_id, message="", now=now)
        kept = save(
            session,
            KEY,
            {LESSON: body.replace(b" a ", b" one ", 4)},
            base_id=first.revision_id,
            by_id=by_id,
            message="Plainer words",
            now=now,
        )
    return first.revision_id, kept.revision_id
