"""Handing in, whole: pass, completion, certificate and letter stand together, once, or not at all."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from subprocess import PIPE, Popen
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.attempts import RoundResult
from app.assessment.tables import Grade
from app.certification.design import read_design
from app.certification.facts import Facts
from app.certification.holding import stored_pdf
from app.certification.making import make_pending
from app.certification.tables import Certificate, CertificatePdf
from app.delivering import find_attachment
from app.kernel.db import writing
from app.learning.enrolment import enrol
from app.learning.tables import Completion
from app.library.folders import read_folders
from app.library.publishing import publish
from app.library.shelf import Shelf
from app.mail.tables import Letter
from app.people.tables import User
from app.settings import Settings
from tests.cast import Cast, _person
from tests.certification.keys import SIGNING
from tests.certification.test_document import words_of
from tests.conftest import TestClock
from tests.learning.passing import COURSE, hand_over, sit

OUTCOME = (Completion, Certificate, Letter)


def counts(session: Session) -> list[int]:
    """How many completions, certificates and letters there are."""
    session.rollback()
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in OUTCOME]


def passed(session: Session, person: User, now: datetime, **changes: Any) -> Certificate:
    code = sit(session, person, now)
    with writing(session):
        assert hand_over(session, person, code, now, **changes).passed
    return session.scalars(select(Certificate).where(Certificate.person_id == person.id)).one()


def test_a_pass_brings_a_completion_a_certificate_and_its_letter(
    session: Session, cast: Cast, clock: TestClock
):
    with writing(session):
        enrol(
            session,
            person_id=cast.amira.id,
            course=COURSE,
            lesson="first-steps",
            now=clock.now - timedelta(days=3),
        )
    certificate = passed(session, cast.amira, clock.now)
    facts = Facts.from_json(certificate.facts)
    completion = session.scalars(select(Completion)).one()
    letter = session.scalars(select(Letter)).one()
    live = Shelf().course(session, COURSE)

    assert (completion.person_id, completion.course, completion.edition, completion.cycle) == (
        cast.amira.id,
        COURSE,
        1,
        1,
    )
    assert (completion.minutes, completion.title, completion.completed_at) == (4, "A good course", clock.now)
    assert completion.revision_id == facts.revision_id == live.revision_id
    assert certificate.completion_id == completion.id
    assert facts.printed_name == "Amira Osei-Bonsu"
    assert facts.title == "A good course"
    assert facts.outcomes == tuple(outcome.text for outcome in live.course.outcomes)
    assert (facts.started_on.isoformat(), facts.completed_on.isoformat()) == ("2026-11-20", "2026-11-23")
    assert facts.deed == "answered every part of its test correctly"
    assert facts.pass_rule == "Every question answered correctly, in three rounds at most."
    assert (facts.issuer, facts.contact) == ("Rung", "learning@example.org")
    assert facts.check_url == f"https://learning.example.org/check/{certificate.code}"
    assert (letter.recipient, letter.dedupe_key) == ("amira@example.org", f"certificate:{certificate.code}")
    assert letter.attachment == f"certificate:{certificate.code}"
    assert f"https://learning.example.org/certificates/{certificate.code}" in letter.text
    assert session.scalars(select(CertificatePdf)).all() == []


def test_a_round_that_does_not_pass_brings_nothing(session: Session, cast: Cast, clock: TestClock):
    code = sit(session, cast.amira, clock.now, miss=True)
    with writing(session):
        assert not hand_over(session, cast.amira, code, clock.now).passed
    assert counts(session) == [0, 0, 0]


def test_handing_in_again_changes_nothing(session: Session, cast: Cast, clock: TestClock):
    code = sit(session, cast.amira, clock.now)
    results = []
    for minute in range(3):
        with writing(session):
            results.append(hand_over(session, cast.amira, code, clock.now + timedelta(minutes=minute)))
    assert [result.first_time for result in results] == [True, False, False]
    assert all(result.passed for result in results)
    assert counts(session) == [1, 1, 1]


def test_what_fails_halfway_leaves_nothing(session: Session, cast: Cast, clock: TestClock):
    code = sit(session, cast.amira, clock.now)
    with pytest.raises(PowerCut), writing(session):
        _hand_over_and_fail(session, cast.amira, code, clock.now)
    assert counts(session) == [0, 0, 0]
    assert session.scalars(select(Grade)).all() == []
    with writing(session):
        assert hand_over(session, cast.amira, code, clock.now).first_time
    assert counts(session) == [1, 1, 1]


def test_a_loopback_address_gives_specimens(session: Session, cast: Cast, clock: TestClock):
    certificate = passed(session, cast.amira, clock.now, loopback=True)
    assert certificate.specimen
    assert Facts.from_json(certificate.facts).specimen


def test_the_day_is_that_of_the_sites_time_zone(session: Session, cast: Cast):
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London
    facts = Facts.from_json(passed(session, cast.amira, late).facts)
    assert facts.completed_on.isoformat() == "2026-07-01"
    assert facts.started_on.isoformat() == "2026-07-01"
    assert facts.completed_at == late


@pytest.mark.parametrize(
    ("policy", "deed", "rule"),
    [
        (
            {"kind": "one-sitting"},
            "answered every part of its test correctly",
            "Every question answered correctly, in one sitting.",
        ),
        (
            {"kind": "percentage", "percent": 50},
            "answered at least 50% of its test correctly",
            "At least 50% of the questions answered correctly, in one sitting.",
        ),
    ],
)
def test_the_certificate_tells_the_rule_that_was_applied(
    session: Session, cast: Cast, clock: TestClock, policy: dict[str, Any], deed: str, rule: str
):
    code = sit(session, cast.amira, clock.now, policy=policy)
    with writing(session):
        assert hand_over(session, cast.amira, code, clock.now).passed
    facts = Facts.from_json(session.scalars(select(Certificate)).one().facts)
    assert (facts.deed, facts.pass_rule) == (deed, rule)


def test_a_changed_course_and_a_new_name_change_no_certificate(
    session: Session, cast: Cast, clock: TestClock, settings: Settings
):
    before = passed(session, cast.amira, clock.now).facts
    files = dict(read_folders(settings.sources)["course", COURSE])
    path = f"content/{COURSE}/course.yml"
    files[path] = (
        files[path].replace(b"A good course", b"Another course").replace(b"minutes: 4", b"minutes: 5")
    )
    with writing(session):
        assert publish(session, "course", COURSE, files, by_id=None, now=clock.now)
        session.get_one(User, cast.amira.id).full_name = "Amira Jones"
    session.expire_all()
    assert Shelf().course(session, COURSE).course.title == "Another course"
    assert session.scalars(select(Certificate)).one().facts == before
    assert session.scalars(select(Completion.title)).one() == "A good course"


def test_the_pdf_is_made_after_the_pass_from_the_design_that_was_live(
    session: Session, cast: Cast, clock: TestClock
):
    certificate = passed(session, cast.amira, clock.now)
    code = certificate.code
    assert find_attachment(session, f"certificate:{code}") is None
    make_pending(session, design_at, SIGNING.seal, clock.now)
    pdf = stored_pdf(session, code=code)
    enclosed = find_attachment(session, f"certificate:{code}")
    assert pdf is not None
    assert enclosed is not None
    assert enclosed.content == pdf.body
    assert "Amira Osei-Bonsu" in words_of(pdf.body)
    assert "completed A good course and answered every part of its test correctly." in words_of(pdf.body)


def test_a_design_that_cannot_be_drawn_costs_nobody_the_pass(session: Session, cast: Cast, clock: TestClock):
    certificate = passed(session, cast.amira, clock.now)
    code = certificate.code

    def broken(_session: Session, _revision_id: int) -> Any:
        raise ValueError("the logo is gone")

    assert make_pending(session, broken, SIGNING.seal, clock.now) == 0
    assert counts(session) == [1, 1, 1]
    assert find_attachment(session, f"certificate:{code}") is None
    assert make_pending(session, design_at, SIGNING.seal, clock.now) == 1


def test_an_address_that_no_letter_can_go_to_costs_nobody_the_pass(
    session: Session, cast: Cast, clock: TestClock
):
    with writing(session):
        session.get_one(User, cast.amira.id).email = "amira@example.org, everybody@example.org"
    assert passed(session, cast.amira, clock.now)
    assert counts(session) == [1, 1, 0]


def test_somebody_elses_attempt_cannot_be_handed_in(session: Session, cast: Cast, clock: TestClock):
    code = sit(session, cast.amira, clock.now)
    with pytest.raises(Exception, match="no such test"), writing(session):
        hand_over(session, cast.ben, code, clock.now)
    assert counts(session) == [0, 0, 0]


def test_handing_in_from_many_tabs_at_once_awards_once(session: Session, cast: Cast, clock: TestClock):
    code = sit(session, cast.amira, clock.now)
    results = at_once(8, session, lambda own: hand_over(own, cast.amira, code, clock.now))
    assert sum(result.first_time for result in results) == 1
    assert all(result.passed for result in results)
    assert counts(session) == [1, 1, 1]


@pytest.mark.slow
def test_fifty_times_twenty_identical_hand_ins_award_once_each(
    session: Session, cast: Cast, clock: TestClock
):
    with writing(session):
        people = [_person(session, f"Person{number} Lee", None, clock.now) for number in range(50)]
    with two_processes_of_tabs(session, tabs=10) as processes:
        for number, person in enumerate(people, 1):
            code = sit(session, person, clock.now)
            session.rollback()
            for process in processes:
                process.stdin.write(f"{person.id} {code}\n")
                process.stdin.flush()
            assert sum(int(process.stdout.readline()) for process in processes) == 1
            assert counts(session) == [number, number, number]


@contextmanager
def two_processes_of_tabs(session: Session, tabs: int) -> Iterator[list[Any]]:
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.learning.racing", url, str(tabs)]
    with ExitStack() as running:
        yield [running.enter_context(Popen(command, stdin=PIPE, stdout=PIPE, text=True)) for _ in range(2)]


class PowerCut(Exception):
    pass


def _hand_over_and_fail(session: Session, person: User, code: str, now: datetime) -> None:
    hand_over(session, person, code, now)
    raise PowerCut


def design_at(session: Session, revision_id: int) -> Any:
    design, problems = read_design(Shelf().design_at(session, revision_id))
    assert not problems
    return design


def at_once(tabs: int, session: Session, act: Callable[[Session], RoundResult]) -> list[RoundResult]:
    """The same act from so many sessions of their own, let go at the same moment."""
    session.rollback()
    gate = Barrier(tabs)

    def one(_number: int) -> RoundResult:
        with Session(session.get_bind(), expire_on_commit=False) as own:
            gate.wait()
            with writing(own):
                return act(own)

    with ThreadPoolExecutor(tabs) as threads:
        return list(threads.map(one, range(tabs)))
