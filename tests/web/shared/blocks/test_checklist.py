"""A checklist on the lesson's page, and by itself on paper."""

from urllib.parse import urlencode

from flask import Flask
from sqlalchemy.orm import Session

from app.learning.responses import my_responses
from tests.cast import Cast
from tests.page import Page
from tests.web.more import ADDRESS, publish_lesson

BLOCK = """/// checklist
id: list
title: Before you call
prompt: Tick what is ready.
items:
  - {id: pen, text: A pen.}
  - {id: time, text: Ten minutes.}
own_lines: 2
///
"""
ANSWER, PAPER = f"{ADDRESS}/responses/list", f"{ADDRESS}/checklist/list"


def test_it_is_kept_as_it_was_left(app: Flask, page: Page, cast: Cast, session: Session) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira)
    page.follow(page.post(ANSWER, {"answer-list": "time", "answer-list-own": ["  My  own. ", ""]}))
    assert [one.get("value") for one in page.elements("input") if "checked" in one.attrib] == ["time"]
    assert "My own." in [one.get("value") for one in page.elements("input")]
    kept = my_responses(session, cast.amira.id, "good-course", ["list"])["list"]
    assert kept.body == {"ticked": ["time"], "own": ["My own."]}
    page.get(PAPER)
    assert "Done: Ten minutes." in page.text("paper-list")
    assert "My own." in page.text("paper-list")
    page.get("/courses/good-course/looking-back")
    assert "Still to do: – A pen." in page.text()


def test_everything_unticked_is_let_go(app: Flask, page: Page, cast: Cast, session: Session) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira).post(ANSWER, {"answer-list": "pen", "answer-list-own": ["", ""]})
    page.post(ANSWER, {"answer-list-own": ["", ""]})
    assert my_responses(session, cast.amira.id, "good-course", ["list"]) == {}


def test_what_its_form_could_not_send_is_given_back(app: Flask, page: Page, cast: Cast) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira)
    for form in (
        {"answer-list": "zebra"},
        {"answer-list": ["pen", "pen"]},
        {"answer-list-own": ["a", "b", "c"]},
    ):
        page.post(ANSWER, form, status=422)
        assert "This list has changed" in page.text("error-summary")
    page.post(ANSWER, {"answer-list": "pen", "answer-list-own": ["x" * 201, ""]}, status=422)
    assert "201 characters long" in page.text("error-summary")
    assert "x" * 201 in [one.get("value") for one in page.elements("input")], "nothing typed is lost"


def test_a_guest_prints_the_bare_list_or_what_their_form_says(app: Flask, page: Page) -> None:
    publish_lesson(app, BLOCK)
    page.get(PAPER)
    assert "Done:" not in page.text("paper-list")
    page.get(f"{PAPER}?" + urlencode({"answer-list": "pen", "answer-list-own": "Water."}))
    assert "Done: A pen." in page.text("paper-list")
    assert "Water." in page.text("paper-list")
    page.get(f"{PAPER}?answer-list=zebra", status=400)
    page.get(f"{ADDRESS}/checklist/nothing", status=404)


def test_ben_s_paper_is_his_own(app: Flask, page: Page, cast: Cast) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira).post(ANSWER, {"answer-list": "pen", "answer-list-own": ["Secret.", ""]})
    his = Page(app).sign_in(cast.ben)
    his.get(PAPER)
    assert "Secret." not in his.text()
    assert "Done:" not in his.text("paper-list")
