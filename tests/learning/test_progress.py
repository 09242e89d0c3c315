from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound
from app.learning.progress import NOT_BEGUN, Progress, mark_done, my_progress
from app.learning.tables import LessonDone
from tests.cast import Cast

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
LESSONS = ("what-it-is", "before-you-invite", "in-the-room")


def mark(session: Session, person_id: int, lesson: str, now: datetime = NOON) -> str | None:
    return mark_done(
        session, person_id=person_id, course="co-production", lesson=lesson, lessons=LESSONS, now=now
    )


def test_a_person_who_saved_nothing_has_not_begun(session: Session, cast: Cast) -> None:
    assert my_progress(session, cast.amira.id, "co-production") == NOT_BEGUN


def test_done_moves_the_place_to_the_next_lesson_and_says_which(session: Session, cast: Cast) -> None:
    assert mark(session, cast.amira.id, "what-it-is") == "before-you-invite"
    progress = my_progress(session, cast.amira.id, "co-production")
    assert progress == Progress(place="before-you-invite", done=frozenset({"what-it-is"}))


def test_the_last_lesson_has_no_next_one_and_keeps_the_place(session: Session, cast: Cast) -> None:
    assert mark(session, cast.amira.id, "in-the-room") is None
    assert my_progress(session, cast.amira.id, "co-production").place == "in-the-room"


def test_marking_done_twice_keeps_the_first_time_and_the_place_further_on(
    session: Session, cast: Cast
) -> None:
    mark(session, cast.amira.id, "what-it-is")
    mark(session, cast.amira.id, "before-you-invite")
    assert mark(session, cast.amira.id, "what-it-is", LATER) == "before-you-invite"
    assert my_progress(session, cast.amira.id, "co-production").place == "in-the-room"
    times = session.scalars(select(LessonDone.done_at)).all()
    assert times == [NOON, NOON]


def test_a_lesson_that_the_course_does_not_have_is_not_found_and_nothing_is_kept(
    session: Session, cast: Cast
) -> None:
    with pytest.raises(NotFound):
        mark(session, cast.amira.id, "no-such-lesson")
    assert my_progress(session, cast.amira.id, "co-production") == NOT_BEGUN


def test_what_is_left_stands_in_the_order_of_the_course() -> None:
    progress = Progress(place="in-the-room", done=frozenset({"before-you-invite"}))
    assert progress.left(LESSONS) == ("what-it-is", "in-the-room")
    assert Progress(place="a", done=frozenset(LESSONS)).left(LESSONS) == ()


def test_ben_is_not_further_because_amira_is(session: Session, cast: Cast) -> None:
    mark(session, cast.amira.id, "what-it-is")
    assert my_progress(session, cast.ben.id, "co-production") == NOT_BEGUN


@pytest.mark.parametrize("lessons_done", [0, 5, 500])
def test_progress_is_one_statement_however_many_lessons_are_done(
    session: Session, cast: Cast, lessons_done: int
) -> None:
    lessons = tuple(f"lesson-{number}" for number in range(lessons_done))
    for lesson in lessons:
        mark_done(session, person_id=cast.amira.id, course="long", lesson=lesson, lessons=lessons, now=NOON)
    session.flush()
    statements: list[str] = []
    connection = session.connection()

    @event.listens_for(connection, "before_cursor_execute")
    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    assert len(my_progress(session, cast.amira.id, "long").done) == lessons_done
    assert len(statements) == 1
    assert session.scalar(select(func.count()).select_from(LessonDone)) == lessons_done
