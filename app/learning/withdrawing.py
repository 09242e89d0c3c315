"""Withdrawing and reinstating a certificate, each with its letter to the holder."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.revoking import reinstate, revoke
from app.certification.tables import Certificate, Revocation
from app.learning.writing_to import about, write_to
from app.mail.certificate_letters import reinstated_letter, withdrawn_letter
from app.mail.letters import LetterText

LONGEST_NOTE = 2000
TOLD_OF_WITHDRAWAL = {
    "awarded-in-error": "It had been awarded in error.",
    "not-own-work": "We have come to the conclusion that the test was not your own work.",
    "asked-by-holder": "You asked us to do this.",
    "other": "The reason does not stand in this letter, and you can ask us for it.",
}
TOLD_OF_REINSTATEMENT = {
    "withdrawn-in-error": "We had withdrawn it in error, and we are sorry.",
    "looked-at-again": "We have looked at what happened again.",
    "other": "You can ask us for the reason.",
}


def withdraw(
    session: Session, code: str, *, reason: str, note: str, by_id: int | None, base_url: str, now: datetime
) -> None:
    """Withdraw a certificate, and write to its holder. Raises as `revoke` does."""
    certificate = revoke(session, code, reason=reason, note=note[:LONGEST_NOTE], by_id=by_id, now=now)
    facts = Facts.from_json(certificate.facts)
    letter = withdrawn_letter(about(facts, base_url), reason=TOLD_OF_WITHDRAWAL[reason])
    _send(session, certificate, letter, "withdrawn", now)


def put_back(
    session: Session, code: str, *, reason: str, note: str, by_id: int | None, base_url: str, now: datetime
) -> None:
    """Reinstate a withdrawn certificate, and write to its holder. Raises as `reinstate` does."""
    certificate = reinstate(session, code, reason=reason, note=note[:LONGEST_NOTE], by_id=by_id, now=now)
    facts = Facts.from_json(certificate.facts)
    letter = reinstated_letter(about(facts, base_url), reason=TOLD_OF_REINSTATEMENT[reason])
    _send(session, certificate, letter, "reinstated", now)


def _send(session: Session, certificate: Certificate, letter: LetterText, kind: str, now: datetime) -> None:
    # The row's own number is in the key: a certificate may be withdrawn more than once.
    newest = select(Revocation.id).filter_by(certificate_id=certificate.id).order_by(Revocation.id.desc())
    key = f"{kind}:{certificate.code}:{session.scalar(newest.limit(1))}"
    write_to(session, certificate.person_id, letter, kind=f"certificate-{kind}", key=key, now=now)
