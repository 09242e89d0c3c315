"""Certificates that expire: when they can be renewed, and the cycle that a renewal begins."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.standing import is_withdrawn
from app.certification.tables import Certificate
from app.learning.tables import Completion

OPENS_BEFORE = timedelta(days=60)  # the test can be taken again from so long before a certificate expires


@dataclass(frozen=True, kw_only=True)
class Newest:
    """A person's newest certificate of one course, its newest issue."""

    code: str
    edition: int
    expires_on: date | None
    withdrawn: bool

    def renewable(self, today: date) -> bool:
        """Whether the test of the same edition may be taken again for a new certificate."""
        return self.expires_on is not None and not self.withdrawn and today >= self.expires_on - OPENS_BEFORE

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires_on is not None and today > self.expires_on


def newest_certificate(session: Session, *, person_id: int, course: str) -> Newest | None:
    """The certificate that counts for this person and course, or None. One SQL."""
    row = session.execute(_newest(person_id, course)).first()
    if row is None:
        return None
    code, facts, withdrawn = row
    told = Facts.from_json(facts)
    return Newest(code=code, edition=told.edition, expires_on=told.expires_on, withdrawn=withdrawn)


def may_renew(session: Session, *, person_id: int, course: str, edition: int, today: date) -> bool:
    """Whether the person may take the test of an edition that they have passed again."""
    newest = newest_certificate(session, person_id=person_id, course=course)
    return newest is not None and newest.edition == edition and newest.renewable(today)


def cycle_of(session: Session, *, person_id: int, course: str, edition: int, today: date) -> int:
    """The cycle that a pass on this day belongs to: the next one where the certificate may be renewed."""
    mine = select(func.max(Completion.cycle)).filter_by(person_id=person_id, course=course, edition=edition)
    last = session.scalar(mine)
    if last is None:
        return 1
    renews = may_renew(session, person_id=person_id, course=course, edition=edition, today=today)
    return last + 1 if renews else last


def _newest(person_id: int, course: str) -> Select[str, dict[str, object], bool]:
    return (
        select(Certificate.code, Certificate.facts, is_withdrawn(Certificate.id))
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Completion.person_id == person_id, Completion.course == course)
        .order_by(Completion.completed_at.desc(), Completion.id.desc(), Certificate.issue.desc())
        .limit(1)
    )
