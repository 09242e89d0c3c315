"""Taking one's record along: the page, and each file, of a year or of all."""

import json
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.certification.tagged import SIGNATURE
from tests.cast import Cast
from tests.learning.keeping import add
from tests.learning.test_cpd_exports import read
from tests.page import Page


@pytest.fixture
def amira(page: Page, session: Session, cast: Cast) -> Page:
    """Amira, signed in, with an entry in each of two years."""
    add(session, cast.amira, title="This year")
    add(session, cast.amira, title="Last year", done_on=date(2025, 5, 6))
    add(session, cast.ben, title="Ben's")
    return page.sign_in(cast.amira)


def test_the_page_offers_text_and_files_of_all_years_or_of_one(amira: Page) -> None:
    amira.get("/my-cpd/export")
    assert "Subject: This year" in amira.text()
    assert "Subject: Last year" in amira.text()
    amira.get("/my-cpd/export?year=2025")
    assert "Subject: Last year" in amira.text()
    assert "Subject: This year" not in amira.text()
    assert amira.links()["CSV"] == "/my-cpd/export/csv?year=2025"
    area = next(one for one in amira.elements("textarea"))
    assert "readonly" in area.attrib


@pytest.mark.parametrize(("kind", "media_type"), [("csv", "text/csv"), ("json", "application/json")])
def test_a_file_is_a_download_of_the_chosen_year(amira: Page, kind: str, media_type: str) -> None:
    response = amira.get(f"/my-cpd/export/{kind}?year=2025")
    assert response.mimetype == media_type
    assert response.headers["Content-Disposition"] == f"attachment; filename=cpd-record-2025.{kind}"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Last year" in response.text
    assert "This year" not in response.text
    both = amira.get(f"/my-cpd/export/{kind}").text
    assert "Last year" in both
    assert "This year" in both
    assert "Ben" not in both


def test_the_pdf_is_made_on_request_and_signed(amira: Page) -> None:
    response = amira.post("/my-cpd/export/pdf", {"year": "2026"}, status=200)
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename=cpd-record-2026.pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    said = read(response.data)
    assert "This year" in said
    assert "Last year" not in said
    assert SIGNATURE.encode() in response.data
    assert b"/ByteRange" in response.data
    assert b"ETSI.CAdES.detached" in response.data


@pytest.mark.parametrize("year", ["2024", "", "x", "2026 OR 1=1", "9" * 400])
def test_a_year_without_entries_has_no_export(amira: Page, year: str) -> None:
    amira.get(f"/my-cpd/export?year={year}", status=404)
    amira.get(f"/my-cpd/export/csv?year={year}", status=404)
    amira.post("/my-cpd/export/pdf", {"year": year}, status=404)


def test_there_is_no_other_kind_of_file(amira: Page) -> None:
    for kind in ("pdf", "xml", "csv.exe", "%2e%2e"):
        amira.get(f"/my-cpd/export/{kind}", status=404)


def test_an_empty_record_can_be_exported(page: Page, cast: Cast) -> None:
    page.sign_in(cast.malik).get("/my-cpd/export")
    assert "There is nothing in your record yet." in page.text()
    assert json.loads(page.get("/my-cpd/export/json").text)["entries"] == []
