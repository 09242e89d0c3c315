"""The same thing asked for many times at the same moment, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.attempts import ChangedSince, HandedIn, StaleForm
from app.assessment.tables import Attempt, Grade, PaperItem, Reading, Response, Round
from tests.assessment.taking import RIGHT, Taking

AT_ONCE = 6


@pytest.fixture
def at_once(taking, session):
    """Run one act on as many sessions of their own as there are tabs, all at the same moment."""
    engine = session.get_bind()

    def run(act, clock=taking.clock):
        gate = Barrier(AT_ONCE)

        def one(number):
            with Session(engine, expire_on_commit=False) as own:
                tab = Taking(own, clock, taking.person_id, taking.revision_id)
                tab.code = taking.code
                gate.wait()
                try:
                    return act(tab, number)
                except StaleForm as refusal:
                    return refusal

        session.rollback()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(one, range(AT_ONCE)))

    return run


def count(session, table):
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


def test_opening_at_once_opens_one(session, at_once):
    codes = at_once(lambda tab, number: tab.open(seed=f"{number}"))
    assert len(set(codes)) == 1
    assert (count(session, Attempt), count(session, Round), count(session, PaperItem)) == (1, 1, 3)


def test_handing_in_at_once_grades_once(taking, session, at_once):
    taking.open()
    taking.answer("room")
    results = at_once(lambda tab, _number: tab.hand_in(round_number=1))
    assert sum(result.first_time for result in results) == 1
    assert {result.passed for result in results} == {False}
    assert count(session, Grade) == 3


def test_saving_different_answers_at_once_keeps_one_and_refuses_the_others(taking, session, at_once):
    taking.open()
    choices = ("space", "papers", "numbers", "space", "papers", "numbers")
    results = at_once(lambda tab, number: tab.save(1, {"answer": [choices[number]]}, step=0, round_number=1))
    kept = taking.view.current.item(1)
    refused = [result for result in results if isinstance(result, StaleForm)]
    assert count(session, Response) == kept.step == 1
    assert len(refused) == 4, "the one kept, and the other tab that sent the same"
    assert all(refusal.theirs == kept.given != refusal.yours for refusal in refused)


def test_opening_the_next_round_at_once_opens_one(taking, session, at_once):
    taking.open()
    taking.miss_round("room")
    at_once(lambda tab, _number: tab.read("room"))
    assert count(session, Reading) == 1
    assert at_once(lambda tab, number: tab.go_on(after=1, seed=f"{number}")) == [2] * AT_ONCE
    assert count(session, Round) == 2


def test_an_answer_that_meets_the_hand_in_stops_it_or_is_refused_and_is_never_lost(taking, session, at_once):
    taking.open()
    taking.answer("room")
    seen = taking.view.current.saves

    def act(tab, number):
        try:
            if number == 0:
                return tab.hand_in(round_number=1, saves=seen).passed
            tab.save(1, RIGHT["room"], step=1, round_number=1)
        except (ChangedSince, HandedIn):
            return "refused"
        return "saved"

    handed_in, *others = at_once(act)
    if "saved" in others:
        assert handed_in == "refused"
        assert taking.view.is_answering
        assert taking.hand_in().passed, "what was saved is what is graded"
    else:
        assert handed_in is False
        assert set(others) == {"refused"}
