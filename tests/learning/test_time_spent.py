"""Real minutes: gaps between saves, never more than ten a gap, never of fewer than five people."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.progress import mark_done
from app.learning.time_spent import TimeSpent, median_time, time_spent
from app.people.tables import User
from tests.cast import Cast
from tests.conftest import NOON
from tests.learning.passing import COURSE, hand_over, sit

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("after", "minutes"),
    [([], 0), ([0], 0), ([0, 3], 3), ([3, 0], 3), ([0, 4, 4, 9], 9), ([0, 60], 10), ([0, 60, 61, 600], 21)],
)
def test_gaps_are_added_and_a_long_one_counts_ten_minutes(after: list[int], minutes: int) -> None:
    assert time_spent(NOON + each * MINUTE for each in after) == minutes * MINUTE


def take(session: Session, person: User, *minutes: int) -> None:
    """A lesson done, the test answered, and handed in: so many minutes after noon."""
    done, answered, handed_in = (NOON + each * MINUTE for each in minutes)
    where = {"course": COURSE, "lesson": "first-steps", "lessons": ("first-steps", "next-steps")}
    with writing(session):
        mark_done(session, person_id=person.id, now=done, **where)
    code = sit(session, person, answered)
    with writing(session):
        assert hand_over(session, person, code, handed_in).passed


def test_the_median_is_told_of_five_people_and_of_no_fewer(session: Session, cast: Cast) -> None:
    people = (cast.amira, cast.ben, cast.edda, cast.malik, cast.ada)
    for person, end in zip(people, (3, 4, 8, 9, 500), strict=True):
        assert median_time(session, COURSE, 1) is None
        take(session, person, 0, 2, end)
    assert median_time(session, COURSE, 1) == TimeSpent(minutes=8, people=5)
    assert median_time(session, COURSE, 2) is None


def test_what_somebody_does_after_the_pass_is_not_the_course_s_time(session: Session, cast: Cast) -> None:
    for person in (cast.amira, cast.ben, cast.edda, cast.malik, cast.ada):
        take(session, person, 0, 2, 5)
        with writing(session):
            later = NOON + 9 * MINUTE
            mark_done(
                session,
                person_id=person.id,
                course=COURSE,
                lesson="next-steps",
                lessons=("first-steps", "next-steps"),
                now=later,
            )
    assert median_time(session, COURSE, 1) == TimeSpent(minutes=5, people=5)
