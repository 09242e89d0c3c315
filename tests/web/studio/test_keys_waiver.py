"""A colleague waives with a reason; nobody waives for themselves."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate
from app.learning.tables import KeyOpening, KeyWaiver
from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.page import Page
from tests.web.studio.keys import open_keys

COURSE = "good-course"
ANSWERS = f"/studio/courses/{COURSE}/answers"
REASON = "She mended two typing errors."
LINK = "Let Edda Lind earn a certificate all the same"


@pytest.fixture
def waiver(app: Flask, session: Session, cast: Cast) -> str:
    """Edda has opened the answers: the address of a waiver for her."""
    open_keys(Page(app).sign_in(cast.edda))
    return f"{ANSWERS}/{session.scalars(select(KeyOpening.code)).one()}/waiver"


def waivers(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(KeyWaiver)) or 0


def test_a_colleague_waives_and_everybody_can_read_why(
    page: Page, cast: Cast, waiver: str, clock: TestClock
) -> None:
    page.sign_in(cast.ada).get(ANSWERS)
    assert page.links()[LINK] == waiver
    page.get(waiver)
    page.follow(page.post(waiver, {"edition": "1", "reason": f" {REASON}\r\n"}))
    assert f"Ada Fenwick waived this for edition 1: {REASON}" in page.text()
    assert LINK not in page.links()
    page.get(waiver, status=404)


def test_where_they_had_passed_the_certificate_is_made_at_once(
    app: Flask, page: Page, session: Session, cast: Cast, clock: TestClock, waiver: str
) -> None:
    hers = Learner(app, session, clock, cast.edda)
    hers.read(COURSE)
    code = hers.begin(COURSE)
    assert hers.hand_in(COURSE, code, hers.answer(code)).passed
    page.sign_in(cast.ada).post(waiver, {"edition": "1", "reason": REASON})
    session.rollback()
    certificate = session.scalars(select(Certificate)).one()
    assert certificate.person_id == cast.edda.id
    page.sign_in(cast.edda).get(f"/certificates/{certificate.code}")
    page.get(f"/attempts/{code}/rounds/1")
    assert "Your certificate has been made out to" in page.text()


def test_nobody_waives_for_themselves(page: Page, session: Session, cast: Cast, waiver: str) -> None:
    page.sign_in(cast.edda).get(ANSWERS)
    assert LINK not in page.links()
    page.get(waiver, status=403)
    page.post(waiver, {"edition": "1", "reason": REASON}, status=403)
    assert waivers(session) == 0


@pytest.mark.parametrize(
    "form",
    [
        {"edition": "1"},
        {"reason": REASON},
        {"edition": "1", "reason": " \r\n"},
        {"edition": "2", "reason": REASON},
        {"edition": "one", "reason": REASON},
        {"edition": "1", "reason": "x" * 301},
    ],
)
def test_a_form_that_is_not_whole_is_shown_again_with_what_was_typed(
    page: Page, session: Session, cast: Cast, waiver: str, form: dict[str, str]
) -> None:
    page.sign_in(cast.ada).post(waiver, form, status=422)
    assert (form.get("reason") or "").strip() in page.text()
    assert waivers(session) == 0


@pytest.mark.parametrize("who", ["amira", "malik"])
def test_only_who_edits_may(page: Page, session: Session, cast: Cast, waiver: str, who: str) -> None:
    page.sign_in(getattr(cast, who)).post(waiver, {"edition": "1", "reason": REASON}, status=403)
    assert waivers(session) == 0


def test_an_opening_of_another_course_is_not_found(page: Page, cast: Cast, waiver: str) -> None:
    page.sign_in(cast.ada).get(waiver.replace(COURSE, "other-course"), status=404)
    page.get(f"{ANSWERS}/nonsense/waiver", status=404)
