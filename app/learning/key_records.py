"""Who has opened the answers of a course's test, when, and what was waived: for every editor to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.learning.tables import KeyOpening, KeyWaiver
from app.people.names import GONE
from app.people.tables import User


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
    """Everybody who has opened answers of this course, by name. Two SQL."""
    opened = session.execute(
        select(User.id, User.full_name, KeyOpening)
        .join(KeyOpening, KeyOpening.person_id == User.id)
        .where(KeyOpening.course == course)
        .order_by(User.full_name, User.id, KeyOpening.id)
    ).all()
    waived = session.execute(
        select(KeyWaiver, User.full_name)
        .outerjoin(User, User.id == KeyWaiver.waived_by_id)
        .where(KeyWaiver.course == course)
        .order_by(KeyWaiver.id)
    ).all()
    names = {person_id: name for person_id, name, _ in opened}
    return [
        KeyRecord(
            person_id=person_id,
            name=name,
            openings=[_opened(each) for whose, _, each in opened if whose == person_id],
            waivers=[_waived(each, by or GONE) for each, by in waived if each.person_id == person_id],
        )
        for person_id, name in names.items()
    ]


def _opened(row: KeyOpening) -> Opened:
    return Opened(code=row.code, edition=row.edition, questions=len(row.questions), opened_at=row.opened_at)


def _waived(row: KeyWaiver, by: str) -> Waived:
    return Waived(edition=row.edition, by=by, reason=row.reason, waived_at=row.waived_at)
