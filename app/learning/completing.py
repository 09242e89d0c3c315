"""Handing in: the pass, the completion, the certificate and its letter are one transaction, all or none."""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.assessment.attempts import RoundResult, grade_round
from app.catalogue.model import Site
from app.certification.awarding import award
from app.certification.facts import Facts
from app.kernel.upsert import insert_new_id
from app.learning.issuing import Compiled, Issuing, facts_of
from app.learning.tables import Completion
from app.mail.letters import certificate_letter
from app.mail.outbox import queue
from app.people.tables import User

CYCLE = 1  # the first time that a person completes this edition

_EMAIL = select(User.email).where(User.id == bindparam("person_id"))

logger = logging.getLogger(__name__)


def hand_in(
    session: Session,
    *,
    person_id: int,
    code: str,
    round_number: int,
    saves: int,
    compiled: Compiled,
    site: Site,
    design_revision_id: int,
    base_url: str,
    loopback: bool,
    zone: ZoneInfo,
    now: datetime,
) -> RoundResult:
    """Grade the round; on the pass that it brings: complete the course, award, queue the letter.

    `saves` is how many the learner's page knew of, `compiled` the course at the round's revision. On
    `loopback` the certificate is a specimen. Handing in again changes nothing: `grade_round` locks the
    attempt, and every row below has a key of its own.
    """
    result = grade_round(
        session, person_id=person_id, code=code, round_number=round_number, saves=saves, now=now
    )
    if result.passed and result.first_time:
        issuing = Issuing(
            site=site, design_revision_id=design_revision_id, base_url=base_url, loopback=loopback, zone=zone
        )
        _complete(session, result, compiled, issuing, now)
    return result


def _complete(
    session: Session, passed: RoundResult, compiled: Compiled, issuing: Issuing, now: datetime
) -> None:
    awarded = award(
        session,
        completion_id=_completion(session, passed, compiled, now),
        person_id=passed.person_id,
        facts=facts_of(session, passed, compiled, issuing, now),
        design_revision_id=issuing.design_revision_id,
        now=now,
    )
    # Its own facts, not those made here: where this edition had been completed before, they are older.
    _write_letter(session, awarded, passed.person_id, issuing.base_url, now)


def _completion(session: Session, passed: RoundResult, compiled: Compiled, now: datetime) -> int:
    key = {
        "person_id": passed.person_id,
        "course": passed.course,
        "edition": passed.edition,
        "cycle": CYCLE,
    }
    row = {
        "attempt_id": passed.attempt_id,
        "revision_id": passed.revision_id,
        "title": compiled.course.title,
        "minutes": compiled.course.minutes,
        "completed_at": now,
    }
    new = insert_new_id(session, Completion, key | row)
    return new or session.scalars(select(Completion.id).filter_by(**key)).one()


def _write_letter(session: Session, facts: Facts, person_id: int, base_url: str, now: datetime) -> None:
    letter = certificate_letter(
        name=facts.printed_name,
        course_title=facts.title,
        minutes=facts.minutes,
        certificate_url=f"{base_url}/certificates/{facts.code}",
        check_url=facts.check_url,
        specimen=facts.specimen,
    )
    recipient = session.scalars(_EMAIL, {"person_id": person_id}).one()
    key = f"certificate:{facts.code}"  # the letter is queued once, and waits for what has this name
    try:
        queue(
            session,
            dedupe_key=key,
            kind="certificate",
            recipient=recipient,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            attachment=key,
            now=now,
        )
    except ValueError:
        # An address that no letter can go to must not cost anybody the pass: the page has the certificate.
        logger.exception("The letter with certificate %s cannot be addressed.", facts.code)
