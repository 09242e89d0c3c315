"""Who is where in a course at the moment something is published: nobody is counted twice."""

from sqlalchemy.orm import Session

from app.learning.in_flight import InFlight, in_flight
from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.page import Page
from tests.web.learner.taking import Taking, finish_lessons


def test_a_course_that_nobody_began_has_nobody_on_the_way(session: Session) -> None:
    assert in_flight(session, "good-course", 1) == InFlight(reading=0, testing=0, completed=0)


def test_readers_test_takers_and_the_completed_are_told_apart(
    page: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    Learner(page.app, session, clock, cast.amira).all_the_way("good-course")
    finish_lessons(session, cast.ben, clock)
    assert in_flight(session, "good-course", 1) == InFlight(reading=1, testing=0, completed=1)
    Taking(page.sign_in(cast.ben)).start()
    session.rollback()  # what was read so far is of the moment before
    assert in_flight(session, "good-course", 1) == InFlight(reading=0, testing=1, completed=1)
    assert in_flight(session, "another-course", 1) == InFlight(reading=0, testing=0, completed=0)


def test_whoever_completed_an_older_edition_reads_again(
    page: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    Learner(page.app, session, clock, cast.amira).all_the_way("good-course")
    assert in_flight(session, "good-course", 2) == InFlight(reading=1, testing=0, completed=0)
