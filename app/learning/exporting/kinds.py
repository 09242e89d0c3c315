"""What every part of a person's export has: its name, what its fields hold, and how it is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

Record = dict[str, Any]  # one thing that is kept: field -> text, number, moment, day, or more records


@dataclass(frozen=True, kw_only=True)
class Described:
    """An answer to a block in words: where it was given, what was asked, and what was answered."""

    lesson: str
    asked: str
    lines: tuple[str, ...]


class Words(Protocol):
    """What the export asks of the courses as they are read now."""

    def title(self, course: str) -> str:
        """What the course is called; its slug where there is none of it any more."""

    def describe(self, course: str, block: str, kind: str, body: Mapping[str, Any]) -> Described:
        """The answer in words, as far as the course still has the block."""


@dataclass(frozen=True, kw_only=True)
class Whose:
    """The person that the export is about, and what it takes to read and tell what is theirs."""

    session: Session
    person_id: int
    zone: ZoneInfo
    now: datetime
    words: Words


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of what is kept.

    `name` is its file's. `fields` are those of a record, in order, with what each holds; those of records
    within a record are named "outer.inner". The first one is what a record is called on the page. A `flat`
    kind is a table too.
    """

    name: str
    title: str
    about: str
    fields: Mapping[str, str]
    read: Callable[[Whose], Iterable[Record]]
    flat: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """One kind with all its records of one person."""

    kind: Kind
    records: tuple[Record, ...]
