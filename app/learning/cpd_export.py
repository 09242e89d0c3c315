"""What every export of a record says of an entry: the same fields in the same words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.certification.wording import hours
from app.kernel.clock import day_in_words
from app.kernel.codes import grouped
from app.learning.cpd import Entry, Goal, Kind, Membership, Record, Year

STATES = {
    "valid": "valid",
    "expired": "expired",
    "withdrawn": "withdrawn, counts no minutes",
    "none": "no certificate",
}


@dataclass(frozen=True, kw_only=True)
class Export:
    """A record, or the one year of it that was chosen, with what its head says."""

    name: str
    membership: Membership | None
    goal: Goal
    years: Sequence[Year]
    made_on: date

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, newest first."""
        return tuple(entry for year in self.years for entry in year.entries)

    @property
    def title(self) -> str:
        """'CPD record, 2026', or 'CPD record' for all years."""
        return f"CPD record, {self.years[0].title}" if len(self.years) == 1 else "CPD record"


def export_of(record: Record, *, name: str, begins: int | None, made_on: date) -> Export:
    """The record, or the year that begins then, as it is exported."""
    years = record.of(begins)
    return Export(name=name, membership=record.membership, goal=record.goal, years=years, made_on=made_on)


def fields(entry: Entry) -> dict[str, str]:
    """The entry in words, in the fields and the order that professional bodies ask for."""
    return {
        "Date": day_in_words(entry.on),
        "Objective": entry.objective,
        "Subject": entry.title,
        "Provider": entry.provider,
        "Method": f"{entry.method.capitalize()} ({entry.kind})",
        "Time": f"{hours(entry.minutes)} ({entry.minutes} {'minute' if entry.minutes == 1 else 'minutes'})",
        "Outcome": entry.outcome,
        "Evidence": evidence_in_words(entry),
    }


def evidence_in_words(entry: Entry) -> str:
    """The certificate with where it can be checked, or the names of the files."""
    if entry.proof:
        code, state = grouped(entry.proof.code), state_in_words(entry)
        return f"Certificate {code} ({state}), {entry.proof.check_url}"
    return ", ".join(file.name for file in entry.evidence)


def state_in_words(entry: Entry) -> str:
    """How its certificate stands; of a specimen that it is one."""
    specimen = entry.proof is not None and entry.proof.specimen and entry.state != "withdrawn"
    return "specimen" if specimen else STATES[entry.state]


def totals(year: Year, kinds: Sequence[Kind]) -> str:
    """'24.5 hours: 20 hours structured, 4.5 hours self-directed'."""
    parts = ", ".join(f"{hours(year.minutes_of(kind))} {kind}" for kind in kinds)
    return f"{hours(year.minutes)}: {parts}"
