"""What is kept, as a page tells it: headings, short lines, and what stands within them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.kernel.clock import day_in_words
from app.learning.exporting.kinds import Record

NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing that is kept. `facts` are what is known of it, `parts` the things within it."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple["Told", ...] = ()


def tell(records: Iterable[Record], zone: ZoneInfo) -> list[Told]:
    """Each of these, under what its first field says."""
    return [_told(record, zone) for record in records]


def _told(record: Record, zone: ZoneInfo) -> Told:
    (first, value), *rest = record.items()
    label = _label(first)
    heading = value if isinstance(value, str) and value else f"{label}: {in_words(value, zone)}"
    facts = [
        (_label(name), in_words(each, zone))
        for name, each in rest
        if not _holds_records(each) and not _is_empty(each)
    ]
    parts = [part for _, each in rest if _holds_records(each) for part in tell(each, zone)]
    return Told(heading=heading, facts=tuple(facts), parts=tuple(parts))


def in_words(value: Any, zone: ZoneInfo) -> str:
    """A value as a person reads it. Moments are those of the site's time zone."""
    if _is_empty(value):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return _moment(value, zone)
    if isinstance(value, Mapping):
        return "\n".join(f"{_label(name)}: {in_words(each, zone)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(in_words(each, zone) for each in value)
    return str(value)


def _moment(value: date, zone: ZoneInfo) -> str:
    if not isinstance(value, datetime):
        return day_in_words(value)
    local = value.astimezone(zone)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _holds_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
