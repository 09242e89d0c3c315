"""How the pages of My CPD say times, totals, goals and files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.certification.wording import hours
from app.kernel.clock import day_in_words
from app.learning.cpd import KINDS, Entry, Record, Year
from app.learning.follow_results import FollowUpResult
from app.web.learner.follow_up_lines import FollowUpLine, follow_up_lines
from app.web.shared.contents import minutes_in_words

NOTES = {
    "withdrawn": "The certificate was withdrawn: this counts no minutes.",
    "expired": "The certificate has expired. What you did still counts.",
}
UNCERTIFIED = "No certificate: you had opened the test’s answers as an editor."


@dataclass(frozen=True, kw_only=True)
class ShownEntry:
    """An entry in the page's words. `proof` is its certificate's address, or ""; `later` what came after."""

    title: str
    href: str
    line: str
    outcome: str
    proof: str
    note: str
    later: Sequence[FollowUpLine]


@dataclass(frozen=True, kw_only=True)
class ShownYear:
    """A year in the page's words: its total, then each type's."""

    title: str
    total: str
    parts: str
    open: bool
    entries: Sequence[ShownEntry]


@dataclass(frozen=True, kw_only=True)
class ShownFile:
    """A file with the addresses where it is saved and removed."""

    name: str
    size: str
    href: str
    removal: str


@dataclass(frozen=True, kw_only=True)
class ShownGoal:
    """How far a year's goal is reached. `done` and `whole` are minutes for a bar."""

    title: str
    said: str
    done: int
    whole: int


def time_in_words(minutes: int) -> str:
    """'90 minutes (1.5 hours)'."""
    return f"{minutes_in_words(minutes)} ({hours(minutes)})"


def total_in_words(minutes: int) -> str:
    """'24.5 hours (1,470 minutes)': totals are asked for in hours."""
    return f"{hours(minutes)} ({minutes:,} {'minute' if minutes == 1 else 'minutes'})"


def size_in_words(size: int) -> str:
    """A file's bytes as '34 KB' or '1.2 MB'."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def shown_files(entry: Entry) -> list[ShownFile]:
    """The files of an entry."""
    return [
        ShownFile(
            name=file.name,
            size=size_in_words(file.size),
            href=url_for("cpd_evidence.download", code=entry.code, file=file.code),
            removal=url_for("cpd_evidence.ask", code=entry.code, file=file.code),
        )
        for file in entry.evidence
    ]


def shown_years(record: Record, later: Mapping[str, Iterable[FollowUpResult]]) -> list[ShownYear]:
    """Every year, the newest laid open. `later` are follow-ups by the entry that they came after."""
    return [
        ShownYear(
            title=year.title,
            total=total_in_words(year.minutes),
            parts=parts_in_words(year),
            open=year is record.years[0],
            entries=[_shown_entry(entry, later.get(entry.code, ())) for entry in year.entries],
        )
        for year in record.years
    ]


def parts_in_words(year: Year) -> str:
    """'Structured: 20 hours. Self-directed: 4.5 hours.'"""
    return " ".join(f"{kind.capitalize()}: {hours(year.minutes_of(kind))}." for kind in KINDS)


def shown_goal(record: Record) -> ShownGoal | None:
    """The goal of the year that today falls in; None where there is no goal."""
    whole, done = record.goal.minutes, record.this_year.minutes
    if not whole:
        return None
    aim = f"{hours(done)} of the {hours(whole)} that you set yourself."
    left = f"{hours(whole - done)} to go." if done < whole else "You have reached your goal."
    return ShownGoal(
        title=f"Your goal for {record.this_year.title}",
        said=f"{aim} {left}",
        done=min(done, whole),
        whole=whole,
    )


def _when(entry: Entry) -> str:
    return f"{day_in_words(entry.on)}, {time_in_words(entry.minutes)}"


def _shown_entry(entry: Entry, later: Iterable[FollowUpResult]) -> ShownEntry:
    edition = f", edition {entry.edition}" if entry.edition else ""
    uncertified = UNCERTIFIED if entry.course and entry.proof is None else ""
    return ShownEntry(
        title=entry.title,
        href=url_for("cpd_entry.show", code=entry.code),
        line=f"{_when(entry)}, {entry.method}, {entry.kind}{edition}",
        outcome=entry.outcome,
        proof=url_for("certificate.show", code=entry.proof.code) if entry.proof else "",
        note=NOTES.get(entry.state, uncertified),
        later=follow_up_lines(later),
    )
