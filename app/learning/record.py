"""My CPD: what a person has completed, with minutes by calendar year in the site's time zone."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import Session, aliased

from app.certification.tables import Certificate, Revocation
from app.kernel.clock import local_day
from app.learning.tables import Completion


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One completion. `code` is its latest certificate's. What has been withdrawn counts no minutes."""

    course: str
    title: str
    edition: int
    minutes: int
    completed_on: date
    code: str | None
    withdrawn: bool


@dataclass(frozen=True)
class Year:
    """A calendar year, newest completion first."""

    year: int
    entries: tuple[Entry, ...]

    @property
    def minutes(self) -> int:
        """All that count."""
        return sum(entry.minutes for entry in self.entries if not entry.withdrawn)


def my_cpd(session: Session, person_id: int, zone: ZoneInfo) -> tuple[Year, ...]:
    """The person's completions, newest year first. One statement."""
    entries = [_entry(row, zone) for row in session.execute(_completions(person_id))]
    by_year = groupby(entries, key=lambda entry: entry.completed_on.year)
    return tuple(Year(year, tuple(of_year)) for year, of_year in by_year)


Found = Row[Completion, str, bool]


def _completions(person_id: int) -> Select[Completion, str, bool]:
    later = aliased(Certificate)
    withdrawn = exists().where(Revocation.certificate_id == Certificate.id)
    replaced = exists().where(later.replaces_id == Certificate.id)
    return (
        select(Completion, Certificate.code, withdrawn)
        .outerjoin(Certificate, (Certificate.completion_id == Completion.id) & ~replaced)
        .where(Completion.person_id == person_id)
        .order_by(Completion.completed_at.desc(), Completion.id.desc())
    )


def _entry(row: Found, zone: ZoneInfo) -> Entry:
    completion, code, withdrawn = row
    return Entry(
        course=completion.course,
        title=completion.title,
        edition=completion.edition,
        minutes=completion.minutes,
        completed_on=local_day(completion.completed_at, zone),
        code=code,
        withdrawn=withdrawn,
    )
