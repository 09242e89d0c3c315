"""Queueing letters. A letter is a row beside the change that it tells of: both are kept, or neither is."""

import hashlib
import re
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.kernel.db import Base
from app.kernel.errors import NotFound
from app.kernel.upsert import insert_new_id
from app.mail.letters import LetterText
from app.mail.tables import Letter, LetterEvent

QUEUED = "letters_queued"  # in session.info: there is a new letter, so the commit wakes the loop
LONGEST_SUBJECT = 200
_LOGGED = insert(Base.metadata.tables[LetterEvent.__tablename__])

# No character that could end the address and begin another one, a name, a comment or a header.
_ADDRESS = re.compile(r"""[^\s<>(),;:"\[\]\\@]+@[^\s<>(),;:"\[\]\\@]+""")

# Visible ASCII alone, and no bracket or comma: they end the address in a header, or begin another.
_WEB_ADDRESS = re.compile(r"https?://[!-+\--;=?-~]{1,290}")


def queue(
    session: Session,
    letter: LetterText,
    *,
    dedupe_key: str,
    kind: str,
    recipient: str,
    person_id: int | None = None,
    attachment: str | None = None,
    stop_url: str | None = None,
    fleeting: bool = False,
    now: datetime,
) -> None:
    """Puts a letter in the outbox; doing it again with the same `dedupe_key` changes nothing.

    `person_id` is whose letter it is, so that it goes with their account. A `fleeting` letter is deleted once
    it has been sent or given up. Raises ValueError for a recipient that is not exactly one address, and for a
    `stop_url` that is not exactly one web address: they could carry more headers or people.
    """
    values = {
        "dedupe_key": dedupe_key,
        "kind": kind,
        "person_id": person_id,
        "recipient": one_address(recipient),
        "subject": " ".join(letter.subject.split())[:LONGEST_SUBJECT],
        "text": letter.text,
        "html": letter.html,
        "attachment": attachment,
        "stop_url": None if stop_url is None else one_web_address(stop_url),
        "message_id": message_id(dedupe_key, now),
        "queued_at": now,
        "next_at": now,
        "tries": 0,
        "fleeting": fleeting,
    }
    if (letter_id := insert_new_id(session, Letter, values)) is not None:
        log(session, letter_id, "queued", now)
        session.info[QUEUED] = True


def again(session: Session, letter_id: int, now: datetime) -> None:
    """Sends a letter once more, at once, whatever became of it before. Raises NotFound."""
    letter = session.scalar(select(Letter).where(Letter.id == letter_id).with_for_update())
    if letter is None:
        raise NotFound("There is no such letter.")
    # A mail server would drop a second letter with the first one's Message-ID; somebody asked for this one.
    letter.message_id = message_id(letter.dedupe_key, now)
    letter.next_at, letter.tries, letter.sent_at = now, 0, None
    session.flush()
    log(session, letter_id, "queued again", now)
    session.info[QUEUED] = True


def log(session: Session, letter_id: int, kind: str, now: datetime, detail: str = "") -> None:
    """Notes one thing that happened to a letter."""
    values = {
        "letter_id": letter_id,
        "kind": kind,
        "detail": detail,
        "happened_at": now,
    }
    session.execute(_LOGGED, values)


def one_address(recipient: str) -> str:
    """The address, where `recipient` is exactly one plain address. Raises ValueError otherwise."""
    if not recipient.isprintable() or not _ADDRESS.fullmatch(recipient):
        raise ValueError(f"{recipient!r} is not one e-mail address")
    return recipient


def one_web_address(given: str) -> str:
    """The address, where `given` is exactly one that can stand in a header. Raises ValueError otherwise."""
    if not _WEB_ADDRESS.fullmatch(given):
        raise ValueError(f"{given!r} is not one web address")
    return given


def message_id(dedupe_key: str, now: datetime) -> str:
    """The part before the @ of a Message-ID: one for every try, and not shared with another installation."""
    return "rung." + hashlib.sha256(f"{dedupe_key}\n{now.isoformat()}".encode()).hexdigest()[:40]
