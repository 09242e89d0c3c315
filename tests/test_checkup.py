from datetime import timedelta

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.checkup import examine
from app.kernel.db import writing
from app.mail.letters import LetterText
from app.mail.outbox import queue
from app.mail.tables import Letter
from app.settings import Settings
from tests.conftest import NOON


def letters(settings: Settings) -> list[tuple[bool, str]]:
    return [(found.well, found.sentence) for found in examine(settings) if "Letters that" in found.sentence]


def test_letters_that_wait_are_well_and_those_given_up_are_not(
    app: Flask, session: Session, settings: Settings
) -> None:
    with writing(session):
        for number in range(3):
            queue(
                session,
                LetterText(subject="A letter", text="Words."),
                dedupe_key=str(number),
                kind="code",
                recipient="amira@example.org",
                now=NOON,
            )
    assert letters(settings) == [
        (True, "Letters that wait to be sent: 3."),
        (True, "Letters that no mail server would take: 0."),
    ]
    with writing(session):
        given_up, sent = Letter.dedupe_key == "0", Letter.dedupe_key == "1"
        session.execute(update(Letter).where(given_up).values(next_at=None))
        session.execute(update(Letter).where(sent).values(next_at=None, sent_at=NOON + timedelta(minutes=1)))
    assert letters(settings) == [
        (True, "Letters that wait to be sent: 1."),
        (False, "Letters that no mail server would take: 1."),
    ]
