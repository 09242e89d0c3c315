"""The CPD record as a model: entries, CPD years, a goal. Pure; every export says what stands here.

An entry is one completion of a course here, or one activity elsewhere that its owner told us of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

Kind = Literal["structured", "self-directed"]
State = Literal["valid", "expired", "withdrawn", "none"]

KINDS: tuple[Kind, ...] = ("structured", "self-directed")
METHODS = {  # how something outside was learnt: as it is stored -> in words
    "course": "course",
    "webinar": "webinar",
    "conference": "conference",
    "reading": "reading",
    "mentoring": "mentoring",
    "other": "other",
}
SUGGESTED: Kind = "structured"  # for a course here
BECAUSE = "It has set outcomes and a test, which most professional bodies count as structured."


@dataclass(frozen=True, kw_only=True)
class EvidenceFile:
    """A file that shows what was done, without its bytes. `size` is in bytes."""

    code: str
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Proof:
    """The newest certificate of a completion, as its facts say. `check_url` is its whole address."""

    code: str
    title: str
    check_url: str
    issuer: str
    completed_on: date
    expires_on: date | None
    specimen: bool


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the record, in the fields that professional bodies ask for.

    `code` names it in addresses. `course` is the course's slug, or "" for an activity elsewhere; `edition`
    and `proof` go with a course. `kind` is what the owner decided; until then, what is suggested.
    """

    code: str
    course: str
    title: str
    provider: str
    method: str
    on: date
    minutes: int
    kind: Kind
    decided: bool
    objective: str
    outcome: str
    edition: int | None = None
    proof: Proof | None = None
    state: State = "none"
    evidence: tuple[EvidenceFile, ...] = ()

    @property
    def counted(self) -> int:
        """The minutes that count: none where the certificate was withdrawn."""
        return 0 if self.state == "withdrawn" else self.minutes


@dataclass(frozen=True, kw_only=True)
class Goal:
    """The minutes that a person wants to do in each CPD year, 0 for none; `first_month` begins the year."""

    minutes: int = 0
    first_month: int = 1


@dataclass(frozen=True, kw_only=True)
class Membership:
    """The professional body that a person belongs to, and their number there."""

    body: str
    number: str

    @property
    def line(self) -> str:
        """Both as they are printed."""
        return f"{self.body}, membership number {self.number}"


@dataclass(frozen=True)
class Year:
    """A CPD year, newest entry first. `begins` is the calendar year in which it begins."""

    begins: int
    first_month: int
    entries: tuple[Entry, ...] = ()

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.begins, self.first_month, 1)

    @property
    def minutes(self) -> int:
        """All that count."""
        return sum(entry.counted for entry in self.entries)

    def minutes_of(self, kind: Kind) -> int:
        """All of this type that count."""
        return sum(entry.counted for entry in self.entries if entry.kind == kind)

    @property
    def title(self) -> str:
        """2026, or April 2026 to March 2027."""
        if self.first_month == 1:
            return str(self.begins)
        last = date(self.begins + 1, self.first_month - 1, 1)
        return f"{self.first_on:%B %Y} to {last:%B %Y}"


@dataclass(frozen=True, kw_only=True)
class Record:
    """All of one person's CPD, newest year first. `this_year` is the one that today falls in."""

    years: tuple[Year, ...]
    this_year: Year
    goal: Goal
    membership: Membership | None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, newest first."""
        return tuple(entry for year in self.years for entry in year.entries)

    def of(self, begins: int | None) -> tuple[Year, ...]:
        """The one year that begins then, or all of them for None."""
        return tuple(year for year in self.years if begins in {None, year.begins})


def year_of(day: date, first_month: int) -> int:
    """The calendar year in which the CPD year of this day begins."""
    return day.year if day.month >= first_month else day.year - 1


def make_record(entries: Iterable[Entry], goal: Goal, membership: Membership | None, today: date) -> Record:
    """The record of these entries."""
    newest_first = sorted(entries, key=lambda entry: entry.on, reverse=True)
    by_year = groupby(newest_first, key=lambda entry: year_of(entry.on, goal.first_month))
    years = tuple(Year(begins, goal.first_month, tuple(found)) for begins, found in by_year)
    now = year_of(today, goal.first_month)
    this_year = next((year for year in years if year.begins == now), Year(now, goal.first_month))
    return Record(years=years, this_year=this_year, goal=goal, membership=membership)
