from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.certification.revoking import revoke
from app.kernel.db import writing
from app.learning.record import my_cpd
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to

LONDON = ZoneInfo("Europe/London")
AUCKLAND = ZoneInfo("Pacific/Auckland")


def test_completions_stand_by_year_newest_first_with_their_minutes(session: Session, cast: Cast):
    award_to(
        session,
        cast.amira,
        course="one",
        title="One",
        minutes=30,
        completed_at=datetime(2025, 3, 1, tzinfo=UTC),
    )
    award_to(
        session,
        cast.amira,
        course="two",
        title="Two",
        minutes=10,
        completed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    award_to(
        session,
        cast.amira,
        course="three",
        title="Three",
        minutes=25,
        completed_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    years = my_cpd(session, cast.amira.id, LONDON)
    assert [(year.year, year.minutes, [entry.title for entry in year.entries]) for year in years] == [
        (2026, 35, ["Three", "Two"]),
        (2025, 30, ["One"]),
    ]


def test_the_year_is_that_of_the_sites_time_zone(session: Session, cast: Cast):
    award_to(session, cast.amira, completed_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert [year.year for year in my_cpd(session, cast.amira.id, LONDON)] == [2026]
    assert [year.year for year in my_cpd(session, cast.amira.id, AUCKLAND)] == [2027]


def test_what_is_withdrawn_is_listed_and_counts_no_minutes(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira, minutes=30)
    with writing(session):
        revoke(session, certificate.code, reason="other", by_id=None, now=PASSED_AT)
    (year,) = my_cpd(session, cast.amira.id, LONDON)
    assert year.minutes == 0
    assert year.entries[0].withdrawn
    assert year.entries[0].code == certificate.code


def test_a_record_holds_ones_own_completions_only(session: Session, cast: Cast):
    award_to(session, cast.amira)
    assert my_cpd(session, cast.ben.id, LONDON) == ()
