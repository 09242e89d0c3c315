"""Jobs of the day: from their hour on, once, by one process, and again after a failure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from app.daily import run_due
from app.kernel.daily import DailyRun, Job, claim
from app.kernel.db import writing

LONDON = ZoneInfo("Europe/London")
MORNING = datetime(2026, 6, 1, 7, 30, tzinfo=UTC)  # half past eight in London


class Counted:
    """A job's deed that counts how often it was done, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.times, self._failures = 0, failures

    def __call__(self, _session: Session, _now: datetime) -> int:
        self.times += 1
        if self.times <= self._failures:
            raise RuntimeError("no luck today")
        return 3


def test_a_job_runs_once_a_day_from_its_hour_on(session: Session) -> None:
    deed = Counted()
    job = Job("letters", 8, deed)
    for hours, times in ((-1, 0), (0, 1), (1, 1), (23, 1), (24, 2)):
        run_due(session, [job], MORNING + timedelta(hours=hours), LONDON)
        assert deed.times == times, hours
    run = session.get_one(DailyRun, ("letters", MORNING.date()))
    assert (run.begun_at, run.done) == (MORNING, 3)


def test_who_comes_second_finds_it_taken(session: Session) -> None:
    job = Job("letters", 8, Counted())
    with writing(session):
        assert claim(session, job, MORNING, LONDON)
        assert not claim(session, job, MORNING, LONDON)


def test_a_failed_job_holds_up_no_other_and_is_tried_again_in_an_hour(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    deed, other = Counted(failures=1), Counted()
    jobs = [Job("letters", 8, deed), Job("sweeping", 8, other)]
    for minutes, times in ((0, 1), (59, 1), (60, 2), (200, 2)):
        run_due(session, jobs, MORNING + timedelta(minutes=minutes), LONDON)
        assert deed.times == times, minutes
    assert other.times == 1
    assert "The daily job letters has failed." in caplog.text
