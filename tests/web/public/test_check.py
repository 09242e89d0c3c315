"""The check page: every fact but the name, in every state, for anybody, and nothing kept."""

import logging
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.holding import show_name, stored_pdf
from app.certification.revoking import reinstate, revoke
from app.certification.tables import Certificate
from app.certification.wording import on_screen, rows
from app.kernel.codes import grouped, new_code
from app.kernel.db import writing
from app.library.shelf import Shelf
from app.library.tables import Publication
from app.people.tables import User
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, erase, make_all, replace_it
from tests.conftest import TestClock
from tests.page import Page

NAME = "Amira Osei-Bonsu"


class Gone:
    """What is not there any more: whoever asks it for anything fails."""


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
        ("Amira Osei Bonsu", "Yes, this is the name"),
        ("Ámira Oseï–Bonsu", "Yes, this is the name"),
        ("Amira Osei", "No, this is not the name"),
        ("-", "No, this is not the name"),
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


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_malformed_and_an_unknown_code_get_one_answer_by_the_same_statements(
    page: Page, certificate: Certificate, accept: str
):
    statements = set()
    for deed in (page.get, page.post):
        answers = set()
        for typed in ("0" * 26, "z" * 26, "hello", "A" * 300, "%00", "0000 0000"):
            text = deed(f"/check/{typed}", status=404, headers={"Accept": accept}).text
            answers.add(re.sub('name="return" value="[^"]*"', "", text))
            statements.add(tuple(page.statements))
        assert len(answers) == 1
    assert len(statements) == 1
    assert len(statements.pop()) == 1


def test_an_expired_certificate_says_until_when(page: Page, session: Session, cast: Cast, clock: TestClock):
    code = award_to(session, cast.amira, expires_on=date(2026, 11, 23)).code
    page.get(f"/check/{code}")
    assert "This certificate is valid" in page.text()
    assert "It is valid until 23 November 2026." in page.text()
    clock.now = datetime(2026, 11, 24, 0, 1, tzinfo=UTC)
    page.get(f"/check/{code}")
    assert "This certificate has expired" in page.text()
    assert "It was valid until 23 November 2026, and is not any more." in page.text()


def test_a_replaced_certificate_says_when_and_leads_nowhere(
    page: Page, session: Session, cast: Cast, certificate: Certificate
):
    newer = replace_it(session, certificate)
    page.get(f"/check/{certificate.code}")
    assert "This certificate has been replaced" in page.text()
    assert "on 22 November 2026 issued a newer one in its place" in page.text()
    assert newer not in page.get(f"/check/{certificate.code}").text
    page.get(f"/check/{newer}")
    assert "This certificate is valid" in page.text()


def test_a_reinstated_certificate_is_valid_with_a_line(
    page: Page, session: Session, certificate: Certificate
):
    for change, reason in ((revoke, "other"), (reinstate, "looked-at-again")):
        with writing(session):
            change(session, certificate.code, reason=reason, by_id=None, now=PASSED_AT)
    page.get(f"/check/{certificate.code}")
    assert "This certificate is valid" in page.text()
    assert "It had been withdrawn, and has stood again since 22 November 2026." in page.text()


def test_an_erased_holders_certificate_still_says_what_it_was_for(
    page: Page, session: Session, certificate: Certificate
):
    erase(session, certificate)
    page.get(f"/check/{certificate.code}")
    assert "We issued this certificate, and no longer know to whom" in page.text()
    assert Facts.from_json(certificate.facts).title in page.text()
    assert "Whose is it?" not in page.text()
    page.post(f"/check/{certificate.code}", {"name": ""}, status=200)
    assert "this is the name" not in page.text()


def test_a_withdrawn_certificate_of_somebody_erased_says_both(
    page: Page, session: Session, certificate: Certificate
):
    with writing(session):
        revoke(session, certificate.code, reason="other", by_id=None, now=PASSED_AT)
    erase(session, certificate)
    page.get(f"/check/{certificate.code}")
    assert "This certificate has been withdrawn" in page.text()
    assert "Its holder's name has since been erased" in page.text()
    assert "Whose is it?" not in page.text()


def test_a_membership_stands_there_only_with_the_name(page: Page, session: Session, cast: Cast):
    code = award_to(session, cast.amira, membership="Institute of Housing, 1234567").code
    for accept in ("text/html", "application/json"):
        assert "1234567" not in page.get(f"/check/{code}", headers={"Accept": accept}).text
    with writing(session):
        show_name(session, person_id=cast.amira.id, code=code, shown=True)
    told = page.get(f"/check/{code}", headers={"Accept": "application/json"}).json
    assert told["certificate"]["membership"] == "Institute of Housing, 1234567"
    page.get(f"/check/{code}")
    assert "Institute of Housing, 1234567" in page.text()


def test_the_page_stands_when_course_worker_and_files_are_gone(
    page: Page, session: Session, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    """Its words come of the certificate's own row: no source is live, and no loop runs."""
    running = page.app.extensions["rung"]
    monkeypatch.setitem(page.app.extensions, "rung", replace(running, shelf=Shelf(), loop=Gone()))
    make_all(session)
    pdf = stored_pdf(session, code=certificate.code)
    assert pdf is not None
    with writing(session):
        session.execute(delete(Publication))
    page.get(f"/check/{certificate.code}")
    assert "This certificate is valid" in page.text()
    page.post(f"/check/{certificate.code}", {"name": NAME}, status=200)
    page.post("/check", files={"pdf": (BytesIO(pdf.body), "mine.pdf")}, status=200)
    assert "This certificate is valid" in page.text()


def test_names_are_compared_ten_times_in_five_minutes_for_one_certificate(
    page: Page, certificate: Certificate
):
    for _ in range(10):
        page.post(f"/check/{certificate.code}", {"name": "Ben"}, status=200)
    typed = grouped(certificate.code).lower().replace(" ", "-")
    response = page.post(f"/check/{typed}", {"name": "Ben"}, status=429)
    assert "So that nobody finds out a name by trying many we stop for a little while" in page.text()
    assert "Try again in 5 minutes." in page.text()
    assert 0 < int(response.headers["Retry-After"]) <= 300
    page.get(f"/check/{certificate.code}")
    page.post(f"/check/{new_code()}", {"name": "Ben"}, status=404)


def test_all_questions_of_one_address_are_limited(page: Page):
    for number in range(300):
        assert page.client.post("/check", data={}).status_code == 422, number
    assert page.client.post("/check", data={}).status_code == 429
    assert page.client.post(f"/check/{new_code()}", data={}).status_code == 429
    assert page.client.get("/check").status_code == 200


def test_the_pages_are_kept_from_search_engines_and_set_no_cookie(page: Page, certificate: Certificate):
    for address in ("/check", f"/check/{certificate.code}"):
        response = page.get(address)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert {"Accept", "Cookie"} <= set(response.headers["Vary"].replace(",", " ").split())
        assert any(meta.get("name") == "robots" for meta in page.elements("meta"))


def test_a_page_with_somebodys_cookie_is_not_shared(page: Page, cast: Cast, certificate: Certificate):
    response = page.sign_in(cast.ben).get(f"/check/{certificate.code}")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "public" not in page.get(f"/check/{new_code()}", status=404).headers["Cache-Control"]
