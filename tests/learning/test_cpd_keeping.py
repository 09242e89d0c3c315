"""What people add to their record: notes on completions, activities elsewhere, a goal, a membership."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt
from app.certification.tables import Certificate
from app.kernel.codes import new_code
from app.kernel.db import writing
from app.kernel.errors import NotFound, Refusal
from app.learning.cpd import Goal, Membership
from app.learning.cpd_activities import add_activity, change_activity, remove_activity
from app.learning.cpd_notes import save_note
from app.learning.cpd_tables import CpdActivity, CpdNote
from app.learning.goals import save_goal
from app.learning.membership import body_problem, membership_line, number_problem, save_membership
from app.learning.record import entry_of, my_cpd
from tests.cast import Cast
from tests.certification.awards import award_to
from tests.conftest import NOON
from tests.learning.keeping import add, my_activity, told
from tests.learning.passing import hand_over, sit

LONDON = ZoneInfo("Europe/London")
TODAY = NOON.date()


def noted(session: Session, cast: Cast, **changes: Any) -> str:
    """Amira's note on her one completion; the entry's code."""
    code = session.scalars(select(Attempt.code)).one()
    values = {
        "person_id": cast.amira.id,
        "code": code,
        "objective": "Hear people out.",
        "outcome": "I let callers finish.",
        "kind": "self-directed",
    }
    with writing(session):
        save_note(session, **{**values, **changes}, now=NOON)
    return code


def test_a_note_changes_the_entry_and_never_the_certificate(session: Session, cast: Cast) -> None:
    before = award_to(session, cast.amira, outcomes=("Listen.",)).facts
    code = noted(session, cast)
    entry = entry_of(session, cast.amira.id, code, LONDON, NOON)
    assert (entry.objective, entry.outcome, entry.kind) == (
        "Hear people out.",
        "I let callers finish.",
        "self-directed",
    )
    assert entry.decided
    (year,) = my_cpd(session, cast.amira.id, LONDON, NOON).years
    assert (year.minutes_of("structured"), year.minutes_of("self-directed")) == (0, year.minutes)
    noted(session, cast, kind="structured", outcome="")
    assert entry_of(session, cast.amira.id, code, LONDON, NOON).outcome == ""
    assert session.scalars(select(Certificate.facts)).one() == before


@pytest.mark.parametrize(
    "wrong", [{"kind": "formal"}, {"kind": ""}, {"outcome": "x" * 301}, {"objective": "x" * 1001}]
)
def test_a_note_that_cannot_be_kept_is_refused(session: Session, cast: Cast, wrong: dict[str, str]) -> None:
    award_to(session, cast.amira)
    with pytest.raises(Refusal):
        noted(session, cast, **wrong)
    assert session.scalar(select(func.count()).select_from(CpdNote)) == 0


def test_nobody_else_can_say_anything_of_a_completion(session: Session, cast: Cast) -> None:
    award_to(session, cast.amira)
    with pytest.raises(NotFound):
        noted(session, cast, person_id=cast.ben.id)
    with pytest.raises(NotFound):
        noted(session, cast, code=new_code())


def test_an_activity_is_an_entry_with_all_that_was_told(session: Session, cast: Cast) -> None:
    code = add(session, cast.amira)
    entry = entry_of(session, cast.amira.id, code, LONDON, NOON)
    assert (entry.title, entry.provider, entry.method) == (told().title, told().provider, "webinar")
    assert (entry.on, entry.minutes, entry.kind) == (date(2026, 5, 6), 90, "self-directed")
    assert (entry.objective, entry.outcome, entry.course) == (told().objective, told().outcome, "")
    assert my_cpd(session, cast.ben.id, LONDON, NOON).entries == ()


def test_activities_and_completions_stand_in_one_order(session: Session, cast: Cast) -> None:
    award_to(session, cast.amira, title="Course")
    add(session, cast.amira, title="Before", done_on=date(2026, 11, 21))
    add(session, cast.amira, title="After", done_on=date(2026, 11, 23))
    record = my_cpd(session, cast.amira.id, LONDON, NOON)
    assert [entry.title for entry in record.entries] == ["After", "Course", "Before"]


def test_a_form_sent_twice_adds_one_and_sent_again_with_changes_another(session: Session, cast: Cast) -> None:
    form = {"person_id": cast.amira.id, "code": new_code(), "today": TODAY, "now": NOON}
    with writing(session):
        first = add_activity(session, told=told(), **form)
        again = add_activity(session, told=told(), **form)
        other = add_activity(session, told=told(title="Another"), **form)
    assert (first, again) == (form["code"], form["code"])
    assert other != first
    assert sorted(session.scalars(select(CpdActivity.title))) == ["Another", told().title]


def test_the_code_of_somebody_elses_entry_adds_nothing(session: Session, cast: Cast) -> None:
    code = add(session, cast.amira)
    with pytest.raises(NotFound), writing(session):
        add_activity(session, person_id=cast.ben.id, code=code, told=told(), today=TODAY, now=NOON)
    assert session.scalar(select(func.count()).select_from(CpdActivity)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"method": "osmosis"},
        {"kind": "formal"},
        {"minutes": 0},
        {"minutes": 60_001},
        {"done_on": TODAY + timedelta(days=1)},
        {"done_on": date(1969, 1, 1)},
        {"outcome": "x" * 301},
    ],
)
def test_an_activity_that_cannot_be_kept_is_refused(
    session: Session, cast: Cast, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refusal):
        add(session, cast.amira, **wrong)
    code = add(session, cast.amira)
    with pytest.raises(Refusal), writing(session):
        change_activity(
            session, person_id=cast.amira.id, code=code, told=told(**wrong), today=TODAY, now=NOON
        )


def test_only_its_owner_changes_reads_and_removes_an_activity(session: Session, cast: Cast) -> None:
    code = add(session, cast.amira)
    mine, bens = {"person_id": cast.amira.id, "code": code}, {"person_id": cast.ben.id, "code": code}
    with pytest.raises(NotFound), writing(session):
        change_activity(session, **bens, told=told(title="Mine"), today=TODAY, now=NOON)
    with pytest.raises(NotFound), writing(session):
        remove_activity(session, **bens)
    with pytest.raises(NotFound):
        my_activity(session, **bens)
    with writing(session):
        change_activity(session, **mine, told=told(title="Longer", minutes=95), today=TODAY, now=NOON)
    assert my_activity(session, **mine) == told(title="Longer", minutes=95)
    with writing(session):
        remove_activity(session, **mine)
    with pytest.raises(NotFound):
        my_activity(session, **mine)


def test_a_goal_is_kept_and_changed_and_its_month_begins_the_year(session: Session, cast: Cast) -> None:
    add(session, cast.amira, done_on=date(2026, 3, 31))
    for goal in (Goal(minutes=600), Goal(minutes=1200, first_month=4)):
        with writing(session):
            save_goal(session, person_id=cast.amira.id, goal=goal, now=NOON)
    record = my_cpd(session, cast.amira.id, LONDON, NOON)
    assert record.goal == Goal(minutes=1200, first_month=4)
    assert [year.title for year in record.years] == ["April 2025 to March 2026"]
    assert record.this_year.title == "April 2026 to March 2027"
    assert my_cpd(session, cast.ben.id, LONDON, NOON).goal == Goal()


@pytest.mark.parametrize("goal", [Goal(minutes=-1), Goal(minutes=60_001), Goal(first_month=13)])
def test_a_goal_that_cannot_be_is_refused(session: Session, cast: Cast, goal: Goal) -> None:
    with pytest.raises(Refusal), writing(session):
        save_goal(session, person_id=cast.amira.id, goal=goal, now=NOON)


def test_a_membership_is_kept_changed_and_let_go_of(session: Session, cast: Cast) -> None:
    mine, body = cast.amira.id, "Chartered Institute of Housing"
    for number in ("100", "200"):
        with writing(session):
            save_membership(
                session, person_id=mine, membership=Membership(body=body, number=number), now=NOON
            )
    assert membership_line(session, mine) == f"{body}, membership number 200"
    assert my_cpd(session, mine, LONDON, NOON).membership == Membership(body=body, number="200")
    assert membership_line(session, cast.ben.id) == ""
    with writing(session):
        save_membership(session, person_id=mine, membership=None, now=NOON)
    assert membership_line(session, mine) == ""


@pytest.mark.parametrize("text", ["", "x" * 61, "A\u202eb", "A\x07", "\U0001f600"])
def test_a_membership_that_cannot_be_printed_is_refused(session: Session, cast: Cast, text: str) -> None:
    assert str(body_problem(text)).endswith(".")
    assert str(number_problem(text)).endswith(".")
    with pytest.raises(Refusal), writing(session):
        save_membership(
            session, person_id=cast.amira.id, membership=Membership(body=text, number="1"), now=NOON
        )


def test_a_number_needs_no_letter() -> None:
    assert number_problem("0012 345/67") is None
    assert body_problem("Ordre des architectes (Île-de-France)") is None


def test_a_certificate_prints_the_membership_that_was_given_before_the_award(
    session: Session, cast: Cast
) -> None:
    moment: datetime = NOON
    first = Membership(body="RICS", number="1234567")
    with writing(session):
        save_membership(session, person_id=cast.amira.id, membership=first, now=moment)
    for person in (cast.amira, cast.ben):
        code = sit(session, person, moment)
        with writing(session):
            hand_over(session, person, code, moment)
    with writing(session):
        save_membership(session, person_id=cast.amira.id, membership=None, now=moment)
    printed = {
        person_id: facts["membership"]
        for person_id, facts in session.execute(select(Certificate.person_id, Certificate.facts))
    }
    assert printed == {cast.amira.id: "RICS, membership number 1234567", cast.ben.id: ""}
