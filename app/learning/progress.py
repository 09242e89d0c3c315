"""Which lessons a person has marked done, and where they are in a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound
from app.kernel.upsert import insert_new
from app.learning.enrolment import enrol, move_on
from app.learning.tables import Enrolment, LessonDone


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a person has come in one course. `place` is None until they have saved something there."""

    place: str | None
    done: frozenset[str]

    def left(self, lessons: Sequence[str]) -> tuple[str, ...]:
        """Those of the course's lessons that are not done, in their order. None left opens the test."""
        return tuple(lesson for lesson in lessons if lesson not in self.done)


NOT_BEGUN = Progress(place=None, done=frozenset())

# Made once, and of tables rather than classes: a page takes longer to put a statement together, and objects
# from its rows, than the database takes to answer it.
_BEGUN, _DONE = Enrolment.__table__, LessonDone.__table__
_MINE = (
    select(_BEGUN.c.place, _DONE.c.lesson)
    .select_from(_BEGUN)
    .outerjoin(_DONE, and_(_DONE.c.person_id == _BEGUN.c.person_id, _DONE.c.course == _BEGUN.c.course))
    .where(_BEGUN.c.person_id == bindparam("person_id"), _BEGUN.c.course == bindparam("course"))
)


def my_progress(session: Session, person_id: int, course: str) -> Progress:
    """The person's own progress, in one SQL however many lessons there are."""
    rows = session.execute(_MINE, {"person_id": person_id, "course": course}).all()
    if not rows:
        return NOT_BEGUN
    return Progress(place=rows[0].place, done=frozenset(row.lesson for row in rows if row.lesson is not None))


def mark_done(
    session: Session, *, person_id: int, course: str, lesson: str, lessons: Sequence[str], now: datetime
) -> str | None:
    """Mark the lesson done, move the person's place to the next, and say which that is: None after the last.

    `lessons` are the course's, in their order. Saying it twice changes nothing: a person who has since gone
    further keeps their place. Raises NotFound for a lesson that the course does not have.
    """
    if lesson not in lessons:
        raise NotFound("There is no such lesson in this course.")
    position = lessons.index(lesson)
    following = lessons[position + 1] if position + 1 < len(lessons) else None
    enrol(session, person_id=person_id, course=course, lesson=lesson, now=now)
    row = {"person_id": person_id, "course": course, "lesson": lesson, "done_at": now}
    if insert_new(session, LessonDone, row):
        move_on(session, person_id=person_id, course=course, lesson=following or lesson, now=now)
    return following
