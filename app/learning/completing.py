"""Handing in: the pass, the completion, the certificate and its letter are one transaction, all or none."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.attempts import RoundResult, grade_round
from app.catalogue.model import Site
from app.kernel.clock import local_day
from app.kernel.upsert import insert_new_id
from app.learning.certifying import certify
from app.learning.issuing import Compiled, Issuing
from app.learning.keys_opened import no_certificate
from app.learning.renewing import cycle_of
from app.learning.tables import Completion


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

    Whoever has opened the answers as an editor completes the course, and is awarded nothing.

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
    completion_id = _completion(session, passed, compiled, issuing.zone, now)
    if no_certificate(
        session,
        person_id=passed.person_id,
        course=passed.course,
        edition=passed.edition,
        questions=compiled.quiz.places,
    ):
        return
    certify(session, completion_id=completion_id, passed=passed, compiled=compiled, issuing=issuing, now=now)


def _completion(
    session: Session, passed: RoundResult, compiled: Compiled, zone: ZoneInfo, now: datetime
) -> int:
    key: dict[str, Any] = {
        "person_id": passed.person_id,
        "course": passed.course,
        "edition": passed.edition,
    }
    key["cycle"] = cycle_of(session, **key, today=local_day(now, zone))
    row = {
        "attempt_id": passed.attempt_id,
        "revision_id": passed.revision_id,
        "title": compiled.course.title,
        "minutes": compiled.course.minutes,
        "completed_at": now,
    }
    new = insert_new_id(session, Completion, key | row)
    return new or session.scalars(select(Completion.id).filter_by(**key)).one()
