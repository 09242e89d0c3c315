"""What a holder sees of a certificate that expires, and of a new edition; and taking the test again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate
from app.kernel.db import writing
from app.learning.tables import Completion
from app.library.folders import read_folders
from app.library.publishing import publish
from app.settings import Settings
from tests.conftest import TestClock
from tests.page import Page
from tests.web.learner.taking import COURSE, TEST, Taking

Publish = Callable[[str], None]
VALID = "Your certificate is valid until 23 November 2027."
EXPIRED = "Your certificate expired on 23 November 2027."


@pytest.fixture
def publishes(session: Session, settings: Settings, clock: TestClock) -> Publish:
    def change(lines: str) -> None:
        files = dict(read_folders(settings.sources)["course", COURSE])
        path = f"content/{COURSE}/course.yml"
        files[path] = files[path].replace(b"edition: 1", lines.encode())
        with writing(session):
            assert publish(session, "course", COURSE, files, by_id=None, now=clock.now)

    return change


@pytest.fixture
def passed(taker: Taking, publishes: Publish) -> Taking:
    """Amira holds a certificate for a year, from 23 November 2026."""
    publishes("edition: 1\nvalid_for: 12")
    taker.start().answer().hand_in()
    return taker


def certificates(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Certificate.code).order_by(Certificate.id)))


def says(page: Page, address: str, *sentences: str) -> None:
    page.get(address)
    for sentence in sentences:
        assert sentence in page.text(), address


def test_the_course_page_says_how_long_its_certificate_is_valid(taker: Taking, publishes: Publish) -> None:
    for months, told in ((1, "1 month"), (6, "6 months"), (12, "1 year"), (18, "18 months"), (36, "3 years")):
        publishes(f"edition: 1\nvalid_for: {months}")
        taker.page.get(f"/courses/{COURSE}")
        assert f"Certificate valid for{told}" in taker.page.text().replace("for ", "for")


def test_nothing_is_said_until_it_can_be_renewed(passed: Taking, session: Session, clock: TestClock) -> None:
    clock.move(timedelta(days=304))  # the day before
    [code] = certificates(session)
    for address in (f"/courses/{COURSE}", TEST, f"/certificates/{code}"):
        passed.page.get(address)
        assert "valid until" not in passed.page.text()
    assert "You have passed this test." in (passed.page.get(TEST) and passed.page.text())


@pytest.mark.parametrize(("days", "told"), [(305, VALID), (365, VALID), (366, EXPIRED)])
def test_it_is_renewed_by_the_test_from_sixty_days_before(
    passed: Taking, session: Session, clock: TestClock, days: int, told: str
) -> None:
    clock.move(timedelta(days=days))
    [first] = certificates(session)
    for address in (f"/courses/{COURSE}", TEST, f"/certificates/{first}"):
        says(passed.page, address, told)
    says(passed.page, "/my-cpd", f"A good course: {told[0].lower()}{told[1:]}")
    says(passed.page, f"/courses/{COURSE}/completion", "Passed. It is open again to renew.")
    passed.start().answer().hand_in()
    [_, second] = certificates(session)
    session.rollback()
    assert list(session.scalars(select(Completion.cycle).order_by(Completion.id))) == [1, 2]
    says(passed.page, TEST, "You have passed this test.")
    for code in (first, second):
        passed.page.get(f"/certificates/{code}")
        assert "take the test again" not in passed.page.text()
    passed.page.get("/my-cpd")
    assert "Worth a look" not in passed.page.text()


def test_a_renewal_that_fails_leaves_the_certificate_and_opens_again(
    passed: Taking, session: Session, clock: TestClock
) -> None:
    clock.move(timedelta(days=320))
    passed.start().miss("hear")
    says(passed.page, TEST, "Your test is open")
    assert len(certificates(session)) == 1
    passed.page.get(f"/certificates/{certificates(session)[0]}")


def test_who_holds_an_older_edition_is_told_of_the_new_one_and_earns_its_certificate(
    passed: Taking, session: Session, clock: TestClock, publishes: Publish
) -> None:
    publishes("edition: 2")
    clock.move(timedelta(days=1))
    told = "There is a new edition of this course, edition 2. Your certificate for edition 1 stays as it is"
    for address in (f"/courses/{COURSE}", TEST):
        says(passed.page, address, told)
    says(passed.page, "/my-cpd", "A good course: there is a new edition of this course, edition 2.")
    passed.start().answer().hand_in()
    assert len(certificates(session)) == 2
    for address in (f"/courses/{COURSE}", TEST, "/my-cpd"):
        passed.page.get(address)
        assert "new edition" not in passed.page.text()
