import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt
from app.kernel.db import writing
from app.people.tables import User
from tests.cast import Cast
from tests.conftest import TestClock
from tests.page import Page
from tests.web.learner.taking import ATTEMPTS, NAME, TEST, Taking, finish_lessons

PLEDGE = "Your own work. Open notes are fine. We may withdraw a certificate gained any other way."
GOOD = {"printed_name": NAME, "pledge": "y"}


def attempts(session: Session) -> list[Attempt]:
    session.rollback()
    return list(session.scalars(select(Attempt).order_by(Attempt.id)))


def test_the_policy_is_said_before_the_start(taker: Taking) -> None:
    taker.page.get(TEST)
    said = taker.page.text()
    assert "Three questions, one on a page. It takes about 2 minutes." in said
    for rule in (
        "There are three rounds. What you get right is secured, and you keep it.",
        "You pass when all three are secured.",
        "If any are left after the third round, a new test opens the next day.",
        "There is no time limit, and you can leave and come back.",
    ):
        assert rule in said
    assert PLEDGE in said


def test_the_name_is_offered_and_the_pledge_is_not_ticked(taker: Taking) -> None:
    taker.page.get(TEST)
    fields = {one.get("name"): one for one in taker.page.elements("input")}
    assert fields["printed_name"].get("value") == NAME
    assert fields["pledge"].get("checked") is None


def test_starting_keeps_the_name_and_the_time_of_the_pledge(
    taker: Taking, session: Session, clock: TestClock
) -> None:
    taker.start("  Amira   Osei-Bonsu MCIH ")
    (attempt,) = attempts(session)
    assert attempt.printed_name == "Amira Osei-Bonsu MCIH"
    assert (attempt.pledged_at, attempt.opened_at) == (clock.now, clock.now)
    taker.page.get(taker.at(), status=303)


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"pledge": None}, "Tick the box to say that the test is your own work.", "pledge"),
        ({"printed_name": " "}, "Type the name to print on your certificate.", "printed_name"),
        ({"printed_name": "A" * 61}, "and this name has 61.", "printed_name"),
        ({"printed_name": "Amira\0"}, "This name holds an invisible character.", "printed_name"),
        ({"printed_name": "\U0001f600"}, "We are sorry: our certificates cannot print", "printed_name"),
        ({"printed_name": None}, "Type the name to print on your certificate.", "printed_name"),
    ],
)
def test_what_is_wrong_is_said_twice_beside_what_was_typed(
    taker: Taking, session: Session, changes: dict[str, str | None], sentence: str, field: str
) -> None:
    form = {name: value for name, value in (GOOD | changes).items() if value is not None}
    taker.page.post(ATTEMPTS, form, status=422)
    assert taker.page.text().count(sentence) == 2
    assert taker.page.text().startswith("Error: ")
    assert any(href == f"#{field}" for href in taker.page.links().values())
    fields = {one.get("name"): one for one in taker.page.elements("input")}
    if len(form.get("printed_name", "")) > 20:
        assert fields["printed_name"].get("value") == form["printed_name"]
    assert (fields["pledge"].get("checked") is not None) == ("pledge" in form)
    assert attempts(session) == []


def test_a_start_leads_to_the_first_question_and_a_second_to_where_the_test_stands(taker: Taking) -> None:
    first = taker.page.post(ATTEMPTS, GOOD).headers["Location"]
    assert re.fullmatch(r"/attempts/\w{26}/questions/1", first)
    second = taker.page.post(ATTEMPTS, GOOD).headers["Location"]
    assert second == first.removesuffix("/questions/1")


def test_starting_twice_opens_one(taker: Taking, session: Session) -> None:
    first = taker.start().code
    assert taker.start().code == first
    assert len(attempts(session)) == 1
    taker.page.get(TEST)
    assert taker.page.links()["Go on with your test"] == f"/attempts/{first}"


def test_the_test_opens_when_every_lesson_is_done(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.ben).get(TEST)
    assert page.links()["First steps"] == "/courses/good-course/first-steps"
    assert not [form for form in page.elements("form") if form.get("action") == ATTEMPTS]
    page.post(ATTEMPTS, GOOD, status=403)
    assert "every lesson is marked as done" in page.text()
    assert attempts(session) == []


def test_a_guest_is_asked_to_sign_in_and_then_comes_back_here(page: Page) -> None:
    assert page.get(TEST, status=303).headers["Location"] == f"/sign-in?next={TEST}"


def test_an_unconfirmed_account_cannot_take_the_test(
    page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    finish_lessons(session, cast.ben, clock)
    with writing(session):
        session.get_one(User, cast.ben.id).confirmed_at = None
    page.sign_in(cast.ben).get(TEST, status=403)
    page.post(ATTEMPTS, GOOD, status=403)
    assert attempts(session) == []


def test_a_missing_course_has_no_test(taker: Taking) -> None:
    taker.page.get("/courses/nowhere/test", status=404)
    taker.page.post("/courses/nowhere/attempts", GOOD, status=404)


def test_after_the_last_round_the_page_names_the_day_of_the_next_test(
    taker: Taking, clock: TestClock
) -> None:
    taker.start().miss("hear")
    for _ in range(2):
        taker.read("hear")
        taker.go_on("hear")
        taker.miss("hear")
    taker.page.get(TEST)
    assert "opens on 24 November 2026" in taker.page.text()
    assert taker.page.post(ATTEMPTS, GOOD).headers["Location"] == TEST
    clock.move(timedelta(hours=12))
    first = taker.code
    assert taker.start().code != first


def test_after_the_pass_there_is_no_second_test(taker: Taking, session: Session) -> None:
    taker.start().answer().hand_in()
    taker.page.get(TEST)
    assert "You have passed this test." in taker.page.text()
    assert taker.page.post(ATTEMPTS, GOOD).headers["Location"] == TEST
    assert len(attempts(session)) == 1


def test_a_refused_token_keeps_the_name_that_was_typed(taker: Taking, session: Session) -> None:
    taker.page.get(TEST)
    taker.page.post(ATTEMPTS, GOOD | {"printed_name": "Amira B", "csrf_token": "old"}, status=400)
    fields = {one.get("name"): one for one in taker.page.elements("input")}
    assert fields["printed_name"].get("value") == "Amira B"
    assert attempts(session) == []


def test_reloading_after_the_start_leads_back_to_the_introduction(taker: Taking) -> None:
    assert taker.page.get(ATTEMPTS, status=303).headers["Location"] == TEST


def test_the_introduction_takes_five_statements_at_most(taker: Taking) -> None:
    taker.page.get(TEST)
    assert len(taker.page.statements) <= 5
    taker.start().miss("hear", "note")
    taker.page.get(TEST)
    assert len(taker.page.statements) <= 5


def test_nothing_of_the_test_may_be_cached(taker: Taking, app: Flask) -> None:
    response = taker.page.get(TEST)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_ben_has_a_test_of_his_own(
    taker: Taking, page: Page, app: Flask, cast: Cast, session: Session, clock: TestClock
) -> None:
    taker.start()
    finish_lessons(session, cast.ben, clock)
    ben = Taking(Page(app).sign_in(cast.ben))
    ben.page.get(TEST)
    assert "Start the test" in ben.page.text()
    assert ben.start("Ben Whitlock").code != taker.code
    assert session.scalar(select(func.count()).select_from(Attempt)) == 2
