"""Who is on the way through a course at this moment: what an editor should know before publishing."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt
from app.learning.tables import Completion, Enrolment


@dataclass(frozen=True, kw_only=True)
class InFlight:
    """People by how far they are in one edition: reading, in an open test, or done. Nobody counts twice."""

    reading: int
    testing: int
    completed: int


def in_flight(session: Session, course: str, edition: int) -> InFlight:
    """How many people are where in this course. One who has completed the edition is not on the way."""
    completed = select(Completion.person_id).filter_by(course=course, edition=edition)
    completed = completed.filter(Completion.person_id.is_not(None))  # else "not in" would hold for nobody
    testing = select(Attempt.person_id).filter_by(course=course).filter(Attempt.closed_at.is_(None))
    begun = select(func.count()).select_from(Enrolment).filter_by(course=course)
    reading = begun.filter(Enrolment.person_id.not_in(completed), Enrolment.person_id.not_in(testing))
    return InFlight(
        reading=session.scalar(reading) or 0,
        testing=session.scalar(select(func.count()).select_from(testing.distinct().subquery())) or 0,
        completed=session.scalar(select(func.count()).select_from(completed.distinct().subquery())) or 0,
    )
