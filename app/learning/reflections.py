"""Private text that a person writes in a lesson. Only they ever see it; an empty one is deleted."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app.kernel.errors import Refusal
from app.kernel.upsert import insert_or_update
from app.learning.enrolment import arrive
from app.learning.tables import Reflection

MOST_CHARACTERS = 4000  # about 700 words: four prompts of this length still make one short page each

_MINE = select(Reflection.block, Reflection.body, Reflection.saved_at).where(
    Reflection.person_id == bindparam("person_id"),
    Reflection.course == bindparam("course"),
    Reflection.block.in_(bindparam("blocks", expanding=True)),
)


class TooLong(Refusal):
    """The text is longer than can be kept. The form gives it back whole, with this sentence."""


@dataclass(frozen=True, kw_only=True)
class SavedReflection:
    """A reflection as it was saved."""

    body: str
    saved_at: datetime


def reflection_text(typed: str, most: int = MOST_CHARACTERS) -> str:
    """The text as it is kept. Raises TooLong for more than `most` characters."""
    text = readable(typed)
    if len(text) > most:
        sentence = f"Your text is {len(text):,} characters long. Shorten it to {most:,}, then save it again."
        raise TooLong(sentence)
    return text


def save_reflection(
    session: Session, *, person_id: int, course: str, lesson: str, block: str, typed: str, now: datetime
) -> None:
    """Keep this text in place of any earlier one; an empty text deletes it. Raises TooLong."""
    body = reflection_text(typed)
    arrive(session, person_id=person_id, course=course, lesson=lesson, now=now)
    if body:
        key = {"person_id": person_id, "course": course, "block": block}
        insert_or_update(session, Reflection, key, {"body": body, "saved_at": now})
    else:
        session.execute(
            delete(Reflection).where(
                Reflection.person_id == person_id, Reflection.course == course, Reflection.block == block
            )
        )


def my_reflections(
    session: Session, person_id: int, course: str, blocks: Collection[str]
) -> dict[str, SavedReflection]:
    """The person's own texts for these blocks, by block. One SQL, none where there are no blocks."""
    if not blocks:
        return {}
    mine = {"person_id": person_id, "course": course, "blocks": list(blocks)}
    rows = session.execute(_MINE, mine)
    return {row.block: SavedReflection(body=row.body, saved_at=row.saved_at) for row in rows}


def readable(typed: str) -> str:
    """The text as it is kept: one kind of line end, no control characters, none of the blank space around it.

    PostgreSQL cannot store the character NUL, and no keyboard types the others.
    """
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        character for character in lines if character in "\n\t" or unicodedata.category(character) != "Cc"
    )
    return kept.strip()
