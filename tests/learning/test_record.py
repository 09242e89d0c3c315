"""My CPD as it is put together from completions, certificates, notes and what was done elsewhere."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt
from app.certification.revoking import revoke
from app.kernel.codes import new_code
from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.learning.awarded import awarded
from app.learning.cpd import Record
from app.learning.record import entry_of, my_cpd
from app.people.tables import User
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, complete
from tests.certification.examples import facts
from tests.conftest import NOON

LONDON = ZoneInfo("Europe/London")
AUCKLAND = ZoneInfo("Pacific/Auckland")


def record_of(session: Session, person: User, zone: ZoneInfo = LONDON) -> Record:
    return my_cpd(session, person.id, zone, NOON)


def test_completions_stand_by_year_newest_first_with_their_minutes(session: Session, cast: Cast):
    for title, minutes, month, year in (("One", 30, 3, 2025), ("Two", 10, 1, 2026), ("Three", 25, 6, 2026)):
        award_to(
            session,
            cast.amira,
            course=title.lower(),
            title=title,
            minutes=minutes,
            completed_at=datetime(year, month, 1, tzinfo=UTC),
        )
    years = record_of(session, cast.amira).years
    assert [(year.title, year.minutes, [entry.title for entry in year.entries]) for year in years] == [
        ("2026", 35, ["Three", "Two"]),
        ("2025", 30, ["One"]),
    ]


def test_the_year_is_that_of_the_sites_time_zone(session: Session, cast: Cast):
    award_to(session, cast.amira, completed_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert [year.begins for year in record_of(session, cast.amira).years] == [2026]
    assert [year.begins for year in record_of(session, cast.amira, AUCKLAND).years] == [2027]


def test_an_entry_fills_itself_from_the_certificate(session: Session, cast: Cast):
    certificate = award_to(
        session, cast.amira, title="Listening", outcomes=("Listen.", "Write it down."), minutes=45
    )
    (entry,) = record_of(session, cast.amira).entries
    assert entry.title == "Listening"
    assert entry.objective == "Listen. Write it down."
    assert (entry.minutes, entry.counted, entry.method) == (45, 45, "assessed e-learning")
    assert (entry.kind, entry.decided, entry.outcome) == ("structured", False, "")
    assert entry.on == date(2026, 11, 22)
    assert entry.provider == certificate.facts["issuer"]
    assert entry.proof is not None
    assert (entry.proof.code, entry.state) == (certificate.code, "valid")


def test_a_completion_without_a_certificate_is_an_entry_too(session: Session, cast: Cast):
    with writing(session):
        complete(session, cast.amira, facts(title="Opened answers", minutes=20))
    (entry,) = record_of(session, cast.amira).entries
    assert (entry.proof, entry.state, entry.counted, entry.objective) == (None, "none", 20, "")


def test_what_is_withdrawn_is_listed_and_counts_no_minutes(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira, minutes=30)
    with writing(session):
        revoke(session, certificate.code, reason="other", by_id=None, now=PASSED_AT)
    (year,) = record_of(session, cast.amira).years
    assert (year.minutes, year.minutes_of("structured")) == (0, 0)
    assert year.entries[0].state == "withdrawn"
    assert year.entries[0].proof is not None


def test_what_has_expired_still_counts_for_the_year_in_which_it_was_done(session: Session, cast: Cast):
    award_to(session, cast.amira, minutes=30, expires_on=date(2026, 11, 22))
    award_to(session, cast.amira, course="two", minutes=10, expires_on=date(2026, 11, 23))
    assert [(each.minutes, each.counted, each.state) for each in record_of(session, cast.amira).entries] == [
        (10, 10, "valid"),
        (30, 30, "expired"),
    ]


def test_a_record_holds_ones_own_completions_only(session: Session, cast: Cast):
    award_to(session, cast.amira)
    code = session.query(Attempt.code).scalar()
    assert record_of(session, cast.ben).years == ()
    assert entry_of(session, cast.amira.id, code, LONDON, NOON).course == facts().course
    for person_id, other in ((cast.ben.id, code), (cast.amira.id, new_code()), (cast.amira.id, "")):
        with pytest.raises(NotFound):
            entry_of(session, person_id, other, LONDON, NOON)


def test_what_was_awarded_is_found_by_course_and_edition(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira, course="one", edition=3)
    with writing(session):
        complete(session, cast.amira, facts(course="two", edition=1))
    mine = {"person_id": cast.amira.id}
    assert awarded(session, **mine, course="one", edition=3) == certificate.code
    assert awarded(session, **mine, course="one", edition=2) is None
    assert awarded(session, **mine, course="two", edition=1) == ""
    assert awarded(session, person_id=cast.ben.id, course="one", edition=3) is None
