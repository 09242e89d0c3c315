"""What a checker hears about a code. The answer says nothing that the certificate itself does not print."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.certification.facts import Facts
from app.certification.matching import same_name
from app.certification.revoking import REASONS
from app.certification.standing import REINSTATED, WITHDRAWN, newest_row
from app.certification.tables import Certificate, Revocation
from app.kernel.codes import read_code

State = Literal["valid", "expired", "replaced", "withdrawn", "erased", "specimen", "unknown"]
NO_CODE = ""  # asked for in the place of what cannot be a code, so that both take one look and as long


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a certificate stands. `facts` is None for a code that is none of ours, whatever it looks like."""

    state: State
    facts: Facts | None = None
    name_shown: bool = False
    withdrawn_at: datetime | None = None
    reason: str = ""
    reinstated_at: datetime | None = None
    replaced_at: datetime | None = None

    @property
    def code(self) -> str | None:
        """The certificate's code, in its one spelling."""
        return self.facts.code if self.facts else None

    @property
    def erased(self) -> bool:
        """Whether its holder has been erased: it still says what it was for, and not whose it was."""
        return self.facts is not None and not self.facts.printed_name

    def name_matches(self, typed: str) -> bool:
        """Whether the checker typed the name that is printed."""
        return self.facts is not None and same_name(self.facts.printed_name, typed)


def verdict(session: Session, typed: str, *, today: date) -> Verdict:
    """How the certificate with this code stands. `today` is the site's day."""
    row = session.execute(_by_code(read_code(typed) or NO_CODE)).first()
    if row is None:
        return Verdict(state="unknown")
    certificate, newest, replaced_at = row
    revocation = newest if newest and newest.kind == WITHDRAWN else None
    facts = Facts.from_json(certificate.facts)
    return Verdict(
        state=state_of(
            withdrawn=revocation is not None,
            replaced=replaced_at is not None,
            specimen=certificate.specimen,
            erased=not facts.printed_name,
            expired=facts.expires_on is not None and facts.expires_on < today,
        ),
        facts=facts,
        name_shown=certificate.name_shown and facts.printed_name != "",
        withdrawn_at=revocation.happened_at if revocation else None,
        reason=REASONS.get(revocation.reason, REASONS["other"]) if revocation else "",
        reinstated_at=newest.happened_at if newest and newest.kind == REINSTATED else None,
        replaced_at=replaced_at,
    )


def state_of(*, withdrawn: bool, replaced: bool, specimen: bool, erased: bool, expired: bool) -> State:
    """The one word for how a certificate stands, where several are true: what matters most to a checker."""
    if withdrawn:
        return "withdrawn"
    if replaced:
        return "replaced"
    if specimen:
        return "specimen"
    if erased:
        return "erased"
    return "expired" if expired else "valid"


def _by_code(code: str) -> Select[Certificate, Revocation, datetime]:
    later = aliased(Certificate)
    return (
        select(Certificate, Revocation, later.awarded_at)
        .outerjoin(Revocation, Revocation.id == newest_row())
        .outerjoin(later, later.replaces_id == Certificate.id)
        .where(Certificate.code == code)
    )
