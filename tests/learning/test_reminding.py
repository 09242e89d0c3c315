"""Letters about certificates that expire: when, to whom, once, and to nobody who need not read them."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.certification.tables import Certificate
from app.daily import daily_jobs
from app.kernel.db import writing
from app.learning.reminding import remind, stage_of
from app.learning.replacing import Wanted, replace_certificate
from app.learning.tables import Completion
from app.learning.withdrawing import put_back, withdraw
from app.library.shelf import Shelf
from app.mail.tables import Letter
from app.people.tables import User
from app.settings import Settings
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.learning.passing import LONDON

BASE = "https://learning.example.org"
LAST = date(2027, 11, 22)
GIVEN: dict[str, Any] = {"reason": "other", "note": "", "by_id": None, "base_url": BASE, "now": PASSED_AT}


def run(session: Session, before: int, *, courses: tuple[str, ...] = ("co-production",)) -> int:
    """The job, so many days before the last day."""
    now = PASSED_AT + timedelta(days=(LAST - PASSED_AT.date()).days - before)
    return remind(session, courses, base_url=BASE, zone=LONDON, now=now)


def reminders(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    rows = session.execute(
        select(Letter.recipient, Letter.subject).filter_by(kind="certificate-expiry").order_by(Letter.id)
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("before", "stage"),
    [(61, None), (60, "60"), (15, "60"), (14, "14"), (0, "14"), (-1, "over"), (-14, "over"), (-15, None)],
)
def test_each_day_has_its_letter(before: int, stage: str | None) -> None:
    assert stage_of(PASSED_AT.date(), LAST, LAST - timedelta(days=before)) == stage


def test_a_month_is_not_announced_on_the_day_after_the_award() -> None:
    awarded, last = date(2026, 11, 22), date(2026, 12, 22)
    told = [stage_of(awarded, last, awarded + timedelta(days=days)) for days in (1, 15, 16, 31)]
    assert told == [None, None, "14", "over"]


def test_three_letters_and_no_more(session: Session, cast: Cast) -> None:
    award_to(session, cast.amira, expires_on=LAST)
    sent = [run(session, before) for before in (70, 61, 60, 59, 40, 14, 13, 3, 0, -1, -2, -30)]
    assert sent == [0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0]
    title = "Your certificate for Co-production in social housing"
    assert reminders(session) == [
        ("amira@example.org", f"{title} expires on 22 November 2027"),
        ("amira@example.org", f"{title} expires on 22 November 2027"),
        ("amira@example.org", f"{title} has expired"),
    ]


def test_whoever_stood_still_on_the_day_catches_up(session: Session, cast: Cast) -> None:
    award_to(session, cast.amira, expires_on=LAST)
    assert [run(session, before) for before in (55, 5, -10)] == [1, 1, 1]


def test_a_certificate_for_good_a_withdrawn_one_and_a_course_that_is_not_live_send_nothing(
    session: Session, cast: Cast
) -> None:
    award_to(session, cast.ben)
    code = award_to(session, cast.amira, expires_on=LAST).code
    assert run(session, 60, courses=()) == 0
    with writing(session):
        withdraw(session, code, **GIVEN)
    assert run(session, 60) == 0
    with writing(session):
        put_back(session, code, **GIVEN)
    assert run(session, 60) == 1


def test_of_two_issues_the_newest_counts_and_is_told_of_once(session: Session, cast: Cast) -> None:
    code = award_to(session, cast.amira, expires_on=LAST).code
    assert run(session, 60) == 1
    given: dict[str, Any] = {"base_url": BASE, "loopback": False, "by_id": None, "now": PASSED_AT}
    with writing(session):
        new = replace_certificate(session, code, Wanted(printed_name="Amira Bonsu"), **given)
    assert run(session, 59) == 0
    assert run(session, 14) == 1
    with writing(session):
        withdraw(session, new, **GIVEN)
    assert run(session, -1) == 0


def test_whoever_has_renewed_or_taken_a_newer_edition_hears_nothing_of_the_old_one(
    session: Session, cast: Cast
) -> None:
    award_to(session, cast.amira, expires_on=LAST)
    award_to(session, cast.amira, edition=4, completed_at=PASSED_AT + timedelta(days=300))
    award_to(session, cast.ben, expires_on=LAST)
    assert run(session, 60) == 1
    assert [recipient for recipient, _ in reminders(session)] == ["ben@example.org"]


def test_an_erased_holder_is_not_written_to(session: Session, cast: Cast) -> None:
    award_to(session, cast.amira, expires_on=LAST)
    with writing(session):
        session.execute(update(Certificate).values(person_id=None))
        session.execute(update(Completion).values(person_id=None))
    assert run(session, 60) == 0


def test_an_address_that_no_letter_can_go_to_holds_up_nobody_else(session: Session, cast: Cast) -> None:
    award_to(session, cast.amira, expires_on=LAST)
    award_to(session, cast.ben, expires_on=LAST)
    with writing(session):
        session.get_one(User, cast.amira.id).email = "amira@example.org, all@example.org"
    assert run(session, 60) == 2
    assert [recipient for recipient, _ in reminders(session)] == ["ben@example.org"]


def test_many_are_written_to_in_several_writes(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.learning.reminding.TOGETHER", 2)
    for person in (cast.amira, cast.ben, cast.edda, cast.malik, cast.ada):
        award_to(session, person, expires_on=LAST)
    assert run(session, 60) == 5
    assert run(session, 59) == 0
    assert len(reminders(session)) == 5


def test_it_is_a_job_of_each_morning(session: Session, cast: Cast, settings: Settings) -> None:
    [job] = [job for job in daily_jobs(settings, Shelf()) if job.name == "expiry letters"]
    assert job.hour == 8
    award_to(session, cast.amira, course="good-course", expires_on=LAST)
    award_to(session, cast.ben, course="gone", expires_on=LAST)
    now = PASSED_AT + timedelta(days=(LAST - PASSED_AT.date()).days - 60)
    assert [job.run(session, now), job.run(session, now)] == [1, 0]
    [letter] = session.scalars(select(Letter).filter_by(kind="certificate-expiry"))
    assert f"{settings.base_url}/courses/good-course" in letter.text
