"""Who has opened the answers of a course's test, when, and what was waived: for every editor to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.learning.tables import KeyOpening, KeyWaiver
from app.people.names import names_of


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One time that somebody has seen answers, `questions` of them."""

    code: str
    edition: int
    questions: int
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class Waived:
    """One edition's certificate that somebody may earn all the same."""

    edition: int
    by: str
    reason: str
    waived_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeyRecord:
    """One person, with all that they opened and what was waived for them, the oldest first."""

    person_id: int
    name: str
    openings: Sequence[Opened]
    waivers: Sequence[Waived]


def key_records(session: Session, course: str) -> list[KeyRecord]:
    """Everybody who has opened answers of this course, by name. Three SQL."""
    opened = session.scalars(select(KeyOpening).filter_by(course=course).order_by(KeyOpening.id)).all()
    waived = session.scalars(select(KeyWaiver).filter_by(course=course).order_by(KeyWaiver.id)).all()
    people = {each.person_id for each in opened}
    names = names_of(session, [*people, *(each.waived_by_id for each in waived)])
    return [
        KeyRecord(
            person_id=person_id,
            name=names[person_id],
            openings=[_opened(each) for each in opened if each.person_id == person_id],
            waivers=[
                _waived(each, names[each.waived_by_id]) for each in waived if each.person_id == person_id
            ],
        )
        for person_id in sorted(people, key=lambda person_id: (names[person_id], person_id))
    ]


def _opened(row: KeyOpening) -> Opened:
    return Opened(code=row.code, edition=row.edition, questions=len(row.questions), opened_at=row.opened_at)


def _waived(row: KeyWaiver, by: str) -> Waived:
    return Waived(edition=row.edition, by=by, reason=row.reason, waived_at=row.waived_at)
