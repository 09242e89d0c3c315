"""A process that passes the test and is killed on the way to the letter.

Arguments: the database, the attempt, the person, the mail server's port, and the moment to die at.
"""

import os
import signal
import sys
from email.message import EmailMessage
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

import app.certification.making as making
from app.delivering import delivery_loop
from app.kernel.db import writing
from app.library.shelf import Shelf
from app.mail.transport import SMTPTransport
from app.people.tables import User
from app.settings import SMTP, read_settings
from tests.certification.keys import SIGNING
from tests.learning.passing import hand_over
from tests.mail.post_office import SENDER

MOMENTS = ("after the pass", "while drawing", "before sending", "after sending")


def die(*_anything: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Deadly(SMTPTransport):
    """Hands a letter over, or dies first, or dies after."""

    moment = ""

    def send(self, message: EmailMessage) -> None:
        if self.moment == "before sending":
            die()
        super().send(message)
        die()


def main(url: str, code: str, person_id: str, port: str, moment: str) -> None:
    engine, settings = create_engine(url), read_settings({})
    with Session(engine) as session:
        person = session.get_one(User, int(person_id))
        now = person.confirmed_at
        assert now is not None
        now = now.replace(tzinfo=now.tzinfo or settings.time_zone)
        with writing(session):
            hand_over(session, session.get_one(User, int(person_id)), code, now)
    if moment == "after the pass":
        die()
    if moment == "while drawing":
        making.draw = die  # type: ignore[assignment]
    post = SMTP(host="127.0.0.1", port=int(port), security="none", user=None, password=None)
    transport = Deadly(post, SENDER)
    transport.moment = moment
    delivery_loop(engine, settings, Shelf(), SIGNING, lambda: now, transport=transport).once()


if __name__ == "__main__":
    main(*sys.argv[1:])
