"""Letters to a certificate's holder, queued with the change that they tell of."""

import logging
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.kernel.clock import day_in_words
from app.mail.certificate_letters import About
from app.mail.letters import LetterText
from app.mail.outbox import queue
from app.people.tables import User

_EMAIL = select(User.email).where(User.id == bindparam("person_id"))

logger = logging.getLogger(__name__)


def about(facts: Facts, base_url: str) -> About:
    """A certificate in a letter's words."""
    return About(
        name=facts.printed_name,
        course_title=facts.title,
        completed_on=day_in_words(facts.completed_on),
        certificate_url=f"{base_url}/certificates/{facts.code}",
        check_url=facts.check_url,
        contact=facts.contact,
    )


def write_to(
    session: Session,
    person_id: int | None,
    letter: LetterText,
    *,
    kind: str,
    key: str,
    attachment: str | None = None,
    now: datetime,
) -> None:
    """Queue a letter to a person, once for a `key`. Nobody is written to who has left.

    An address that no letter can go to is logged: it must not undo what the letter tells of.
    """
    recipient = session.scalar(_EMAIL, {"person_id": person_id})
    if recipient is None:
        return
    try:
        queue(
            session,
            letter,
            dedupe_key=key,
            kind=kind,
            recipient=recipient,
            person_id=person_id,
            attachment=attachment,
            now=now,
        )
    except ValueError:
        logger.exception("The letter %s cannot be addressed.", key)
