"""The page of My CPD: years with totals, a goal, and how it stays fast."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.certification.revoking import revoke
from app.kernel.codes import new_code
from app.kernel.db import writing
from app.learning.cpd import Goal
from app.learning.cpd_tables import CpdActivity, Evidence
from app.learning.goals import save_goal
from app.people.tables import User
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.conftest import NOON
from tests.learning.keeping import add
from tests.page import Page


def set_goal(session: Session, person: User, goal: Goal) -> None:
    with writing(session):
        save_goal(session, person_id=person.id, goal=goal, now=NOON)


def test_completions_stand_by_year_with_minutes_and_lead_to_their_entries_and_certificates(
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
    line = "22 November 2026, 60 minutes (1 hour), assessed e-learning, structured, edition 3"
    assert f"1 hour (60 minutes) Structured: 1 hour. Self-directed: 0 hours. Two {line}" in page.text()
    assert "0.5 hours (30 minutes)" in page.text()
    assert page.links()["Certificate: Two"] == f"/certificates/{code}"
    assert page.links()["Two"].startswith("/my-cpd/entries/")


def test_the_newest_year_is_open_and_the_others_are_folded(page: Page, session: Session, cast: Cast):
    for year in (2024, 2025, 2026):
        add(session, cast.amira, done_on=date(year, 5, 1))
    page.sign_in(cast.amira).get("/my-cpd")
    assert ["open" in one.attrib for one in page.elements("details")] == [True, False, False]


def test_what_is_withdrawn_counts_no_minutes(page: Page, session: Session, cast: Cast):
    certificate = award_to(session, cast.amira)
    with writing(session):
        revoke(session, certificate.code, reason="other", by_id=None, now=PASSED_AT)
    page.sign_in(cast.amira).get("/my-cpd")
    assert "2026 0 hours (0 minutes)" in page.text()
    assert "The certificate was withdrawn: this counts no minutes." in page.text()


def test_totals_are_told_by_type(page: Page, session: Session, cast: Cast):
    award_to(session, cast.amira, minutes=30)
    add(session, cast.amira, minutes=90, kind="self-directed")
    page.sign_in(cast.amira).get("/my-cpd")
    assert "2 hours (120 minutes) Structured: 0.5 hours. Self-directed: 1.5 hours." in page.text()


@pytest.mark.parametrize(
    ("minutes", "said", "value"),
    [
        (90, "1.5 hours of the 2 hours that you set yourself. 0.5 hours to go.", "90"),
        (120, "2 hours of the 2 hours that you set yourself. You have reached your goal.", "120"),
        (300, "5 hours of the 2 hours that you set yourself. You have reached your goal.", "120"),
    ],
)
def test_how_far_the_goal_is_reached_is_said_in_words_and_shown_as_a_bar(
    page: Page, session: Session, cast: Cast, minutes: int, said: str, value: str
):
    add(session, cast.amira, minutes=minutes)
    add(session, cast.amira, minutes=600, done_on=date(2025, 12, 31))
    page.sign_in(cast.amira).get("/my-cpd")
    assert page.elements("progress") == []
    set_goal(session, cast.amira, Goal(minutes=120))
    page.get("/my-cpd")
    assert f"Your goal for 2026 {said}" in page.text()
    (bar,) = page.elements("progress")
    assert (bar.get("value"), bar.get("max")) == (value, "120")


def test_a_year_may_begin_in_another_month(page: Page, session: Session, cast: Cast):
    add(session, cast.amira, done_on=date(2026, 3, 31))
    set_goal(session, cast.amira, Goal(minutes=60, first_month=4))
    page.sign_in(cast.amira).get("/my-cpd")
    assert [heading.text for heading in page.elements("h2")] == [
        "Your goal for April 2026 to March 2027",
        "April 2025 to March 2026",
    ]


def test_an_empty_record_shows_the_way_to_the_courses(page: Page, cast: Cast):
    page.sign_in(cast.amira).get("/my-cpd")
    assert page.links()["Find a course"] == "/"
    assert page.links()["Add CPD from elsewhere"] == "/my-cpd/add"
    assert "Export" not in page.links()


def test_ben_sees_nothing_of_amiras_record(page: Page, session: Session, cast: Cast):
    award_to(session, cast.amira, title="Amira's course")
    add(session, cast.amira, title="Amira's webinar")
    page.sign_in(cast.ben).get("/my-cpd")
    assert "Amira" not in page.text()


def test_a_guest_is_asked_to_sign_in(page: Page, cast: Cast):
    assert page.get("/my-cpd", status=303).headers["Location"].startswith("/sign-in")


def test_a_long_record_asks_the_database_no_more_than_a_short_one(page: Page, session: Session, cast: Cast):
    page.sign_in(cast.amira)
    asked = Counter[int]()
    for entries in (5, 500):
        with writing(session) as written:
            fill(written, cast.amira, entries)
        page.get("/my-cpd")
        asked[len(page.statements)] += 1
    assert list(asked) == [5]
    assert len(page.elements("h3")) == 505


def fill(session: Session, person: User, entries: int) -> None:
    """So many webinars, each with a file, in one transaction."""
    for number in range(entries):
        activity = CpdActivity(
            code=new_code(),
            person_id=person.id,
            title=f"Webinar {number}",
            provider="A housing network",
            method="webinar",
            done_on=NOON.date() - timedelta(days=number * 5),
            minutes=45,
            kind="structured",
            objective="Know what to look for.",
            outcome="I now ask about the airing first.",
            saved_at=NOON,
        )
        session.add(activity)
        session.flush()
        file = {"person_id": person.id, "name": "a.pdf", "type": "pdf", "size": 9, "body": b"%PDF-1.7 "}
        session.add(Evidence(code=new_code(), activity_id=activity.id, saved_at=NOON, **file))
