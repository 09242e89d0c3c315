"""Beginning a course. Nothing asks a person to enrol: the first thing they save there does it."""

from datetime import datetime

from sqlalchemy import Exists, exists, select, update
from sqlalchemy.orm import Session

from app.kernel.upsert import insert_new
from app.learning.tables import Enrolment, LessonDone


def enrol(session: Session, *, person_id: int, course: str, lesson: str, now: datetime) -> bool:
    """Begin the course at this lesson, unless the person has begun it before. True where it is new."""
    values = {"person_id": person_id, "course": course, "place": lesson, "enrolled_at": now, "moved_at": now}
    return insert_new(session, Enrolment, values)


def arrive(session: Session, *, person_id: int, course: str, lesson: str, now: datetime) -> None:
    """The person saved something in this lesson: enrol them, and keep their place there.

    A lesson that they have done is one that they came back to, and leaves the place where it was.
    """
    if enrol(session, person_id=person_id, course=course, lesson=lesson, now=now):
        return
    done = exists().where(
        LessonDone.person_id == person_id, LessonDone.course == course, LessonDone.lesson == lesson
    )
    _move(session, person_id, course, lesson, now, unless=done)


def move_on(session: Session, *, person_id: int, course: str, lesson: str, now: datetime) -> None:
    """Keep the person's place at this lesson."""
    _move(session, person_id, course, lesson, now)


def places(session: Session, person_id: int) -> dict[str, str]:
    """Where "Continue where you left off" goes: course to lesson, the course visited last first. One SQL."""
    rows = session.execute(
        select(Enrolment.course, Enrolment.place)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.moved_at.desc(), Enrolment.course)
    )
    return {course: place for course, place in rows}


def _move(
    session: Session, person_id: int, course: str, lesson: str, now: datetime, unless: Exists | None = None
) -> None:
    statement = (
        update(Enrolment)
        .where(Enrolment.person_id == person_id, Enrolment.course == course)
        .values(place=lesson, moved_at=now)
    )
    session.execute(statement if unless is None else statement.where(~unless))
