"""Who has opened a test's answers as an editor: they can take the test, and are not certified by it.

An opening costs the certificate of the edition that was live, and of every other that asks a question which
was in sight. A second person's waiver, for one edition, lets what was opened before it go.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.kernel.codes import new_code
from app.learning.tables import KeyOpening, KeyWaiver

_WAIVED_AT = (
    select(func.max(KeyWaiver.waived_at))
    .where(
        KeyWaiver.person_id == bindparam("person_id"),
        KeyWaiver.course == bindparam("course"),
        KeyWaiver.edition == bindparam("edition"),
    )
    .scalar_subquery()
)
_OPENINGS = select(KeyOpening, _WAIVED_AT).where(
    KeyOpening.person_id == bindparam("person_id"), KeyOpening.course == bindparam("course")
)


def keys_are_open(
    session: Session, *, person_id: int, course: str, edition: int, questions: Iterable[str]
) -> bool:
    """Whether it is noted that the person has seen the answers to all these questions. One SQL."""
    openings = _unwaived(session, person_id, course, edition)
    return bool(openings) and set(questions) <= {each for one in openings for each in one.questions}


def has_opened_keys(session: Session, *, person_id: int, course: str) -> bool:
    """Whether the person has ever opened answers of this course's test."""
    mine = select(KeyOpening.id).filter_by(person_id=person_id, course=course).limit(1)
    return session.scalar(mine) is not None


def open_keys(
    session: Session, *, person_id: int, course: str, edition: int, questions: Iterable[str], now: datetime
) -> None:
    """Note that the person sees the answers to these questions, unless it is noted already."""
    seen = sorted(set(questions))
    if keys_are_open(session, person_id=person_id, course=course, edition=edition, questions=seen):
        return
    session.add(
        KeyOpening(
            code=new_code(),
            person_id=person_id,
            course=course,
            edition=edition,
            questions=seen,
            opened_at=now,
        )
    )
    session.flush()


def no_certificate(
    session: Session, *, person_id: int, course: str, edition: int, questions: Iterable[str]
) -> bool:
    """Whether what the person has opened costs them this edition's certificate. One SQL.

    `questions` are the ids of those that the edition's test asks.
    """
    asked = set(questions)
    return any(
        each.edition == edition or asked & set(each.questions)
        for each in _unwaived(session, person_id, course, edition)
    )


def _unwaived(session: Session, person_id: int, course: str, edition: int) -> list[KeyOpening]:
    found = session.execute(_OPENINGS, {"person_id": person_id, "course": course, "edition": edition})
    return [opening for opening, waived_at in found if waived_at is None or opening.opened_at > waived_at]
