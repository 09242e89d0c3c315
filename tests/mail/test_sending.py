"""Letters that are due, sent to a real mail server."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from app.kernel.db import writing
from app.mail.claiming import BACK_OFF, LEASE, claim, take_back_claims
from app.mail.composing import Attachment
from app.mail.letters import LetterText
from app.mail.outbox import again, queue
from app.mail.sending import deliver_due
from app.mail.tables import Letter, LetterEvent
from app.mail.transport import SMTPTransport
from tests.mail.conftest import MONDAY, Clock
from tests.mail.post_office import SENDER, PostOffice

Deliver = Callable[[], int]
Caught = pytest.LogCaptureFixture
PDF = Attachment(filename="certificate.pdf", media_type="application/pdf", content=bytes(range(256)) * 40)
LETTER = LetterText(
    subject="Your certificate: Co-production – part 1", text="Hello Amira.\n", html="<p>Hello Amira.</p>"
)


def no_attachment(_session: Session, _name: str) -> Attachment | None:
    return None


def write_to(sessions: sessionmaker[Session], *recipients: str, attachment: str | None = None) -> None:
    with sessions() as session, writing(session):
        for recipient in recipients:
            queue(
                session,
                LETTER,
                dedupe_key=f"certificate:{recipient}",
                kind="certificate",
                recipient=recipient,
                attachment=attachment,
                now=MONDAY,
            )


def events(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(LetterEvent.kind).order_by(LetterEvent.id)))


@pytest.fixture
def deliver(sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock) -> Deliver:
    transport = SMTPTransport(post_office.settings, SENDER)
    return lambda: deliver_due(sessions, transport, attachment=no_attachment, clock=clock)


def test_a_letter_is_sent_once_with_its_own_message_id(
    sessions: sessionmaker[Session], post_office: PostOffice, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org")
    assert (deliver(), deliver()) == (1, 0)
    message = post_office.taken[0]
    with sessions() as session:
        letter = session.scalars(select(Letter)).one()
    assert message["Message-ID"] == f"<{letter.message_id}@example.org>"
    assert (letter.sent_at, letter.next_at) == (MONDAY, None)
    assert post_office.recipients == [["amira@example.org"]]
    assert message["From"] == SENDER
    assert message["Subject"] == "Your certificate: Co-production – part 1"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert events(sessions) == ["queued", "sent"]


def test_a_server_that_is_down_loses_nothing_and_ends_the_round(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org", "ben@example.org")
    post_office.close()
    assert deliver() == 0
    assert events(sessions) == ["queued", "queued", "tried"]
    post_office.open()
    assert deliver() == 1  # the letter that was not tried leaves at once
    clock.move(BACK_OFF[0] - timedelta(seconds=1))
    assert deliver() == 0
    clock.move(timedelta(seconds=1))
    assert deliver() == 1
    assert sorted(recipient for [recipient] in post_office.recipients) == [
        "amira@example.org",
        "ben@example.org",
    ]


def test_every_try_of_a_letter_has_the_same_message_id_and_waits_longer(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org")
    answers = iter(["451 Busy", "451 Busy", None])
    post_office.answer_message = lambda: next(answers)
    deliver()
    clock.move(BACK_OFF[0])
    deliver()
    clock.move(BACK_OFF[0])
    assert deliver() == 0  # the second wait is longer
    clock.move(BACK_OFF[1] - BACK_OFF[0])
    assert deliver() == 1
    with sessions() as session:
        letter = session.scalars(select(Letter)).one()
        tried = session.scalars(select(LetterEvent.detail).where(LetterEvent.kind == "tried")).all()
    assert post_office.taken[0]["Message-ID"] == f"<{letter.message_id}@example.org>"
    assert tried == ["451 Busy", "451 Busy"]


def test_an_address_refused_for_good_is_given_up_and_the_others_are_sent(
    sessions: sessionmaker[Session],
    post_office: PostOffice,
    deliver: Deliver,
    caplog: Caught,
) -> None:
    write_to(sessions, "gone@example.org", "amira@example.org")
    post_office.answer_recipient = lambda address: "550 Nobody" if address.startswith("gone") else None
    assert deliver() == 1
    assert post_office.recipients == [["amira@example.org"]]
    with sessions() as session:
        letter = session.scalars(select(Letter).where(Letter.recipient == "gone@example.org")).one()
        words = session.scalars(select(LetterEvent.detail).where(LetterEvent.kind == "given up")).one()
    assert (letter.next_at, letter.sent_at) == (None, None)
    assert words == "550 Nobody"
    assert "was given up: 550 Nobody" in caplog.text
    assert "gone@example.org" not in caplog.text


def test_a_letter_that_is_never_taken_is_given_up_after_about_three_days(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org")
    post_office.answer_message = lambda: "451 Busy"
    for wait in BACK_OFF:
        deliver()
        clock.move(wait)
    assert events(sessions)[-1] == "tried"
    deliver()
    assert events(sessions)[-1] == "given up"
    assert timedelta(days=2, hours=18) < clock.now - MONDAY < timedelta(days=3)
    clock.move(timedelta(days=30))
    post_office.answer_message = lambda: None
    assert deliver() == 0


def test_a_letter_given_up_can_be_asked_for_again(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org")
    post_office.answer_message = lambda: "554 No"
    deliver()
    post_office.answer_message = lambda: None
    with sessions() as session:
        letter_id = session.scalars(select(Letter.id)).one()
        with writing(session):
            again(session, letter_id, clock.now)
    assert deliver() == 1
    assert events(sessions) == ["queued", "given up", "queued again", "sent"]


def test_a_letter_waits_for_its_attachment_and_brings_the_very_bytes(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock
) -> None:
    write_to(sessions, "amira@example.org", attachment="certificate:1")
    made: dict[str, Attachment] = {}
    transport = SMTPTransport(post_office.settings, SENDER)

    def deliver() -> int:
        return deliver_due(sessions, transport, attachment=lambda _session, name: made.get(name), clock=clock)

    for _ in range(3):  # waiting is no try, however long it takes
        assert deliver() == 0
        clock.move(timedelta(minutes=1))
    made["certificate:1"] = PDF
    assert deliver() == 1
    [enclosed] = post_office.taken[0].iter_attachments()
    assert enclosed.get_content_type() == "application/pdf"
    assert enclosed.get_filename() == "certificate.pdf"
    assert enclosed.get_content() == PDF.content
    with sessions() as session:
        assert session.scalars(select(Letter.tries)).one() == 1
    assert events(sessions) == ["queued", "sent"]


def test_an_error_of_ours_holds_up_only_its_own_letter(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, caplog: Caught
) -> None:
    write_to(sessions, "amira@example.org", attachment="certificate:1")
    write_to(sessions, "ben@example.org")

    def broken(_session: Session, _name: str) -> Attachment:
        raise RuntimeError("the store is locked")

    transport = SMTPTransport(post_office.settings, SENDER)
    assert deliver_due(sessions, transport, attachment=broken, clock=clock) == 1
    assert post_office.recipients == [["ben@example.org"]]
    assert "the store is locked" in caplog.text
    clock.move(BACK_OFF[0])
    assert deliver_due(sessions, transport, attachment=lambda _session, _name: PDF, clock=clock) == 1


@pytest.mark.parametrize("column", ["recipient", "subject"])
def test_a_row_that_would_add_a_header_is_never_sent(
    column: str, sessions: sessionmaker[Session], post_office: PostOffice, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org")
    with sessions() as session, writing(session):
        setattr(session.scalars(select(Letter)).one(), column, "amira@example.org\r\nBcc: ben@example.org")
    assert deliver() == 0
    assert post_office.taken == []
    assert events(sessions) == ["queued", "given up"]


def test_a_letter_claimed_by_a_process_that_died_leaves_when_the_lease_is_over(
    sessions: sessionmaker[Session], clock: Clock, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org")
    with sessions() as session, writing(session):
        assert claim(session, clock.now) is not None
    clock.move(LEASE - timedelta(seconds=1))
    assert deliver() == 0
    clock.move(timedelta(seconds=1))
    assert deliver() == 1


def test_a_process_alone_with_its_outbox_takes_back_the_claims_of_the_one_that_died(
    sessions: sessionmaker[Session], clock: Clock, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org")
    with sessions() as session, writing(session):
        claim(session, clock.now)
    with sessions() as session, writing(session):
        take_back_claims(session, clock.now)
    assert deliver() == 1


def test_an_old_try_that_ends_after_a_letter_was_asked_for_again_does_not_settle_the_new_one(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, deliver: Deliver
) -> None:
    write_to(sessions, "amira@example.org")

    def ask_again_meanwhile() -> None:
        post_office.answer_message = lambda: None
        clock.move(timedelta(seconds=2))
        with sessions() as session, writing(session):
            again(session, session.scalars(select(Letter.id)).one(), clock.now)

    post_office.answer_message = ask_again_meanwhile
    assert deliver() == 2
    assert len({message["Message-ID"] for message in post_office.taken}) == 2


def test_two_loops_at_once_send_each_letter_once(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock
) -> None:
    write_to(sessions, *(f"learner{number}@example.org" for number in range(30)))
    transport = SMTPTransport(post_office.settings, SENDER)
    sent: list[int] = []

    def send_all() -> None:
        sent.append(deliver_due(sessions, transport, attachment=no_attachment, clock=clock))

    both = [threading.Thread(target=send_all) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(30)
    assert sum(sent) == 30
    assert min(sent) > 0
    assert len({message["Message-ID"] for message in post_office.taken}) == len(post_office.taken) == 30
