"""Each kind of record goes when its time is over, not before, in batches, and nothing else goes with it."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.certification.verification import verdict
from app.daily import daily_jobs, run_due
from app.keeping import PERIODS
from app.kernel.db import writing
from app.kernel.forgetting import let_go_of_the_past
from app.learning import retention
from app.learning.erasing import erase
from app.learning.record import my_cpd
from app.learning.responses import save_block_response
from app.learning.retention import delete_overdue, overdue
from app.learning.retention_rules import RULES
from app.people.registration import register
from app.people.tables import User
from tests.cast import Cast
from tests.conftest import TestClock
from tests.everything_kept import bytes_with, places_of, rows
from tests.house.learner import Learner
from tests.house.source import ROOT
from tests.learning.somebody import COURSE, NAME, NEEDLES, Traces, make_somebody

FOR_EVER = dict.fromkeys(PERIODS, 0)
# The tables in which rows go, by the period that rules them. Certificates stay, without a name.
GO = {
    "answers": {"block_response", "reflection"},
    "tests": {
        *("round", "paper_item", "response", "grade", "reading"),
        *("follow_up", "follow_up_item", "plan_report"),
    },
    "evidence": {"evidence"},
    "letters": {"letter", "letter_event"},
    "codes": {"sign_in_code"},
    "admin-links": {"admin_link"},
    "daily-runs": {"daily_run"},
    "certificates": set(),
    "unconfirmed": set(),
}


@pytest.fixture
def somebody(app: Flask, session: Session, clock: TestClock, cast: Cast) -> Traces:
    made = make_somebody(app, session, clock, cast)
    app.extensions["rung"].loop.once()
    jobs = daily_jobs(app.extensions["rung"].settings, app.extensions["rung"].shelf)
    run_due(session, jobs, clock.now, app.extensions["rung"].settings.time_zone)
    return made


def apply(session: Session, periods: Mapping[str, int], clock: TestClock) -> dict[str, int]:
    counts: dict[str, int] = {}
    for due in delete_overdue(session, periods, clock.now):
        counts[due.rule.period] = counts.get(due.rule.period, 0) + due.count
    return counts


def test_the_privacy_page_says_the_periods_of_the_house() -> None:
    page = " ".join((ROOT / "content" / "pages" / "privacy.md").read_text(encoding="utf-8").split())
    said = {
        "unconfirmed": (30, "never confirmed: 30 days"),
        "tests": (2192, "in tests and follow-ups: six years"),
        "evidence": (2192, "files under My CPD: six years"),
        "letters": (365, "delivered: a year"),
        "codes": (1, "a day after they ran out"),
    }
    assert {kind: PERIODS[kind].days for kind in said} == {kind: days for kind, (days, _) in said.items()}
    assert [words for _, words in said.values() if words not in page] == []
    for_ever = {kind for kind, period in PERIODS.items() if not period.days}
    assert for_ever == {"idle", "answers", "certificates"}, "until you erase your account"


def test_every_period_rules_something() -> None:
    assert {rule.period for rule in RULES} | {"idle"} == PERIODS.keys()


@pytest.mark.parametrize("period", GO)
def test_a_kind_goes_when_its_time_is_over_and_alone(
    session: Session, clock: TestClock, somebody: Traces, period: str
) -> None:
    days = 400
    clock.move(timedelta(days=days - 2))
    assert sum(apply(session, {**FOR_EVER, period: days}, clock).values()) == 0, "not before"
    clock.move(timedelta(days=40))
    before = rows(session)
    expected = {due.rule.period: due.count for due in overdue(session, {**FOR_EVER, period: days}, clock.now)}
    assert rows(session) == before, "a dry run changes nothing"
    counts = apply(session, {**FOR_EVER, period: days}, clock)
    after = rows(session)
    assert {name for name in before if after[name] < before[name]} == GO[period]
    assert {name for name in before if after[name] > before[name]} == set()
    assert (counts[period] > 0) == (period != "unconfirmed")
    assert expected.keys() == counts.keys()
    assert sum(apply(session, {**FOR_EVER, period: days}, clock).values()) == 0, (
        "and then there is nothing left"
    )


def test_what_is_kept_for_ever_is(session: Session, clock: TestClock, somebody: Traces) -> None:
    before = rows(session)
    clock.move(timedelta(days=20_000))
    assert sum(apply(session, FOR_EVER, clock).values()) == 0
    assert rows(session) == before
    assert {due.sentence.rpartition(": ")[2] for due in overdue(session, FOR_EVER, clock.now)} == {
        "kept for ever."
    }


def test_with_the_periods_of_the_house_a_record_stands_for_years(
    app: Flask, session: Session, clock: TestClock, somebody: Traces
) -> None:
    settings = app.extensions["rung"].settings
    clock.move(timedelta(days=2300))
    apply(session, settings.keep, clock)
    record = my_cpd(session, somebody.person.id, settings.time_zone, clock.now)
    assert "A good course" in {entry.title for entry in record.entries}
    found = verdict(session, somebody.possessions.certificate, today=clock.now.date())
    assert found.facts is not None
    assert found.facts.printed_name == NAME


def test_answers_given_after_that_stay(
    session: Session, clock: TestClock, cast: Cast, somebody: Traces
) -> None:
    clock.move(timedelta(days=450))
    with writing(session):
        save_block_response(
            session,
            person_id=somebody.person.id,
            course=COURSE,
            lesson="first-steps",
            block="say-back",
            kind="single-choice",
            body={"chosen": ["b"]},
            now=clock.now,
        )
    apply(session, {**FOR_EVER, "answers": 400}, clock)
    assert rows(session)["block_response"] == 1


def test_answers_in_a_course_that_was_not_completed_stay(
    app: Flask, session: Session, clock: TestClock, cast: Cast
) -> None:
    Learner(app, session, clock, cast.ben).read(COURSE)
    clock.move(timedelta(days=5000))
    assert apply(session, {**FOR_EVER, "answers": 30}, clock)["answers"] == 0
    assert rows(session)["reflection"] > 0


def test_an_open_test_is_never_old(app: Flask, session: Session, clock: TestClock, cast: Cast) -> None:
    learner = Learner(app, session, clock, cast.ben)
    learner.read(COURSE)
    learner.begin(COURSE)
    clock.move(timedelta(days=5000))
    assert apply(session, {**FOR_EVER, "tests": 90}, clock)["tests"] == 0


def test_an_account_that_was_never_confirmed_goes_without_a_letter(
    session: Session, clock: TestClock, cast: Cast
) -> None:
    with writing(session):
        register(
            session, address="nina@example.org", full_name="Nina Okoro", password_hash="hash", now=clock.now
        )
        session.execute(update(User).where(User.id == cast.edda.id).values(confirmed_at=None))
    clock.move(timedelta(days=31))
    assert apply(session, {**FOR_EVER, "unconfirmed": 30}, clock)["unconfirmed"] == 1
    assert places_of(session, "Nina Okoro", "nina@example.org") == []
    assert session.scalar(select(User.id).where(User.id == cast.edda.id)), "who has a role was invited"
    assert rows(session)["letter"] == 0


def test_many_go_in_batches(
    session: Session, clock: TestClock, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    with writing(session):
        for number in range(8):
            register(
                session, address=f"n{number}@example.org", full_name="N", password_hash="h", now=clock.now
            )
    commits: list[object] = []
    sa.event.listen(session, "after_commit", commits.append)
    clock.move(timedelta(days=31))
    assert apply(session, {**FOR_EVER, "unconfirmed": 30}, clock)["unconfirmed"] == 8
    assert len(commits) >= 3


def test_the_job_runs_at_three_at_night(app: Flask, session: Session, clock: TestClock, cast: Cast) -> None:
    running = app.extensions["rung"]
    jobs = [job for job in daily_jobs(running.settings, running.shelf) if job.name == "retention"]
    assert [job.hour for job in jobs] == [3]
    with writing(session):
        register(session, address="n@example.org", full_name="N", password_hash="h", now=clock.now)
    clock.move(timedelta(days=31))
    run_due(session, jobs, clock.now, running.settings.time_zone)
    assert session.scalar(sa.text("SELECT done FROM daily_run WHERE job = 'retention'")) == 1


def test_the_file_itself_forgets(
    app: Flask, session: Session, clock: TestClock, cast: Cast, somebody: Traces
) -> None:
    """Not only the rows: what is in the file of the database, and in the log beside it."""
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are its server's, which vacuums them")
    path = Path(str(session.get_bind().engine.url.database))

    def on_disk() -> list[str]:
        return bytes_with([each.read_bytes() for each in path.parent.glob("rung.sqlite*")], *NEEDLES)

    assert on_disk() == list(NEEDLES)
    with writing(session):
        erase(session, somebody.person.id)
    session.rollback()
    let_go_of_the_past(session.get_bind().engine)
    assert on_disk() == []
