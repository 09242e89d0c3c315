"""The check page: every fact but the name, in every state, for anybody, and nothing kept."""

import logging

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.holding import show_name
from app.certification.revoking import revoke
from app.certification.tables import Certificate
from app.certification.wording import on_screen, rows
from app.kernel.codes import grouped, new_code
from app.kernel.db import writing
from app.people.tables import User
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.page import Page

NAME = "Amira Osei-Bonsu"


@pytest.fixture
def certificate(session: Session, cast: Cast) -> Certificate:
    return award_to(session, cast.amira)


def test_a_valid_certificate_repeats_every_printed_fact_but_the_name(page: Page, certificate: Certificate):
    page.get(f"/check/{certificate.code}")
    told = Facts.from_json(certificate.facts)
    text = page.text()
    assert "This certificate is valid" in text
    for _, description in rows(told):
        assert " ".join(description.split()) in text
    sheet = on_screen(told)
    for words in (sheet.course, sheet.statement, sheet.time, sheet.time_note, sheet.note):
        assert words in text
    assert NAME not in text
    assert len(page.statements) <= 1


def test_the_name_stands_there_once_the_holder_allows_it(
    page: Page, session: Session, cast: Cast, certificate: Certificate
):
    with writing(session):
        show_name(session, person_id=cast.amira.id, code=certificate.code, shown=True)
    page.get(f"/check/{certificate.code}")
    assert NAME in page.text()
    assert "Whose is it?" not in page.text()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (NAME, "Yes, this is the name"),
        ("amira  OSEI-bonsu ", "Yes, this is the name"),
        ("Amira Osei Bonsu", "No, this is not the name"),
        ("Ben Whitlock", "No, this is not the name"),
        ("<b>Amira</b>", "No, this is not the name"),
        ("A" * 5000, "No, this is not the name"),
    ],
)
def test_a_checker_types_the_name_and_hears_whether_it_matches(
    page: Page, certificate: Certificate, typed: str, answer: str
):
    page.post(f"/check/{certificate.code}", {"name": typed}, status=200)
    text = page.text()
    assert answer in text
    if "No" in answer:
        assert NAME not in text


def test_comparing_a_name_needs_no_cookie_and_keeps_nothing(
    page: Page,
    session: Session,
    certificate: Certificate,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
):
    people = session.scalar(select(func.count()).select_from(User))
    with caplog.at_level(logging.DEBUG):
        response = page.client.post(f"/check/{certificate.code}", data={"name": "Somebody Particular"})
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "private, no-store"
    printed = capsys.readouterr()
    assert "Somebody Particular" not in caplog.text + printed.out + printed.err
    assert session.scalar(select(func.count()).select_from(User)) == people


@pytest.mark.parametrize("typed", ["", "  ", "\x00\u202e"])
def test_an_empty_name_is_asked_for_again(page: Page, certificate: Certificate, typed: str):
    page.post(f"/check/{certificate.code}", {"name": typed}, status=422)
    assert page.text().count("Enter the name that is printed on the certificate.") == 2
    assert page.elements("title")[0].text.startswith("Error: ")


def test_a_withdrawn_certificate_says_so_with_day_and_reason(
    page: Page, session: Session, certificate: Certificate
):
    with writing(session):
        revoke(session, certificate.code, reason="awarded-in-error", by_id=None, now=PASSED_AT)
    page.get(f"/check/{certificate.code}")
    assert "This certificate has been withdrawn" in page.text()
    assert "We withdrew it on 22 November 2026. It was awarded in error." in page.text()
    assert "is valid" not in page.text()


def test_a_specimen_is_not_called_valid(page: Page, session: Session, cast: Cast):
    page.get(f"/check/{award_to(session, cast.ben, specimen=True).code}")
    assert "This is a specimen" in page.text()
    assert "is valid" not in page.text()


@pytest.mark.parametrize("typed", ["0" * 26, "hello", "A" * 300, "%00", "<script>"])
def test_an_unknown_code_looks_the_same_whether_or_not_it_could_be_one(
    page: Page, certificate: Certificate, typed: str
):
    page.get(f"/check/{typed}", status=404)
    assert "We know no certificate with this code" in page.text()
    page.post(f"/check/{typed}", {"name": NAME}, status=404)
    assert "matches" not in page.text()


def test_a_code_is_found_however_it_is_typed(page: Page, certificate: Certificate):
    typed = grouped(certificate.code).lower().replace("0", "o")
    response = page.get("/check", query_string={"code": typed}, status=303)
    assert response.headers["Location"] == f"/check/{certificate.code}"
    response = page.get(f"/check/{certificate.code.lower()}", status=303)
    assert response.headers["Location"] == f"/check/{certificate.code}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the code"),
        ("7K4M Q2XD", "This is not a certificate's code"),
        ("\x00", "Enter the code"),
    ],
)
def test_what_cannot_be_a_code_is_told_apart_at_the_form(page: Page, typed: str, said: str):
    page.get("/check", query_string={"code": typed}, status=422)
    assert page.text().count(said) == 2


def test_the_pages_are_kept_from_search_engines_and_set_no_cookie(page: Page, certificate: Certificate):
    for address in ("/check", f"/check/{certificate.code}"):
        response = page.get(address)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" in response.headers["Vary"]
        assert any(meta.get("name") == "robots" for meta in page.elements("meta"))


def test_a_page_with_somebodys_cookie_is_not_shared(page: Page, cast: Cast, certificate: Certificate):
    response = page.sign_in(cast.ben).get(f"/check/{certificate.code}")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "public" not in page.get(f"/check/{new_code()}", status=404).headers["Cache-Control"]
