"""Replacing from the pages: what would change is said first, and is what then happens."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.certification.burying import bury
from app.certification.facts import Facts
from app.certification.reissuing import ERASED
from app.certification.tables import Certificate, NameRequest
from app.kernel.db import writing
from app.library.folders import read_folders
from app.library.publishing import publish
from app.mail.tables import Letter
from app.settings import Settings
from tests.cast import Cast
from tests.certification.awards import award_to
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.page import Page

COURSE = "good-course"


@pytest.fixture
def code(app: Flask, session: Session, clock: TestClock, cast: Cast) -> str:
    """Amira has passed the good course."""
    return Learner(app, session, clock, cast.amira).all_the_way(COURSE).certificate


@pytest.fixture
def there(code: str) -> str:
    return f"/manage/certificates/{code}/replacement"


def correct(session: Session, settings: Settings, clock: TestClock, old: str, new: str) -> None:
    """A small change of course.yml goes live."""
    files = dict(read_folders(settings.sources)["course", COURSE])
    path = f"content/{COURSE}/course.yml"
    assert old.encode() in files[path]
    changed = files | {path: files[path].replace(old.encode(), new.encode())}
    with writing(session):
        assert publish(session, "course", COURSE, changed, by_id=None, now=clock.now)


def issues(session: Session) -> list[Facts]:
    session.rollback()
    return [
        Facts.from_json(each) for each in session.scalars(select(Certificate.facts).order_by(Certificate.id))
    ]


def hidden(page: Page) -> dict[str, str]:
    """What the form that shows the changes would send."""
    form = next(each for each in page.elements("form") if each.get("method") == "post" and each.get("action"))
    return {
        one.get("name") or "": one.get("value") or ""
        for one in form.iter("input")
        if one.get("name") in {"printed_name", "revision", "law"}
    }


def shown(page: Page) -> list[tuple[str, str, str]]:
    """Each fact that would change: its name, as it is, as it would be."""
    labels = ["".join(each.itertext()) for each in page.elements("h3")]
    told = ["".join(each.itertext()) for each in page.elements("dd")]
    return [(label, *told[2 * at : 2 * at + 2]) for at, label in enumerate(labels)]  # type: ignore[misc]


def test_a_name_is_looked_at_and_then_printed(
    page: Page, session: Session, cast: Cast, there: str, code: str
) -> None:
    ada = page.sign_in(cast.ada)
    ada.get(there)
    assert "Nothing that a certificate says has been corrected" in ada.text()
    ada.get(there, query_string={"printed_name": "  Amira   Bonsu "})
    assert shown(ada) == [("Name", "Amira Osei-Bonsu", "Amira Bonsu")]
    ada.follow(ada.post(there, hidden(ada)))
    old, new = issues(session)
    assert (new.printed_name, new.replaces, old.printed_name) == ("Amira Bonsu", code, "Amira Osei-Bonsu")
    assert "Replaced by a new issue" in ada.text()
    assert "By Ada Fenwick" in ada.text()
    ada.get(f"/manage/certificates/{code}")
    assert ada.links()["Go to the newest issue"] == f"/manage/certificates/{new.code}"
    ada.get(there, status=409)
    page.sign_in(cast.amira).get(f"/certificates/{code}")
    assert page.links()["Go to the newer certificate"] == f"/certificates/{new.code}"


@pytest.mark.parametrize("name", ["", "Amira Osei-Bonsu"])
def test_where_nothing_would_change_that_is_said(page: Page, cast: Cast, there: str, name: str) -> None:
    page.sign_in(cast.ada).get(there, query_string={"printed_name": name}, status=422)
    assert "Nothing would change." in page.text()
    page.post(there, {"printed_name": name, "revision": "", "law": ""}, status=409)


def test_a_name_that_cannot_be_printed_is_refused_with_the_reason(
    page: Page, session: Session, cast: Cast, there: str
) -> None:
    page.sign_in(cast.ada).get(there, query_string={"printed_name": "x" * 61}, status=422)
    assert "has room for 60 characters" in page.text()
    page.post(there, {"printed_name": "x" * 61, "revision": "", "law": ""}, status=403)
    assert len(issues(session)) == 1


def test_a_correction_of_the_course_says_exactly_what_changes(
    page: Page, session: Session, cast: Cast, settings: Settings, clock: TestClock, there: str
) -> None:
    correct(session, settings, clock, "title: A good course", "title: A better course")
    ada = page.sign_in(cast.ada)
    ada.get(there)
    assert shown(ada) == [("Course", "A good course", "A better course")]
    ada.get(there, query_string={"printed_name": "", "course": "y"})
    ada.follow(ada.post(there, hidden(ada)))
    old, new = issues(session)
    assert (old.title, new.title, new.edition) == ("A good course", "A better course", old.edition)
    assert new.printed_name == old.printed_name
    [letter] = session.scalars(select(Letter).filter_by(kind="certificate-replaced"))
    assert "- Course: now A better course, before A good course." in letter.text


def test_the_day_of_the_law_changes_only_where_it_is_said(
    page: Page, session: Session, cast: Cast, settings: Settings, clock: TestClock, there: str
) -> None:
    correct(session, settings, clock, "law_as_at: 2026-10-01", "law_as_at: 2026-11-01")
    ada = page.sign_in(cast.ada)
    ada.get(there, query_string={"printed_name": "", "course": "y"}, status=422)
    ada.get(there, query_string={"printed_name": "", "course": "y", "law": "y"})
    assert shown(ada) == [("Law as at", "1 October 2026", "1 November 2026")]
    ada.post(there, hidden(ada))
    assert [facts.law_as_at.isoformat() for facts in issues(session)] == ["2026-10-01", "2026-11-01"]


def test_a_course_that_is_corrected_again_meanwhile_is_looked_at_anew(
    page: Page, session: Session, cast: Cast, settings: Settings, clock: TestClock, there: str
) -> None:
    correct(session, settings, clock, "title: A good course", "title: A better course")
    ada = page.sign_in(cast.ada)
    ada.get(there, query_string={"printed_name": "", "course": "y"})
    seen = hidden(ada)
    correct(session, settings, clock, "title: A good course", "title: The best course")
    ada.post(there, seen, status=409)
    assert "corrected again since" in ada.text()
    assert len(issues(session)) == 1


def test_a_new_edition_corrects_no_certificate_of_the_old_one(
    page: Page, session: Session, cast: Cast, settings: Settings, clock: TestClock, there: str
) -> None:
    correct(session, settings, clock, "edition: 1", "edition: 2")
    page.sign_in(cast.ada).get(there)
    assert "Nothing that a certificate says has been corrected" in page.text()


def test_a_holder_asks_and_an_administrator_prints_the_name(
    page: Page, session: Session, cast: Cast, code: str
) -> None:
    page.sign_in(cast.amira).get(f"/certificates/{code}")
    ask = page.links()["My name is printed wrongly"]
    page.get(ask)
    page.post(ask, {"printed_name": "Amira Osei-Bonsu"}, status=422)
    assert "This is the name that is printed already." in page.text()
    page.post(ask, {"printed_name": ""}, status=422)
    page.follow(page.post(ask, {"printed_name": "Amira Bonsu"}))
    assert "You have asked us to print the name Amira Bonsu." in page.text()

    page.sign_in(cast.ada).get(f"/manage/certificates/{code}")
    page.get(page.links()["Decide about the name"])
    page.get(page.links()["Look at a new certificate with this name"])
    page.follow(page.post(f"/manage/certificates/{code}/replacement", hidden(page)))
    assert issues(session)[-1].printed_name == "Amira Bonsu"
    assert session.scalars(select(NameRequest)).one().granted
    page.get(f"/manage/certificates/{code}/name-request", status=404)
    page.sign_in(cast.amira).get(ask, status=409)


def test_a_name_is_kept_with_words_that_the_holder_reads(
    page: Page, session: Session, cast: Cast, code: str
) -> None:
    page.sign_in(cast.amira).post(f"/certificates/{code}/printed-name", {"printed_name": "Queen"})
    there = f"/manage/certificates/{code}/name-request"
    page.sign_in(cast.ada).get(there)
    page.post(there, {"answer": ""}, status=422)
    page.follow(page.post(there, {"answer": "This is not the name that we know you by."}))
    assert "Names that are asked for" not in page.text()
    page.get(f"/manage/certificates/{code}")
    assert "Another name asked for: Queen. By Amira Osei-Bonsu." in page.text()
    assert "The name was kept. The holder read: This is not the name that we know you by." in page.text()
    page.sign_in(cast.amira).get(f"/certificates/{code}")
    assert "My name is printed wrongly" in page.links()


def test_nobody_asks_about_anothers_certificate(page: Page, session: Session, cast: Cast) -> None:
    code = award_to(session, cast.amira).code
    page.sign_in(cast.ben).get(f"/certificates/{code}/printed-name", status=404)
    page.post(f"/certificates/{code}/printed-name", {"printed_name": "Ben"}, status=404)
    assert session.scalars(select(NameRequest)).all() == []


@pytest.mark.parametrize("specimen", [False, True])
def test_nobody_is_given_anew_what_an_erased_holder_had(
    page: Page, session: Session, cast: Cast, there: str, specimen: bool
) -> None:
    with writing(session):
        session.execute(update(Certificate).values(specimen=specimen))
        bury(session, select(Certificate.id))
    ada = page.sign_in(cast.ada)
    ada.get(there.removesuffix("/replacement"))
    assert "Replace it" not in ada.links()
    ada.get(there, status=409)
    assert ERASED in ada.text()
    ada.post(there, {"printed_name": "Somebody Else", "revision": "", "law": ""}, status=409)
    assert len(issues(session)) == 1
