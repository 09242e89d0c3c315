"""What a checker hears about a code. The answer says nothing that the certificate itself does not print."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.certification.facts import Facts
from app.certification.names import same_name
from app.certification.revoking import REASONS
from app.certification.tables import Certificate, Revocation
from app.kernel.codes import read_code

State = Literal["valid", "replaced", "withdrawn", "specimen", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`facts` is None for an unknown code, whether or not it could be one. `code` is as it was understood."""

    state: State
    code: str | None
    facts: Facts | None = None
    name_shown: bool = False
    withdrawn_at: datetime | None = None
    reason: str = ""

    def name_matches(self, typed: str) -> bool:
        """Whether the checker typed the name that is printed."""
        return self.facts is not None and same_name(self.facts.printed_name, typed)


def verdict(session: Session, typed: str) -> Verdict:
    """The state of the certificate with this code. Withdrawn outweighs replaced, replaced specimen."""
    code = read_code(typed)
    row = session.execute(_by_code(code)).first() if code else None
    if row is None:
        return Verdict(state="unknown", code=code)
    certificate, revocation, replaced_by = row
    return Verdict(
        state=_state(certificate, revocation, replaced_by),
        code=code,
        facts=Facts.from_json(certificate.facts),
        name_shown=certificate.name_shown,
        withdrawn_at=revocation.revoked_at if revocation else None,
        reason=REASONS.get(revocation.reason, REASONS["other"]) if revocation else "",
    )


def _by_code(code: str) -> Select[Certificate, Revocation, int]:
    later = aliased(Certificate)
    return (
        select(Certificate, Revocation, later.id)
        .outerjoin(Revocation, Revocation.certificate_id == Certificate.id)
        .outerjoin(later, later.replaces_id == Certificate.id)
        .where(Certificate.code == code)
    )


def _state(certificate: Certificate, revocation: Revocation | None, replaced_by: int | None) -> State:
    if revocation is not None:
        return "withdrawn"
    if replaced_by is not None:
        return "replaced"
    return "specimen" if certificate.specimen else "valid"
