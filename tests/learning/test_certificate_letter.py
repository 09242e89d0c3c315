"""From the pass to the mailbox, with a real mail server: nothing is lost, and only awards leave."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate, CertificatePdf
from app.delivering import delivery_loop
from app.kernel.db import writing
from app.learning.tables import Completion
from app.library.shelf import Shelf
from app.mail.tables import Letter
from app.mail.transport import SMTPTransport
from app.settings import Settings
from tests.cast import Cast
from tests.certification.keys import SIGNING
from tests.conftest import TestClock
from tests.learning.dying import MOMENTS
from tests.learning.passing import hand_over, sit
from tests.mail.post_office import SENDER, PostOffice


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.open()
    yield office
    office.close()


def deliver(session: Session, settings: Settings, clock: TestClock, office: PostOffice) -> None:
    """One round of a delivery loop that has just started."""
    transport = SMTPTransport(office.settings, SENDER)
    loop = delivery_loop(session.get_bind(), settings, Shelf(), SIGNING, clock, transport=transport)  # type: ignore[arg-type]
    loop.once()


def enclosed(message: EmailMessage) -> list[bytes]:
    return [part.get_content() for part in message.iter_attachments()]


def the_pdf(session: Session) -> bytes:
    session.rollback()
    return session.scalars(select(CertificatePdf.body)).one()


def test_the_letter_carries_the_stored_pdf_to_the_holder_once(
    session: Session, cast: Cast, clock: TestClock, settings: Settings, post_office: PostOffice
):
    code = sit(session, cast.amira, clock.now)
    with writing(session):
        hand_over(session, cast.amira, code, clock.now)
    for _ in range(2):
        deliver(session, settings, clock, post_office)
        clock.move(timedelta(days=1))
    assert post_office.recipients == [["amira@example.org"]]
    assert enclosed(post_office.taken[0]) == [the_pdf(session)]
    (part,) = post_office.taken[0].iter_attachments()
    assert part.get_filename() == "certificate-good-course-2026-11-23.pdf"


def test_a_pass_that_was_rolled_back_mails_nothing(
    session: Session, cast: Cast, clock: TestClock, settings: Settings, post_office: PostOffice
):
    code = sit(session, cast.amira, clock.now)
    hand_over(session, cast.amira, code, clock.now)
    session.rollback()
    deliver(session, settings, clock, post_office)
    assert post_office.taken == []


def test_while_no_server_takes_letters_the_pass_stands_and_the_letter_waits(
    session: Session, cast: Cast, clock: TestClock, settings: Settings, post_office: PostOffice
):
    post_office.close()
    code = sit(session, cast.amira, clock.now)
    with writing(session):
        hand_over(session, cast.amira, code, clock.now)
    for _ in range(3):
        deliver(session, settings, clock, post_office)
        clock.move(timedelta(hours=2))
    pdf = the_pdf(session)
    post_office.open()
    deliver(session, settings, clock, post_office)
    assert [enclosed(message) for message in post_office.taken] == [[pdf]]


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_killed_on_the_way_ends_in_one_certificate_and_its_letter(
    session: Session, cast: Cast, clock: TestClock, settings: Settings, post_office: PostOffice, moment: str
):
    code = sit(session, cast.amira, clock.now)
    session.rollback()
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    command = [
        sys.executable,
        "-m",
        "tests.learning.dying",
        url,
        code,
        str(cast.amira.id),
        str(post_office.port),
        moment,
    ]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL

    clock.move(timedelta(hours=1))  # longer than a dead process keeps its claim
    deliver(session, settings, clock, post_office)
    clock.move(timedelta(hours=1))
    deliver(session, settings, clock, post_office)

    session.rollback()
    tables = (Completion, Certificate, CertificatePdf, Letter)
    assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == [1, 1, 1, 1]
    taken = post_office.taken
    # One that dies between handing over and writing that down hands over again: the same letter, by its id.
    assert len(taken) == (2 if moment == "after sending" else 1)
    assert len({message["Message-ID"] for message in taken}) == 1
    assert all(enclosed(message) == [the_pdf(session)] for message in taken)
