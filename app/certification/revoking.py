"""Withdrawing a certificate, and reinstating it: rows that are added. The newest one is what holds.

The check page tells of a withdrawal with the day and the class of reason, and of a reinstatement the day.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.certification.standing import REINSTATED, WITHDRAWN, is_withdrawn_now, locked
from app.certification.tables import Certificate, Revocation
from app.kernel.errors import Conflict

WITHDRAWN_ALREADY = "This certificate has been withdrawn already."
NOT_WITHDRAWN = "This certificate is not withdrawn."
REASONS = {
    "awarded-in-error": "It was awarded in error.",
    "not-own-work": "It was not the holder's own work.",
    "asked-by-holder": "The holder asked for this.",
    "other": "The issuer gives no reason here.",
}
REASONS_TO_REINSTATE = {
    "withdrawn-in-error": "It had been withdrawn in error.",
    "looked-at-again": "We have looked at what happened again.",
    "other": "We give no reason here.",
}


def revoke(
    session: Session, code: str, *, reason: str, note: str = "", by_id: int | None, now: datetime
) -> Certificate:
    """Withdraw a certificate by its code, however that is written. `note` is kept inside.

    Raises NotFound, Conflict where it is withdrawn already, and ValueError for a reason not in REASONS.
    """
    _check_reason(reason, REASONS)
    certificate = locked(session, code)
    if is_withdrawn_now(session, certificate.id):
        raise Conflict(WITHDRAWN_ALREADY)
    row = Revocation(kind=WITHDRAWN, reason=reason, note=note, by_id=by_id, happened_at=now)
    row.certificate_id = certificate.id
    session.add(row)
    session.flush()
    return certificate


def reinstate(
    session: Session, code: str, *, reason: str, note: str = "", by_id: int | None, now: datetime
) -> Certificate:
    """Undo a withdrawal by one more row; both stay in the certificate's history.

    Raises NotFound, Conflict where it is not withdrawn, ValueError for a reason not in REASONS_TO_REINSTATE.
    """
    _check_reason(reason, REASONS_TO_REINSTATE)
    certificate = locked(session, code)
    if not is_withdrawn_now(session, certificate.id):
        raise Conflict(NOT_WITHDRAWN)
    row = Revocation(kind=REINSTATED, reason=reason, note=note, by_id=by_id, happened_at=now)
    row.certificate_id = certificate.id
    session.add(row)
    session.flush()
    return certificate


def _check_reason(reason: str, known: dict[str, str]) -> None:
    if reason not in known:
        raise ValueError(f"{reason} is not a reason. The reasons are: {', '.join(known)}.")
