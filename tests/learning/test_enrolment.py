from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.assessment.tables import Attempt
from app.kernel.codes import new_code
from app.learning.enrolment import UnderWay, arrive, enrol, move_on, under_way
from app.learning.tables import Completion, LessonDone
from app.library.tables import Revision, Source
from tests.cast import Cast

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)


def places(session: Session, person_id: int) -> dict[str, str]:
    return {begun.course: begun.place for begun in under_way(session, person_id)}


def complete(session: Session, person_id: int, edition: int, cycle: int) -> None:
    attempt = Attempt(
        code=new_code(),
        person_id=person_id,
        course="co-production",
        edition=edition,
        policy={},
        printed_name="Amira Osei-Bonsu",
        pledged_at=NOON,
        opened_at=NOON,
        closed_at=NOON,
    )
    source = Source(kind="course", slug=f"edition-{edition}")
    session.add_all([attempt, source])
    session.flush()
    revision = Revision(source_id=source.id, tree_hash=f"tree-{edition}", made_at=NOON)
    session.add(revision)
    session.flush()
    session.add(
        Completion(
            person_id=person_id,
            course="co-production",
            edition=edition,
            cycle=cycle,
            attempt_id=attempt.id,
            revision_id=revision.id,
            title="Co-production in social housing",
            minutes=10,
            completed_at=LATER,
        )
    )
    session.flush()


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


def test_a_course_begun_says_which_edition_is_completed_already(session: Session, cast: Cast) -> None:
    begun = UnderWay(course="co-production", place="what-it-is", completed_edition=0)
    for person in (cast.amira, cast.ben):
        enrol(session, person_id=person.id, course="co-production", lesson="what-it-is", now=NOON)
    assert under_way(session, cast.amira.id) == (begun,)
    complete(session, cast.amira.id, edition=1, cycle=1)
    complete(session, cast.amira.id, edition=3, cycle=1)
    assert under_way(session, cast.amira.id) == (replace(begun, completed_edition=3),)
    assert under_way(session, cast.ben.id) == (begun,)
