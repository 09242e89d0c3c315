from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.certification.revoking import revoke
from app.kernel.db import writing
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.page import Page


def test_completions_stand_by_year_with_minutes_and_lead_to_their_certificates(
    page: Page, session: Session, cast: Cast
):
    award_to(
        session,
        cast.amira,
        course="one",
        title="One",
        minutes=30,
        completed_at=datetime(2025, 3, 1, tzinfo=UTC),
    )
    code = award_to(session, cast.amira, course="two", title="Two", minutes=60).code
    page.sign_in(cast.amira).get("/my-cpd")
    assert [heading.text for heading in page.elements("h2")] == ["2026", "2025"]
    assert "60 minutes (1 hour) Two 60 minutes, completed on 22 November 2026, edition 3" in page.text()
    assert "30 minutes (0.5 hours) One" in page.text()
    assert page.links()["Two"] == f"/certificates/{code}"
    assert len(page.statements) <= 3


def test_what_is_withdrawn_counts_no_minutes(page: Page, session: Session, cast: Cast):
    certificate = award_to(session, cast.amira)
    with writing(session):
        revoke(session, certificate.code, reason="other", by_id=None, now=PASSED_AT)
    page.sign_in(cast.amira).get("/my-cpd")
    assert "0 minutes (0 hours)" in page.text()
    assert "Withdrawn: it counts no minutes." in page.text()


def test_an_empty_record_shows_the_way_to_the_courses(page: Page, cast: Cast):
    page.sign_in(cast.amira).get("/my-cpd")
    assert page.links()["Find a course"] == "/"


def test_ben_sees_nothing_of_amiras_record(page: Page, session: Session, cast: Cast):
    award_to(session, cast.amira, title="Amira's course")
    page.sign_in(cast.ben).get("/my-cpd")
    assert "Amira" not in page.text()


def test_a_guest_is_asked_to_sign_in(page: Page, cast: Cast):
    assert page.get("/my-cpd", status=303).headers["Location"].startswith("/sign-in")
