"""What queueing a letter promises."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.mail.letters import LetterText
from app.mail.outbox import QUEUED, again, queue
from app.mail.tables import Letter, LetterEvent
from tests.mail.conftest import MONDAY


def queue_one(
    session: Session,
    key: str = "certificate:1",
    recipient: str = "amira@example.org",
    subject: str = "Your certificate",
    text: str = "Here it is.",
) -> None:
    queue(
        session,
        LetterText(subject=subject, text=text),
        dedupe_key=key,
        kind="certificate",
        recipient=recipient,
        now=MONDAY,
    )


def test_a_queued_letter_is_due_at_once_and_noted(
    sessions: sessionmaker[Session],
) -> None:
    with sessions() as session:
        with writing(session):
            queue_one(session)
        letter = session.scalars(select(Letter)).one()
        assert (letter.next_at, letter.sent_at, letter.tries) == (MONDAY, None, 0)
        assert session.scalars(select(LetterEvent.kind)).all() == ["queued"]


def test_the_same_letter_queued_twice_is_one_letter(
    sessions: sessionmaker[Session],
) -> None:
    with sessions() as session:
        for text in ("first", "second"):
            with writing(session):
                queue_one(session, text=text)
        assert session.scalars(select(Letter.text)).all() == ["first"]
        assert session.scalar(select(func.count()).select_from(LetterEvent)) == 1


def test_only_a_new_letter_asks_for_the_loop(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, writing(session):
        queue_one(session)
        assert session.info.pop(QUEUED) is True
        queue_one(session)
        assert QUEUED not in session.info


def test_a_rolled_back_change_leaves_no_letter(sessions: sessionmaker[Session]) -> None:
    def queue_and_fail(session: Session) -> None:
        with writing(session):
            queue_one(session)
            raise RuntimeError("the grading failed")

    with sessions() as session:
        with pytest.raises(RuntimeError):
            queue_and_fail(session)
        assert session.scalars(select(Letter)).all() == []
        assert session.scalars(select(LetterEvent)).all() == []


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "amira",
        "amira@example.org, ben@example.org",
        "amira@example.org\nBcc: ben@example.org",
        "amira@example.org\r\n\r\nHello",
        "Amira <amira@example.org>",
        "amira@example.org (Amira)",
        "amira@ben@example.org",
        "amira @example.org",
    ],
)
def test_a_recipient_that_is_not_one_address_is_refused(
    recipient: str, sessions: sessionmaker[Session]
) -> None:
    with (
        sessions() as session,
        pytest.raises(ValueError, match="not one e-mail address"),
    ):
        queue_one(session, recipient=recipient)


def test_a_subject_is_kept_on_one_line_and_to_its_length(
    sessions: sessionmaker[Session],
) -> None:
    with sessions() as session, writing(session):
        queue_one(session, subject="Your\r\nBcc: ben@example.org " + "long " * 60)
        subject = session.scalars(select(Letter.subject)).one()
        assert subject.startswith("Your Bcc: ben@example.org long")
        assert len(subject) == 200


def test_a_letter_asked_for_again_is_due_with_another_message_id(
    sessions: sessionmaker[Session],
) -> None:
    later = MONDAY + timedelta(days=1)
    with sessions() as session:
        with writing(session):
            queue_one(session)
        first = session.scalars(select(Letter)).one()
        letter_id, message_id = first.id, first.message_id
        with writing(session):
            letter = session.scalars(select(Letter)).one()
            letter.sent_at, letter.next_at, letter.tries = MONDAY, None, 3
        with writing(session):
            again(session, letter_id, later)
        letter = session.scalars(select(Letter)).one()
        assert (letter.next_at, letter.sent_at, letter.tries) == (later, None, 0)
        assert letter.message_id != message_id
        assert session.scalars(select(LetterEvent.kind).order_by(LetterEvent.id)).all() == [
            "queued",
            "queued again",
        ]


def test_a_letter_that_is_not_there_cannot_be_sent_again(
    sessions: sessionmaker[Session],
) -> None:
    with sessions() as session, pytest.raises(NotFound):
        again(session, 404, MONDAY)
