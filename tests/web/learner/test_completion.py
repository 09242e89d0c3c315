"""Why a course is not complete: every rule, at every stage of the way."""

from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.page import Page

COURSE = "good-course"
ADDRESS = f"/courses/{COURSE}/completion"
FIRST = f"/courses/{COURSE}/first-steps"


def test_at_the_start_everything_is_still_to_do(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira).get(ADDRESS)
    said = page.text("rule-list")
    assert "Done Your e-mail address is confirmed" in said
    assert "To do Lesson 1: First steps Not marked done yet." in said
    assert "Later The test is passed It opens when every lesson is marked done." in said
    assert "Later The certificate is made" in said


def test_the_course_page_leads_there_once_something_is_begun(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira).get(f"/courses/{COURSE}")
    assert ADDRESS not in page.links().values()
    page.post(f"{FIRST}/done")
    page.get(f"/courses/{COURSE}")
    assert ADDRESS in page.links().values()


def test_a_lesson_done_is_said_to_be_done(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira).post(f"{FIRST}/done")
    page.get(ADDRESS)
    assert "Done Lesson 1: First steps Marked done." in page.text("rule-list")
    assert "To do Lesson 2: Next steps" in page.text("rule-list")


def test_a_round_under_way_names_what_is_secured_and_what_to_open(
    app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    amira = Learner(app, session, clock, cast.amira)
    amira.read(COURSE)
    page.sign_in(cast.amira).get(ADDRESS)
    assert "To do The test is passed It is open to you now." in page.text("rule-list")
    code = amira.begin(COURSE)
    page.get(ADDRESS)
    assert "nothing secured yet. Round one is not handed in yet." in page.text("rule-list")
    amira.hand_in(COURSE, code, amira.answer(code, 2))
    page.get(ADDRESS)
    assert "two of three secured so far. Open the section behind each miss" in page.text("rule-list")


def test_after_the_pass_it_is_complete_and_leads_to_the_certificate(
    app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    hers = Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    page.sign_in(cast.amira).get(ADDRESS)
    assert page.text().count("To do") == 0
    assert page.links()["The certificate is made"] == f"/certificates/{hers.certificate}"
    assert ["".join(one.itertext()) for one in page.elements("h1")] == ["This course is complete"]


def test_reflections_stand_apart_since_the_certificate_does_not_wait_for_them(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira).get(ADDRESS)
    assert "Worth doing, and not asked for" in page.text()
    assert "A reflection in “Next steps” Nothing is kept yet." in page.text()


def test_what_ben_sees_is_his_own(page: Page, cast: Cast, app: Flask) -> None:
    page.sign_in(cast.amira).post(f"{FIRST}/done")
    his = Page(app).sign_in(cast.ben)
    his.get(ADDRESS)
    assert "Marked done." not in his.text()


def test_lessons_worked_in_are_marked_done_when_the_person_says_so(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira).get(ADDRESS)
    assert "I have worked through" not in page.text()
    page.post(f"{FIRST}/responses/say-back", {"answer-say-back": "b"})
    page.get(ADDRESS)
    assert "I have worked through it: mark it done" in page.text()
    page.follow(page.post(ADDRESS))
    assert "Done Lesson 1: First steps Marked done." in page.text("rule-list")
    assert "To do Lesson 2: Next steps" in page.text("rule-list"), "nothing was kept there"
    assert "I have worked through" not in page.text()
