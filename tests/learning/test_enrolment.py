from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.learning.enrolment import arrive, enrol, move_on, places
from app.learning.tables import LessonDone
from tests.cast import Cast

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)


def test_a_course_is_begun_once_and_keeps_its_first_place(session: Session, cast: Cast) -> None:
    amira = cast.amira.id
    assert enrol(session, person_id=amira, course="co-production", lesson="what-it-is", now=NOON)
    assert not enrol(session, person_id=amira, course="co-production", lesson="in-the-room", now=LATER)
    assert places(session, amira) == {"co-production": "what-it-is"}


def test_places_name_the_course_visited_last_first(session: Session, cast: Cast) -> None:
    amira = cast.amira.id
    enrol(session, person_id=amira, course="first", lesson="a", now=NOON)
    enrol(session, person_id=amira, course="second", lesson="b", now=NOON + timedelta(seconds=1))
    move_on(session, person_id=amira, course="first", lesson="c", now=LATER)
    assert list(places(session, amira).items()) == [("first", "c"), ("second", "b")]


def test_saving_something_ahead_keeps_the_place_there(session: Session, cast: Cast) -> None:
    amira = cast.amira.id
    arrive(session, person_id=amira, course="co-production", lesson="what-it-is", now=NOON)
    arrive(session, person_id=amira, course="co-production", lesson="in-the-room", now=LATER)
    assert places(session, amira) == {"co-production": "in-the-room"}


def test_coming_back_to_a_lesson_that_is_done_leaves_the_place(session: Session, cast: Cast) -> None:
    amira = cast.amira.id
    arrive(session, person_id=amira, course="co-production", lesson="in-the-room", now=NOON)
    session.add(LessonDone(person_id=amira, course="co-production", lesson="what-it-is", done_at=NOON))
    session.flush()
    arrive(session, person_id=amira, course="co-production", lesson="what-it-is", now=LATER)
    assert places(session, amira) == {"co-production": "in-the-room"}


def test_ben_has_places_of_his_own(session: Session, cast: Cast) -> None:
    enrol(session, person_id=cast.amira.id, course="co-production", lesson="what-it-is", now=NOON)
    enrol(session, person_id=cast.ben.id, course="co-production", lesson="what-it-is", now=NOON)
    move_on(session, person_id=cast.amira.id, course="co-production", lesson="in-the-room", now=LATER)
    assert places(session, cast.ben.id) == {"co-production": "what-it-is"}
