"""Beginning a course. Nothing asks a person to enrol: the first thing they save there does it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, and_, exists, func, select, update
from sqlalchemy.orm import Session

from app.kernel.upsert import insert_new
from app.learning.tables import Completion, Enrolment, LessonDone


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
    session.execute(_moving(person_id, course, lesson, now).where(~done))


def move_on(session: Session, *, person_id: int, course: str, lesson: str, now: datetime) -> None:
    """Keep the person's place at this lesson."""
    session.execute(_moving(person_id, course, lesson, now))


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """A course that a person has begun, and the lesson they left off at.

    `completed_edition` is the newest edition that they have completed, 0 for none.
    """

    course: str
    place: str
    completed_edition: int


def under_way(session: Session, person_id: int) -> tuple[UnderWay, ...]:
    """Every course that the person has begun, the one visited last first. One SQL."""
    rows = session.execute(
        select(Enrolment.course, Enrolment.place, func.coalesce(func.max(Completion.edition), 0))
        .outerjoin(
            Completion,
            and_(Completion.person_id == Enrolment.person_id, Completion.course == Enrolment.course),
        )
        .where(Enrolment.person_id == person_id)
        .group_by(Enrolment.course, Enrolment.place, Enrolment.moved_at)
        .order_by(Enrolment.moved_at.desc(), Enrolment.course)
    )
    return tuple(
        UnderWay(course=course, place=place, completed_edition=edition) for course, place, edition in rows
    )


def _moving(person_id: int, course: str, lesson: str, now: datetime) -> Update:
    mine = (Enrolment.person_id == person_id, Enrolment.course == course)
    return update(Enrolment).where(*mine).values(place=lesson, moved_at=now)
