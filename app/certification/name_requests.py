"""A holder asks for another printed name; an administrator decides."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.names import printed_name_problem, tidy_name
from app.certification.reissuing import check_can_be_replaced
from app.certification.standing import locked
from app.certification.tables import Certificate, NameRequest
from app.kernel.errors import Conflict, NotAllowed, NotFound
from app.kernel.upsert import insert_new

MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that waits: whose certificate, the name on it, and the name that is asked for."""

    code: str
    person_id: int
    name_now: str
    name_asked: str
    course_title: str
    asked_at: datetime


def ask_for_name(session: Session, *, person_id: int, code: str, typed: str, now: datetime) -> None:
    """The holder asks for this name on their certificate. Asking again changes what waits.

    Raises NotFound for somebody else's, NotAllowed for a name that cannot be printed, and Conflict where the
    certificate has that name, is withdrawn, or has been replaced.
    """
    if problem := printed_name_problem(typed):
        raise NotAllowed(problem)
    certificate = locked(session, code)
    if certificate.person_id != person_id:
        raise NotFound("There is no certificate with this code.")
    check_can_be_replaced(session, certificate.id, Facts.from_json(certificate.facts))
    name = tidy_name(typed)
    if name == Facts.from_json(certificate.facts).printed_name:
        raise Conflict("This is the name that is printed already.")
    row = {"certificate_id": certificate.id, "person_id": person_id, "printed_name": name}
    if not insert_new(session, NameRequest, {**row, "asked_at": now, "answer": ""}):
        waiting = update(NameRequest).filter_by(certificate_id=certificate.id, decided_at=None)
        session.execute(waiting.values(printed_name=name, asked_at=now))


def asked_for(session: Session, certificate_id: int) -> NameRequest | None:
    """The request that waits for a decision on this certificate, or None."""
    return session.scalar(select(NameRequest).filter_by(certificate_id=certificate_id, decided_at=None))


def all_asked(session: Session) -> tuple[Asked, ...]:
    """What waits, the oldest first."""
    waiting = (
        select(NameRequest, Certificate)
        .join(Certificate, Certificate.id == NameRequest.certificate_id)
        .where(NameRequest.decided_at.is_(None))
        .order_by(NameRequest.asked_at)
        .limit(MOST_SHOWN)
    )
    return tuple(_asked(request, certificate) for request, certificate in session.execute(waiting))


def decide(request: NameRequest, *, granted: bool, answer: str, by_id: int | None, now: datetime) -> None:
    """Settle a request."""
    request.granted, request.answer = granted, answer
    request.decided_by_id, request.decided_at = by_id, now


def _asked(request: NameRequest, certificate: Certificate) -> Asked:
    facts = Facts.from_json(certificate.facts)
    return Asked(
        code=certificate.code,
        person_id=request.person_id,
        name_now=facts.printed_name,
        name_asked=request.printed_name,
        course_title=facts.title,
        asked_at=request.asked_at,
    )
