"""Certificates that expire: the day, taking the test again, and the cycle that comes of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.attempts import open_attempt
from app.assessment.policy import read_policy
from app.certification.facts import Facts
from app.certification.tables import Certificate
from app.certification.verification import verdict
from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.learning.renewing import cycle_of, may_renew, newest_certificate
from app.learning.replacing import Wanted, replace_certificate
from app.learning.tables import Completion
from app.learning.withdrawing import withdraw
from app.library.folders import read_folders
from app.library.publishing import publish
from app.library.shelf import Shelf
from app.mail.tables import Letter
from app.people.tables import User
from app.settings import Settings
from tests.cast import Cast
from tests.certification.awards import PASSED_AT
from tests.conftest import TestClock
from tests.learning.passing import COURSE, LONDON, answer, hand_over, sit

YEAR = timedelta(days=365)


@pytest.fixture
def expiring(session: Session, settings: Settings, clock: TestClock) -> None:
    publish_with(session, settings, clock, "valid_for: 12")


def publish_with(session: Session, settings: Settings, clock: TestClock, line: str, edition: int = 1) -> None:
    files = dict(read_folders(settings.sources)["course", COURSE])
    path = f"content/{COURSE}/course.yml"
    text = files[path].replace(b"edition: 1", f"edition: {edition}\n{line}".encode())
    with writing(session):
        assert publish(session, "course", COURSE, files | {path: text}, by_id=None, now=clock.now)


def passes(session: Session, person: User, clock: TestClock) -> Facts:
    """Pass the first time; what the certificate says."""
    code = sit(session, person, clock.now)
    with writing(session):
        assert hand_over(session, person, code, clock.now).passed
    return newest_facts(session)


def passes_again(session: Session, person: User, clock: TestClock) -> Facts:
    """Take the test again and pass."""
    code = open_again(session, person, clock, renewing=True)
    answer(session, person, code, clock.now)
    with writing(session):
        assert hand_over(session, person, code, clock.now).passed
    return newest_facts(session)


def open_again(session: Session, person: User, clock: TestClock, *, renewing: bool) -> str:
    compiled = Shelf().course(session, COURSE)
    with writing(session):
        return open_attempt(
            session,
            person_id=person.id,
            course=COURSE,
            edition=compiled.course.edition,
            revision_id=compiled.revision_id,
            quiz=compiled.quiz,
            policy=read_policy(compiled.course.pass_policy),
            printed_name=person.full_name,
            lessons_done=True,
            zone=LONDON,
            now=clock.now,
            seed="again",
            renewing=renewing,
        )


def newest_facts(session: Session) -> Facts:
    session.rollback()
    newest = select(Certificate.facts).order_by(Certificate.id.desc()).limit(1)
    return Facts.from_json(session.scalars(newest).one())


def cycles(session: Session) -> list[tuple[int, int]]:
    session.rollback()
    rows = session.execute(select(Completion.edition, Completion.cycle).order_by(Completion.id))
    return [tuple(row) for row in rows]


def test_a_course_without_a_term_gives_certificates_for_good(
    session: Session, cast: Cast, clock: TestClock
) -> None:
    assert passes(session, cast.amira, clock).expires_on is None
    clock.move(20 * YEAR)
    given: dict[str, Any] = {"person_id": cast.amira.id, "course": COURSE, "edition": 1}
    assert not may_renew(session, **given, today=clock.now.date())
    assert cycle_of(session, **given, today=clock.now.date()) == 1


@pytest.mark.usefixtures("expiring")
def test_the_day_is_frozen_with_the_facts(
    session: Session, cast: Cast, clock: TestClock, settings: Settings
) -> None:
    facts = passes(session, cast.amira, clock)
    assert facts.expires_on == date(2027, 11, 23)
    publish_with(session, settings, clock, "valid_for: 36")
    assert newest_facts(session) == facts


@pytest.mark.usefixtures("expiring")
def test_renewing_opens_sixty_days_before_and_stays_open(
    session: Session, cast: Cast, clock: TestClock
) -> None:
    passes(session, cast.amira, clock)
    given: dict[str, Any] = {"person_id": cast.amira.id, "course": COURSE, "edition": 1}
    first = date(2027, 9, 24)
    assert first == date(2027, 11, 23) - timedelta(days=60)
    assert not may_renew(session, **given, today=first - timedelta(days=1))
    assert may_renew(session, **given, today=first)
    assert may_renew(session, **given, today=first + 5 * YEAR)
    assert not may_renew(session, **(given | {"person_id": cast.ben.id}), today=first)
    with pytest.raises(Conflict, match="You have passed this test"):
        open_again(session, cast.amira, clock, renewing=False)


@pytest.mark.usefixtures("expiring")
def test_a_renewal_is_a_cycle_of_its_own_and_leaves_the_older_one_as_it_was(
    session: Session, cast: Cast, clock: TestClock
) -> None:
    first = passes(session, cast.amira, clock)
    clock.move(YEAR + timedelta(days=30))
    second = passes_again(session, cast.amira, clock)
    assert cycles(session) == [(1, 1), (1, 2)]
    assert second.code != first.code
    assert (second.replaces, second.expires_on) == ("", date(2028, 12, 23))
    rows = session.execute(select(Certificate.issue, Certificate.facts).order_by(Certificate.id)).all()
    assert [(issue, Facts.from_json(facts)) for issue, facts in rows] == [(1, first), (1, second)]
    assert verdict(session, first.code, today=PASSED_AT.date()).state != "replaced"
    letters = session.scalars(select(Letter.attachment).order_by(Letter.id)).all()
    assert letters == [f"certificate:{first.code}", f"certificate:{second.code}"]
    given: dict[str, Any] = {"person_id": cast.amira.id, "course": COURSE, "edition": 1}
    assert not may_renew(session, **given, today=clock.now.date())


@pytest.mark.usefixtures("expiring")
def test_handing_a_renewal_in_again_changes_nothing(session: Session, cast: Cast, clock: TestClock) -> None:
    passes(session, cast.amira, clock)
    clock.move(YEAR)
    code = open_again(session, cast.amira, clock, renewing=True)
    answer(session, cast.amira, code, clock.now)
    firsts = []
    for _ in range(3):
        with writing(session):
            firsts.append(hand_over(session, cast.amira, code, clock.now).first_time)
    assert firsts == [True, False, False]
    assert cycles(session) == [(1, 1), (1, 2)]


@pytest.mark.usefixtures("expiring")
def test_a_pass_that_nobody_may_renew_with_adds_no_cycle(
    session: Session, cast: Cast, clock: TestClock
) -> None:
    """Withdrawn between the start and the pass: what was taken away does not come back by itself."""
    facts = passes(session, cast.amira, clock)
    clock.move(YEAR)
    code = open_again(session, cast.amira, clock, renewing=True)
    answer(session, cast.amira, code, clock.now)
    given = {"reason": "other", "note": "", "by_id": None, "base_url": "", "now": clock.now}
    with writing(session):
        withdraw(session, facts.code, **given)
    with writing(session):
        assert hand_over(session, cast.amira, code, clock.now).passed
    assert cycles(session) == [(1, 1)]
    assert newest_facts(session) == facts


@pytest.mark.usefixtures("expiring")
def test_the_newest_issue_counts(session: Session, cast: Cast, clock: TestClock) -> None:
    facts = passes(session, cast.amira, clock)
    given: dict[str, Any] = {"base_url": "http://x", "loopback": False, "by_id": None, "now": clock.now}
    with writing(session):
        new = replace_certificate(session, facts.code, Wanted(printed_name="Amira Bonsu"), **given)
    newest = newest_certificate(session, person_id=cast.amira.id, course=COURSE)
    assert newest is not None
    assert (newest.code, newest.expires_on) == (new, facts.expires_on)


def test_a_new_edition_brings_a_certificate_of_its_own_and_leaves_the_old_one(
    session: Session, cast: Cast, clock: TestClock, settings: Settings
) -> None:
    first = passes(session, cast.amira, clock)
    publish_with(session, settings, clock, "", edition=2)
    clock.move(timedelta(days=1))
    second = passes(session, cast.amira, clock)
    assert cycles(session) == [(1, 1), (2, 1)]
    assert (first.edition, second.edition) == (1, 2)
    assert verdict(session, first.code, today=PASSED_AT.date()).facts == first
    assert verdict(session, first.code, today=PASSED_AT.date()).state == "valid"
    assert verdict(session, second.code, today=PASSED_AT.date()).state == "valid"
