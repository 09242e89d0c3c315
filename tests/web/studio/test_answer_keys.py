"""Before an editor sees a test's answers they are asked, and what they open is noted for all to see."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.tables import KeyOpening
from app.web.shared.context import db
from app.web.studio.answer_keys import keys_open_or_ask, open_keys_in_sight
from tests.cast import Cast
from tests.conftest import TestClock
from tests.library.drafts import good_files, save_text
from tests.page import Page

ANSWERS = "/studio/courses/good-course/answers"
TEST = "quizzes/good-course/test.yml"


def openings(session: Session) -> list[KeyOpening]:
    session.rollback()
    return list(session.scalars(select(KeyOpening).order_by(KeyOpening.id)))


def asked_at(app: Flask, person_of: Page, address: str, method: str = "GET") -> ResponseReturnValue | None:
    """What the guard of a page under this address says to this person."""
    cookie = person_of.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    with app.test_request_context(address, method=method, headers={"Cookie": f"{cookie.key}={cookie.value}"}):
        try:
            return keys_open_or_ask("good-course")
        finally:
            db.session.remove()


def test_who_has_not_opened_them_is_asked_and_comes_back_to_the_page(
    app: Flask, page: Page, session: Session, cast: Cast
) -> None:
    page.sign_in(cast.edda)
    asked = asked_at(app, page, "/studio/courses/good-course/questions?slot=hear")
    assert isinstance(asked, tuple)
    html, status = asked
    assert status == 200
    assert "You are about to see the test’s answers" in html
    assert 'name="back" value="/studio/courses/good-course/questions?slot=hear"' in html
    assert openings(session) == []

    response = page.post(ANSWERS, {"back": "/studio/courses/good-course/questions?slot=hear"})
    assert response.headers["Location"] == "/studio/courses/good-course/questions?slot=hear"
    assert [(each.person_id, each.edition) for each in openings(session)] == [(cast.edda.id, 1)]
    assert asked_at(app, page, "/studio/courses/good-course/questions") is None


def test_a_colleagues_new_question_is_asked_about_once_more_and_nothing_typed_is_lost(
    app: Flask, page: Page, session: Session, cast: Cast
) -> None:
    page.sign_in(cast.edda).post(ANSWERS, {"back": ANSWERS})
    save_text(session, TEST, good_files()[TEST].replace(b"id: hear-a", b"id: hear-z"), by=cast.ada.id)
    asked = asked_at(app, page, ANSWERS)
    assert isinstance(asked, tuple)
    assert "There are answers here that you have not seen yet" in asked[0]
    assert asked_at(app, page, ANSWERS, method="POST") is None


def test_what_is_sent_by_somebody_who_has_opened_nothing_is_not_taken(
    app: Flask, page: Page, cast: Cast
) -> None:
    asked = asked_at(app, page.sign_in(cast.edda), ANSWERS, method="POST")
    assert isinstance(asked, tuple)
    assert asked[1] == 403


def test_whoever_saves_a_test_has_seen_it(app: Flask, page: Page, session: Session, cast: Cast) -> None:
    page.sign_in(cast.edda)
    cookie = page.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    with (
        app.test_request_context("/studio", headers={"Cookie": f"{cookie.key}={cookie.value}"}),
        writing(db.session) as written,
    ):
        open_keys_in_sight(written, "good-course")
    assert "hear-a" in openings(session)[0].questions


@pytest.mark.parametrize(
    "back", ["", "https://evil.example/", "//evil.example", "/\\evil.example", "x", "/a\n"]
)
def test_the_way_back_leads_nowhere_else(page: Page, session: Session, cast: Cast, back: str) -> None:
    page.sign_in(cast.edda).post(ANSWERS, {"back": back}, status=400)
    assert openings(session) == []


def test_a_course_that_is_not_here_is_not_found(page: Page, session: Session, cast: Cast) -> None:
    page.sign_in(cast.edda).get("/studio/courses/no-course/answers", status=404)
    page.post("/studio/courses/no-course/answers", {"back": "/studio"}, status=404)


def test_editors_see_who_has_opened_them_and_no_answer(
    page: Page, session: Session, cast: Cast, clock: TestClock
) -> None:
    page.sign_in(cast.edda).get(ANSWERS)
    assert "Nobody has opened them." in page.text()
    page.post(ANSWERS, {"back": ANSWERS})
    clock.move(timedelta(days=1))
    page.sign_in(cast.ada).get(ANSWERS)
    assert "Edda Lind 23 November 2026Opened the answers to 9 questions" in page.text()
    assert "with edition 1 live" in page.text()
    assert "Listen to the end" not in page.text()
