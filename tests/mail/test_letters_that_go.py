"""Letters that are not kept: a fleeting one once it has left, and any whose person has been erased."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from app.kernel.db import writing
from app.mail.letters import LetterText
from app.mail.outbox import queue
from app.mail.sending import deliver_due
from app.mail.tables import Letter, LetterEvent
from app.mail.transport import SMTPTransport
from tests.mail.conftest import MONDAY, Clock
from tests.mail.post_office import SENDER, PostOffice

Sessions = sessionmaker[Session]
Deliver = Callable[[], int]


@pytest.fixture
def deliver(sessions: Sessions, post_office: PostOffice, clock: Clock) -> Deliver:
    transport = SMTPTransport(post_office.settings, SENDER)
    return lambda: deliver_due(sessions, transport, attachment=lambda _session, _name: None, clock=clock)


def write(sessions: Sessions, *, fleeting: bool) -> None:
    with sessions() as session, writing(session):
        queue(
            session,
            LetterText(subject="Your account has been erased", text="Hello.\n"),
            dedupe_key="farewell",
            kind="account-erased",
            recipient="amira@example.org",
            fleeting=fleeting,
            now=MONDAY,
        )


def kept(sessions: Sessions) -> tuple[int, int]:
    """How many letters and entries of their log there are."""
    with sessions() as session:
        return len(session.scalars(select(Letter.id)).all()), len(
            session.scalars(select(LetterEvent.id)).all()
        )


def test_a_fleeting_letter_is_gone_once_it_has_been_sent(
    sessions: Sessions, post_office: PostOffice, deliver: Deliver
) -> None:
    write(sessions, fleeting=True)
    assert deliver() == 1
    assert len(post_office.taken) == 1
    assert kept(sessions) == (0, 0)


def test_a_letter_that_is_not_fleeting_stays(sessions: Sessions, deliver: Deliver) -> None:
    write(sessions, fleeting=False)
    assert deliver() == 1
    assert kept(sessions) == (1, 2)


def test_a_fleeting_letter_that_cannot_be_sent_yet_stays_until_it_can(
    sessions: Sessions, post_office: PostOffice, deliver: Deliver
) -> None:
    post_office.answer_message = lambda: "451 Not now"
    write(sessions, fleeting=True)
    assert deliver() == 0
    assert kept(sessions) == (1, 2)


def test_a_fleeting_letter_that_is_refused_for_good_is_gone(
    sessions: Sessions, post_office: PostOffice, deliver: Deliver
) -> None:
    post_office.answer_message = lambda: "550 <amira@example.org> is not known here"
    write(sessions, fleeting=True)
    assert deliver() == 0
    assert kept(sessions) == (0, 0)


@pytest.mark.parametrize("answer", [None, "451 Not now", "550 <amira@example.org> is not known here"])
def test_a_letter_erased_while_it_is_on_its_way_leaves_no_log(
    sessions: Sessions, post_office: PostOffice, deliver: Deliver, answer: str | None
) -> None:
    def erase_meanwhile() -> str | None:
        with sessions() as session, writing(session):
            session.execute(delete(LetterEvent))
            session.execute(delete(Letter))
        return answer

    post_office.answer_message = erase_meanwhile
    write(sessions, fleeting=False)
    assert deliver() == (1 if answer is None else 0)
    assert kept(sessions) == (0, 0)
