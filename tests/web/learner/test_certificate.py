"""The holder's page and download. To Ben, Amira's certificate looks like none at all."""

import hashlib

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.revoking import revoke
from app.certification.tables import Certificate, CertificatePdf
from app.certification.wording import rows
from app.kernel.codes import new_code
from app.kernel.db import writing
from app.people.tables import User
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, make_all
from tests.page import Page


@pytest.fixture
def code(session: Session, cast: Cast) -> str:
    return award_to(session, cast.amira).code


def test_the_page_shows_every_fact_with_the_name_as_its_heading(
    page: Page, session: Session, cast: Cast, code: str
):
    page.sign_in(cast.amira).get(f"/certificates/{code}")
    assert page.elements("h1")[0].text == "Amira Osei-Bonsu"
    certificate = session.scalars(select(Certificate)).one()
    for _, description in rows(Facts.from_json(certificate.facts)):
        assert " ".join(description.split()) in page.text()
    assert "30 CPD minutes (0.5 hours), assessed e-learning" in page.text()
    assert "This is not a Level 4 or 5 qualification" in page.text()
    assert len(page.statements) <= 3


def test_until_the_pdf_is_made_the_page_says_so_and_offers_to_look_again(page: Page, cast: Cast, code: str):
    page.sign_in(cast.amira).get(f"/certificates/{code}")
    assert "The PDF is being made" in page.text()
    assert page.links()["Look again"] == f"/certificates/{code}"
    assert "Download the PDF" not in page.links()
    assert "is signed" not in page.text()
    response = page.get(f"/certificates/{code}.pdf", status=303)
    assert response.headers["Location"] == f"/certificates/{code}"


def test_the_download_is_the_stored_bytes(page: Page, session: Session, cast: Cast, code: str):
    make_all(session)
    page.sign_in(cast.amira).get(f"/certificates/{code}")
    assert "The PDF is signed, so that nobody can change it unnoticed." in page.text()
    assert page.links()["check it"] == "/check"
    response = page.get(page.links()["Download the PDF"])
    assert response.mimetype == "application/pdf"
    assert (
        response.headers["Content-Disposition"]
        == 'attachment; filename="certificate-co-production-2026-11-22.pdf"'
    )
    assert response.headers["Cache-Control"] == "private, no-store"
    stored = session.scalars(select(CertificatePdf)).one()
    assert response.data == stored.body
    assert hashlib.sha256(response.data).hexdigest() == stored.hash


def test_the_holder_shows_and_hides_the_name(page: Page, cast: Cast, code: str):
    page.sign_in(cast.amira)
    page.follow(page.post(f"/certificates/{code}/name", {"shown": "yes"}))
    assert "Anybody who has the code sees your name" in page.text()
    page.follow(page.post(f"/certificates/{code}/name", {"shown": "no"}))
    assert "The check page does not show your name." in page.text()


@pytest.mark.parametrize("shown", ["", "maybe", "1"])
def test_a_choice_that_is_none_changes_nothing(
    page: Page, session: Session, cast: Cast, code: str, shown: str
):
    page.sign_in(cast.amira).post(f"/certificates/{code}/name", {"shown": shown}, status=400)
    assert session.scalars(select(Certificate.name_shown)).one() is False


def test_showing_the_name_needs_a_token(page: Page, session: Session, cast: Cast, code: str):
    page.sign_in(cast.amira).post(
        f"/certificates/{code}/name", {"shown": "yes", "csrf_token": ""}, status=400
    )
    assert session.scalars(select(Certificate.name_shown)).one() is False


@pytest.mark.parametrize("who", ["ben", "edda", "malik", "ada"])
def test_nobody_else_reaches_it(page: Page, session: Session, cast: Cast, code: str, who: str):
    make_all(session)
    page.sign_in(getattr(cast, who))
    strangers = [
        page.get(f"/certificates/{code}", status=404).text,
        page.get(f"/certificates/{code}.pdf", status=404).text,
    ]
    page.post(f"/certificates/{code}/name", {"shown": "yes"}, status=404)
    assert session.scalars(select(Certificate.name_shown)).one() is False
    ghost = new_code()
    ghosts = [
        page.get(f"/certificates/{ghost}", status=404).text,
        page.get(f"/certificates/{ghost}.pdf", status=404).text,
    ]
    assert [text.replace(code, "") for text in strangers] == [text.replace(ghost, "") for text in ghosts]


def test_a_guest_is_asked_to_sign_in(page: Page, code: str):
    for address in (f"/certificates/{code}", f"/certificates/{code}.pdf"):
        assert page.get(address, status=303).headers["Location"].startswith("/sign-in")


def test_a_withdrawn_certificate_says_so_to_its_holder(page: Page, session: Session, cast: Cast, code: str):
    with writing(session):
        revoke(session, code, reason="other", by_id=None, now=PASSED_AT)
    page.sign_in(cast.amira).get(f"/certificates/{code}")
    assert "This certificate has been withdrawn." in page.text()


def test_a_new_name_on_the_account_changes_neither_page_nor_pdf(
    page: Page, session: Session, cast: Cast, code: str
):
    make_all(session)
    before = page.sign_in(cast.amira).get(f"/certificates/{code}.pdf").data
    with writing(session):
        session.get_one(User, cast.amira.id).full_name = "Amira Jones"
    page.get(f"/certificates/{code}")
    assert page.elements("h1")[0].text == "Amira Osei-Bonsu"
    make_all(session)
    assert page.get(f"/certificates/{code}.pdf").data == before
