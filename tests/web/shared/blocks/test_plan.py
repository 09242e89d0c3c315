"""A plan on the lesson's page, and as a file for a calendar."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.learning.responses import my_responses
from app.web.shared.blocks.plan import NO_DAY
from tests.cast import Cast
from tests.page import Page
from tests.web.more import ADDRESS, publish_lesson

BLOCK = """/// plan
id: step
prompt: Complete the sentence.
when: the next call comes
will: let it end
tell: my manager
///
"""
ANSWER, FILE = f"{ADDRESS}/responses/step", f"{ADDRESS}/plan/step.ics"
WHOLE = {"when": "a caller is upset.", "will": "listen, first", "tell": "Malik", "on": "2027-03-31"}


def form(**parts: str) -> dict[str, str]:
    return {f"answer-step-{name}": parts.get(name, "") for name in ("when", "will", "tell", "on")}


def test_it_becomes_a_sentence_and_a_day_in_a_calendar(app: Flask, page: Page, cast: Cast) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira)
    page.follow(page.post(ANSWER, form(**WHOLE)))
    assert "When a caller is upset, I will listen, first, and tell Malik." in page.text("feedback")
    assert page.links()["Put it in your calendar"] == FILE
    response = page.get(FILE)
    assert response.mimetype == "text/calendar"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in response.headers["Content-Disposition"]
    file = response.text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20270331" in file
    assert "SUMMARY:listen\\, first" in file
    page.get("/courses/good-course/looking-back")
    assert "Your plan" in page.text()


def test_without_a_day_it_is_a_week_ahead(app: Flask, page: Page, cast: Cast) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira).post(ANSWER, form(will="ask"))
    assert "DTSTART;VALUE=DATE:20261130" in page.get(FILE).text


@pytest.mark.parametrize("day", ["31 March", "2027-02-30", "9999-12-31", "1999-01-01", "2027-W01-1x"])
def test_a_day_that_is_none_is_said_at_its_field_and_nothing_is_lost(
    app: Flask, page: Page, cast: Cast, session: Session, day: str
) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira).post(ANSWER, form(**WHOLE | {"on": day}), status=422)
    assert "That day cannot be read." in page.text("error-summary")
    assert page.links()[NO_DAY].endswith("-on")
    assert "listen, first" in [one.get("value") for one in page.elements("input")]
    assert my_responses(session, cast.amira.id, "good-course", ["step"]) == {}


def test_an_emptied_plan_is_let_go_and_a_part_left_out_changes_nothing(
    app: Flask, page: Page, cast: Cast, session: Session
) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira).post(ANSWER, form(**WHOLE))
    page.post(ANSWER, {"answer-step-when": ""}, status=400)
    assert my_responses(session, cast.amira.id, "good-course", ["step"])
    session.rollback()
    page.post(ANSWER, form())
    assert my_responses(session, cast.amira.id, "good-course", ["step"]) == {}
    page.get(FILE, status=404)


def test_ben_has_no_plan_of_amira_s(app: Flask, page: Page, cast: Cast) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira).post(ANSWER, form(**WHOLE))
    his = Page(app).sign_in(cast.ben)
    his.get(FILE, status=404)
    his.get(ADDRESS)
    assert "listen, first" not in his.text()
