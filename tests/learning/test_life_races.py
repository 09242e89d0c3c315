"""Two administrators at once, again and again: one of them wins, and nothing is done twice."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.name_requests import ask_for_name
from app.certification.tables import Certificate, NameRequest, Revocation
from app.kernel.errors import Conflict
from app.learning.refreshing import Invitation, invite
from app.learning.reminding import remind
from app.learning.replacing import Wanted, replace_certificate
from app.learning.withdrawing import put_back, withdraw
from app.mail.tables import Letter
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.learning.passing import LONDON
from tests.learning.test_completing import at_once

pytestmark = pytest.mark.slow

ROUNDS, TABS = 15, 8
BASE = "https://learning.example.org"
WITHDRAW: dict[str, Any] = {"reason": "other", "note": "", "by_id": None, "base_url": BASE, "now": PASSED_AT}
REPLACE: dict[str, Any] = {"base_url": BASE, "loopback": False, "by_id": None, "now": PASSED_AT}


def tried(act: Callable[[Session], Any]) -> Callable[[Session], Any]:
    """The act, or its refusal."""

    def one(own: Session) -> Any:
        try:
            return act(own) or "done"
        except Conflict as refused:
            return refused

    return one


def done(results: list[Any]) -> int:
    return sum(not isinstance(each, Conflict) for each in results)


def count(session: Session, table: Any, **where: Any) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table).filter_by(**where)) or 0


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_one_of_many_withdraws_and_one_of_many_reinstates(
    session: Session, cast: Cast, round_number: int
) -> None:
    code = award_to(session, cast.amira).code
    for turn, how in enumerate((withdraw, put_back, withdraw), 1):
        results = at_once(TABS, session, tried(lambda own, how=how: how(own, code, **WITHDRAW)))  # type: ignore[misc]
        assert done(results) == 1
        assert count(session, Revocation) == count(session, Letter) == turn
    kinds = session.scalars(select(Revocation.kind).order_by(Revocation.id)).all()
    assert all(one != other for one, other in pairwise(kinds))


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_one_of_many_replaces(session: Session, cast: Cast, round_number: int) -> None:
    code = award_to(session, cast.amira).code
    names = iter([f"Amira {letter}" for letter in "ABCDEFGH"])
    act = tried(lambda own: replace_certificate(own, code, Wanted(printed_name=next(names)), **REPLACE))
    assert done(at_once(TABS, session, act)) == 1
    assert count(session, Certificate) == 2
    assert count(session, Letter, kind="certificate-replaced") == 1


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_what_is_withdrawn_at_that_moment_is_replaced_before_or_not_at_all(
    session: Session, cast: Cast, round_number: int
) -> None:
    code = award_to(session, cast.amira).code
    acts: Iterator[Callable[[Session], Any]] = iter(
        [
            lambda own: replace_certificate(own, code, Wanted(printed_name="Amira B"), **REPLACE),
            lambda own: withdraw(own, code, **WITHDRAW),
        ]
        * (TABS // 2)
    )
    results = at_once(TABS, session, tried(lambda own: _next(acts, own)))
    assert count(session, Revocation) == 1
    replaced = count(session, Certificate) - 1
    assert replaced in {0, 1}
    assert done(results) == 1 + replaced
    assert count(session, Letter) == 1 + replaced


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_one_name_waits_however_often_it_is_asked_for(
    session: Session, cast: Cast, round_number: int
) -> None:
    code = award_to(session, cast.amira).code
    person_id = cast.amira.id

    def ask(own: Session) -> None:
        ask_for_name(own, person_id=person_id, code=code, typed="Amira B", now=PASSED_AT)

    assert done(at_once(TABS, session, tried(ask))) == TABS
    assert count(session, NameRequest) == 1


def test_each_is_invited_and_reminded_once(session: Session, cast: Cast) -> None:
    last = date(2027, 11, 22)
    people = (cast.amira, cast.ben, cast.edda, cast.malik, cast.ada)
    for person in people:
        award_to(session, person, expires_on=last)
    invitation = Invitation(
        course="co-production",
        changed_on=date(2026, 11, 20),
        address="/courses/co-production",
        title="Co-production",
        message="It has changed.",
    )
    today = PASSED_AT.date()
    at_once(
        TABS,
        session,
        tried(lambda own: invite(own, invitation, base_url=BASE, by_id=None, today=today, now=PASSED_AT)),
    )
    assert count(session, Letter, kind="certificate-refresher") == len(people)
    now = PASSED_AT + timedelta(days=(last - today).days - 60)
    for _ in range(3):
        remind(session, ("co-production",), base_url=BASE, zone=LONDON, now=now)
    assert count(session, Letter, kind="certificate-expiry") == len(people)


def _next(acts: Iterator[Callable[[Session], Any]], own: Session) -> Any:
    return next(acts)(own)
