"""A completion's certificate and its letter: with the pass, or later, once a second person has waived."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.attempts import RoundResult
from app.certification.awarding import award
from app.certification.facts import Facts
from app.certification.tables import Certificate
from app.learning.issuing import Compiled, Issuing, facts_of
from app.learning.tables import Completion
from app.learning.writing_to import write_to
from app.mail.letters import certificate_letter


def certify(
    session: Session,
    *,
    completion_id: int,
    passed: RoundResult,
    compiled: Compiled,
    issuing: Issuing,
    now: datetime,
) -> None:
    """Award the certificate of this pass and queue its letter. Asking again changes nothing."""
    awarded = award(
        session,
        completion_id=completion_id,
        person_id=passed.person_id,
        facts=facts_of(session, passed, compiled, issuing),
        design_revision_id=issuing.design_revision_id,
        now=now,
    )
    # Its own facts, not those made here: where this edition had been completed before, they are older.
    _write_letter(session, awarded, passed.person_id, issuing.base_url, now)


def has_certificate(session: Session, *, person_id: int, course: str, edition: int) -> bool:
    """Whether the person was awarded this edition's certificate, withdrawn or not."""
    mine = select(Certificate.id).join(Completion, Completion.id == Certificate.completion_id)
    mine = mine.where(
        Completion.person_id == person_id, Completion.course == course, Completion.edition == edition
    )
    return session.scalar(mine.limit(1)) is not None


def _write_letter(session: Session, facts: Facts, person_id: int, base_url: str, now: datetime) -> None:
    letter = certificate_letter(
        name=facts.printed_name,
        course_title=facts.title,
        minutes=facts.minutes,
        certificate_url=f"{base_url}/certificates/{facts.code}",
        check_url=facts.check_url,
        specimen=facts.specimen,
    )
    key = f"certificate:{facts.code}"  # the letter is queued once, and waits for what has this name
    write_to(session, person_id, letter, kind="certificate", key=key, attachment=key, now=now)
