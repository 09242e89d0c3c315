"""How long a course really took the people who completed it, from the moments at which they saved something.

Nobody is timed. Time spent is the gap between one save and the next, and one of more than ten minutes counts
as ten: somebody had a cup of tea. What was read before the first save is not seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt, PaperItem, Response, Round
from app.learning.tables import BlockResponse, Completion, Enrolment, LessonDone, Reflection

LONGEST_GAP = timedelta(minutes=10)
FEWEST_PEOPLE = 5
MOST_PEOPLE = 200  # the ones who completed it last


@dataclass(frozen=True)
class TimeSpent:
    """The median of so many people, in whole minutes."""

    minutes: int
    people: int


def time_spent(moments: Iterable[datetime]) -> timedelta:
    """The gaps between these moments, each no longer than ten minutes."""
    gaps = (later - earlier for earlier, later in pairwise(sorted(moments)))
    return sum((min(gap, LONGEST_GAP) for gap in gaps), timedelta())


def median_time(session: Session, course: str, edition: int) -> TimeSpent | None:
    """What this edition of the course took, or None for too few people. Six SQL, and no answer is read."""
    completed = session.execute(
        select(Completion.person_id, Completion.completed_at)
        .where(Completion.course == course, Completion.edition == edition, Completion.person_id.is_not(None))
        .order_by(Completion.completed_at.desc())
        .limit(MOST_PEOPLE)
    ).all()
    ended = {person_id: moment for person_id, moment in completed if person_id is not None}
    if len(ended) < FEWEST_PEOPLE:
        return None
    moments: dict[int, list[datetime]] = defaultdict(list)
    for statement in _moments(course, list(ended)):
        for person_id, moment in session.execute(statement):
            if moment <= ended[person_id]:
                moments[person_id].append(moment)
    spent = [time_spent([*moments[person_id], end]).total_seconds() for person_id, end in ended.items()]
    return TimeSpent(minutes=max(1, round(median(spent) / 60)), people=len(ended))


def _moments(course: str, people: Sequence[int]) -> list[Select[int, datetime]]:
    tables = (
        (Enrolment, Enrolment.enrolled_at),
        (LessonDone, LessonDone.done_at),
        (BlockResponse, BlockResponse.saved_at),
        (Reflection, Reflection.saved_at),
    )
    in_lessons = [
        select(table.person_id, moment).where(table.course == course, table.person_id.in_(people))
        for table, moment in tables
    ]
    in_tests = (
        select(Attempt.person_id, Response.saved_at)
        .join(Round, Round.attempt_id == Attempt.id)
        .join(PaperItem, PaperItem.round_id == Round.id)
        .join(Response, Response.item_id == PaperItem.id)
        .where(Attempt.course == course, Attempt.person_id.in_(people))
    )
    return [*in_lessons, in_tests]
