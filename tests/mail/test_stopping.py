"""The two headers by which a mail program stops letters at one press, read back from a real mail server."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from app.kernel.db import writing
from app.mail.composing import Attachment
from app.mail.letters import LetterText
from app.mail.outbox import one_web_address, queue
from app.mail.sending import deliver_due
from app.mail.transport import SMTPTransport
from tests.mail.conftest import MONDAY, Clock
from tests.mail.post_office import SENDER, PostOffice

CODE = "7H4KQ2ZV9XD3M8WBN5RTYC6AEP"
ADDRESSES = (
    f"https://learning.example.org/stop/{CODE}",
    f"https://a-rather-long-name-of-a-server.learning.and-development.example.org.uk:8443/learn/stop/{CODE}",
)


def no_attachment(_session: Session, _name: str) -> Attachment | None:
    return None


def send(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, stop_url: str | None
) -> None:
    with sessions() as session, writing(session):
        queue(
            session,
            LetterText(subject="A week on: three questions on “Damp and mould”", text="Hello Amira.\n"),
            dedupe_key="follow-up:1",
            kind="follow-up",
            recipient="amira@example.org",
            stop_url=stop_url,
            now=MONDAY,
        )
    deliver_due(sessions, SMTPTransport(post_office.settings, SENDER), attachment=no_attachment, clock=clock)


@pytest.mark.parametrize("address", ADDRESSES, ids=["short", "long"])
def test_the_address_stands_whole_in_its_header(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, address: str
) -> None:
    send(sessions, post_office, clock, address)
    message = post_office.taken[0]
    raw = post_office.raw[0].decode().splitlines()
    assert f"List-Unsubscribe: <{address}>" in raw
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in raw
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Subject"] == "A week on: three questions on “Damp and mould”"


def test_a_letter_that_cannot_be_stopped_has_neither(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock
) -> None:
    send(sessions, post_office, clock, None)
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(post_office.taken[0].keys())


@pytest.mark.parametrize(
    "hostile",
    [
        f"https://example.org/stop/{CODE}>, <mailto:all@example.org",
        f"https://example.org/{CODE}\r\nBcc: all@example.org",
        f"https://example.org/{CODE} x",
        "mailto:stop@example.org",
        "javascript:alert(1)",
        "https://exämple.org/stop",
        "https://example.org/" + "x" * 400,
        "",
    ],
)
def test_nothing_but_one_web_address_comes_into_the_header(hostile: str) -> None:
    with pytest.raises(ValueError, match="is not one web address"):
        one_web_address(hostile)
