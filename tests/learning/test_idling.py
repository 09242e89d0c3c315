"""An account that nobody uses goes after its time, a month after a letter, and not where anything is done."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning import idling
from app.learning.idling import Idling, is_warned, keep_account, let_idle_go
from app.mail.account_letters import idle_letter
from app.mail.tables import Letter
from app.people.tables import User
from tests.cast import Cast
from tests.conftest import TestClock
from tests.everything_kept import places_of
from tests.house.learner import Learner
from tests.learning.somebody import COURSE
from tests.post_box import PostBox

DAYS = 730
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def _made_at_the_time_of_the_test(cast: Cast, session: Session, clock: TestClock) -> None:
    """The database's own clock writes these two moments, and it is not the test's."""
    with writing(session):
        for person in session.scalars(select(User)):
            person.create_datetime = person.update_datetime = clock.now


def night(session: Session, clock: TestClock, days: int = DAYS) -> Idling:
    found = let_idle_go(session, days, base_url="https://learning.example.org", zone=LONDON, now=clock.now)
    session.rollback()
    return found


def deliver(app: Flask) -> None:
    app.extensions["rung"].loop.once()


def test_by_default_nobody_is_idle(session: Session, clock: TestClock, cast: Cast) -> None:
    clock.move(timedelta(days=20_000))
    assert night(session, clock, 0) == Idling(warned=0, erased=0)


def test_a_letter_comes_a_month_before_and_then_the_account_goes(
    app: Flask, session: Session, clock: TestClock, cast: Cast
) -> None:
    clock.move(timedelta(days=DAYS - 31))
    assert night(session, clock) == Idling(warned=0, erased=0)
    clock.move(timedelta(days=2))
    assert night(session, clock) == Idling(warned=2, erased=0), (
        "Amira and Ben; whoever has a role is left alone"
    )
    assert night(session, clock) == Idling(warned=0, erased=0), "once"
    assert PostBox(session).subjects(cast.ben.email) == ["Do you want to keep your account?"]
    deliver(app)
    clock.move(timedelta(days=29))
    assert night(session, clock) == Idling(warned=0, erased=0)
    clock.move(timedelta(days=2))
    assert night(session, clock) == Idling(warned=0, erased=2)
    deliver(app)
    assert places_of(session, cast.ben.full_name, cast.ben.email, cast.amira.email) == []
    assert session.scalar(select(func.count()).select_from(User)) == 3


def test_nobody_goes_whose_letter_has_not_left(session: Session, clock: TestClock, cast: Cast) -> None:
    clock.move(timedelta(days=DAYS))
    night(session, clock)
    clock.move(timedelta(days=60))
    assert night(session, clock).erased == 0


def test_where_the_setting_is_new_the_letter_comes_first(
    app: Flask, session: Session, clock: TestClock, cast: Cast
) -> None:
    clock.move(timedelta(days=5000))
    assert night(session, clock) == Idling(warned=2, erased=0)
    deliver(app)
    clock.move(timedelta(days=31))
    assert night(session, clock).erased == 2


def test_whoever_keeps_their_account_keeps_it(
    app: Flask, session: Session, clock: TestClock, cast: Cast
) -> None:
    clock.move(timedelta(days=DAYS))
    night(session, clock)
    deliver(app)
    assert is_warned(session, cast.ben.id)
    clock.move(timedelta(days=10))
    with writing(session):
        keep_account(session, cast.ben.id, clock.now)
    assert not is_warned(session, cast.ben.id)
    clock.move(timedelta(days=40))
    assert night(session, clock) == Idling(warned=0, erased=1)
    assert session.scalar(select(User.id).where(User.id == cast.ben.id))
    clock.move(timedelta(days=DAYS))
    assert night(session, clock) == Idling(warned=1, erased=0), "and is asked again after as long"


def test_whoever_does_something_is_not_idle(
    app: Flask, session: Session, clock: TestClock, cast: Cast
) -> None:
    clock.move(timedelta(days=DAYS))
    night(session, clock)
    deliver(app)
    clock.move(timedelta(days=10))
    Learner(app, session, clock, cast.ben).read(COURSE)
    clock.move(timedelta(days=30))
    assert night(session, clock) == Idling(warned=0, erased=1)
    assert session.scalar(select(User.id).where(User.id == cast.ben.id))


def test_whoever_comes_back_in_the_same_moment_stays(
    app: Flask, session: Session, clock: TestClock, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.move(timedelta(days=DAYS))
    night(session, clock)
    deliver(app)
    clock.move(timedelta(days=40))
    found = idling.idle(DAYS, clock.now)
    people = session.scalars(found).all()
    session.rollback()
    with writing(session):
        keep_account(session, cast.ben.id, clock.now)
    done: list[int] = []

    monkeypatch.setattr(session, "scalars", _first(people, session.scalars))
    idling._each(session, found, done.append)
    assert done == [cast.amira.id]


def _first(people: object, then: object) -> object:
    """Gives these people the first time, and asks the database after that."""
    asked: list[int] = []

    class Found:
        def all(self) -> object:
            return people

    def scalars(statement: object) -> object:
        asked.append(1)
        return Found() if len(asked) == 1 else then(statement)  # type: ignore[operator]

    return scalars


def test_the_letter_says_when_and_how_to_keep_it() -> None:
    letter = idle_letter(
        name="Ben", erased_on="5 January 2029", account_url="https://learning.example.org/account"
    )
    for written in (letter.text, letter.html):
        assert "5 January 2029" in written
        assert "https://learning.example.org/account" in written
        assert "Keep my account" in written


def test_the_letter_does_not_count_as_something_done(session: Session, clock: TestClock, cast: Cast) -> None:
    clock.move(timedelta(days=DAYS))
    night(session, clock)
    assert set(session.scalars(select(Letter.kind))) == {"idle-warning"}
