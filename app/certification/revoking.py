"""Withdrawing a certificate. Its check page then says so, with the day and the class of reason, for ever."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate, Revocation
from app.kernel.codes import read_code
from app.kernel.errors import Conflict, NotFound
from app.kernel.upsert import insert_new

REASONS = {
    "awarded-in-error": "It was awarded in error.",
    "not-own-work": "It was not the holder's own work.",
    "asked-by-holder": "The holder asked for this.",
    "other": "The issuer gives no reason here.",
}


def revoke(session: Session, code: str, *, reason: str, by_id: int | None, now: datetime) -> None:
    """Withdraw a certificate by its code, however that is written.

    Raises NotFound, Conflict where it is withdrawn already, and ValueError for a reason not in REASONS.
    """
    if reason not in REASONS:
        raise ValueError(f"{reason} is not a reason. The reasons are: {', '.join(REASONS)}.")
    bare = read_code(code)
    certificate_id = session.scalar(select(Certificate.id).where(Certificate.code == bare)) if bare else None
    if certificate_id is None:
        raise NotFound("There is no certificate with this code.")
    row = {"certificate_id": certificate_id, "reason": reason, "revoked_by_id": by_id, "revoked_at": now}
    if not insert_new(session, Revocation, row):
        raise Conflict("This certificate has been withdrawn already.")
