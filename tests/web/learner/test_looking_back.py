"""The page that gathers what somebody wrote and what is worth another look."""

from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import REFLECTION, Learner
from tests.page import Page

COURSE = "good-course"
ADDRESS = f"/courses/{COURSE}/looking-back"


def test_before_anything_is_kept_it_says_what_will_stand_here(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira).get(ADDRESS)
    assert "is gathered here" in page.text()


def test_own_words_and_what_was_missed_are_gathered_with_the_way_back(
    app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    page.sign_in(cast.amira).post(
        f"/courses/{COURSE}/first-steps/responses/say-back", {"answer-say-back": "b"}
    )
    page.get(ADDRESS)
    headings = ["".join(one.itertext()) for one in page.elements("h2")]
    assert headings == ["What you wrote for yourself", "Worth another look"]
    assert REFLECTION in page.text()
    assert "Practised, and not right yet." in page.text()
    assert "Missed at least once in the test." in page.text()
    assert page.links()["Next steps"] == f"/courses/{COURSE}/next-steps#your-call"


def test_what_is_right_by_now_is_not_held_against_anybody(page: Page, cast: Cast) -> None:
    answer = f"/courses/{COURSE}/first-steps/responses/say-back"
    page.sign_in(cast.amira).post(answer, {"answer-say-back": "b"})
    page.post(answer, {"answer-say-back": "a"})
    page.get(ADDRESS)
    assert "Worth another look" not in page.text()


def test_it_takes_a_handful_of_statements(
    app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    page.sign_in(cast.amira).get(ADDRESS)
    page.get(ADDRESS)
    assert len(page.statements) <= 7, page.statements


def test_ben_never_reads_amira_s_words(
    app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    page.sign_in(cast.ben).get(ADDRESS)
    assert REFLECTION not in page.text()
    assert "Missed at least once" not in page.text()
