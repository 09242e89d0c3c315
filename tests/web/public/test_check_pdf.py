"""A PDF that is dropped on a check page: what is said of it, and that nothing of it is kept."""

import logging
from datetime import UTC, datetime
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.dropped import LARGEST
from app.certification.facts import Facts
from app.certification.holding import stored_pdf
from app.certification.revoking import revoke
from app.certification.signing import sign
from app.certification.tables import Certificate
from app.kernel.codes import grouped, new_code
from app.kernel.db import Base, writing
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, erase, make_all
from tests.certification.keys import SIGNING, seal_of
from tests.certification.test_dropped import flipped, small_pdf
from tests.page import Page

NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)
NAME = "Amira Osei-Bonsu"
CHANGED = "This PDF has been changed"
OURS = "This PDF is exactly the one that we issued."
NOT_OURS = "This is not a PDF that we issued"


@pytest.fixture
def certificate(session: Session, cast: Cast) -> Certificate:
    return award_to(session, cast.amira)


@pytest.fixture
def body(session: Session, certificate: Certificate) -> bytes:
    """The PDF as it was issued."""
    make_all(session)
    pdf = stored_pdf(session, code=certificate.code)
    assert pdf is not None
    return pdf.body


def drop(page: Page, body: bytes, on: str = "", *, status: int = 200, name: str = "certificate.pdf") -> str:
    """What the page says of a file, without white space; `on` is the code whose page it is dropped on."""
    address = f"/check/{on}/pdf" if on else "/check"
    page.post(address, files={"pdf": (BytesIO(body), name)}, status=status)
    return page.text()


@pytest.mark.parametrize("with_code", [False, True])
def test_an_untouched_pdf_leads_to_the_certificate_with_all_its_facts(
    page: Page, certificate: Certificate, body: bytes, with_code: bool
):
    text = drop(page, body, certificate.code if with_code else "")
    assert "This certificate is valid" in text
    assert OURS in text
    assert Facts.from_json(certificate.facts).title in text
    assert grouped(certificate.code) in text
    assert NAME not in text


def test_an_untouched_pdf_of_a_withdrawn_certificate_is_told_as_withdrawn(
    page: Page, session: Session, certificate: Certificate, body: bytes
):
    with writing(session):
        revoke(session, certificate.code, reason="awarded-in-error", by_id=None, now=PASSED_AT)
    text = drop(page, body)
    assert "This certificate has been withdrawn" in text
    assert "We withdrew it on 22 November 2026. It was awarded in error." in text
    assert "valid" not in text.partition("Completed")[0]


def test_the_hash_outlives_the_bytes_of_somebody_erased(
    page: Page, session: Session, certificate: Certificate, body: bytes
):
    erase(session, certificate)
    text = drop(page, body)
    assert OURS in text
    assert "no longer know to whom" in text


@pytest.mark.parametrize("end", [b"\n", b"\0"])
def test_one_byte_more_is_told_with_what_was_issued(
    page: Page, certificate: Certificate, body: bytes, end: bytes
):
    text = drop(page, body + end)
    assert page.elements("h1")[0].text == CHANGED
    assert "This certificate is valid. We issued it, and it stands." in text
    assert Facts.from_json(certificate.facts).title in text
    assert OURS not in text


@pytest.mark.parametrize("place", [0, 9, 1000, 20_000, -1])
def test_one_byte_flipped_is_never_called_untouched(page: Page, body: bytes, place: int):
    drop(page, flipped(body, place % len(body)))
    assert page.elements("h1")[0].text in {CHANGED, NOT_OURS}


def test_the_pdf_of_another_certificate_is_told_apart(
    page: Page, session: Session, cast: Cast, certificate: Certificate, body: bytes
):
    other = award_to(session, cast.ben, title="Another course")
    text = drop(page, body, other.code)
    assert "but of another one" in text
    assert page.links()["the certificate that you were looking at"] == f"/check/{other.code}"
    assert Facts.from_json(certificate.facts).title in text


@pytest.mark.parametrize("on", ["", "known", "unknown", "nonsense"])
def test_what_is_not_ours_is_told_so(page: Page, certificate: Certificate, body: bytes, on: str):
    code = {"known": certificate.code, "unknown": new_code()}.get(on, on)
    forged = sign(small_pdf(), seal_of("theirs"), NOW, f"Certificate {grouped(certificate.code)}")
    for file in (forged, small_pdf()):
        drop(page, file, code)
        assert page.elements("h1")[0].text == NOT_OURS
    back = f"/check/{certificate.code}" if on == "known" else None
    assert page.links().get("Back to the certificate that you were looking at") == back


def test_what_we_signed_and_is_no_certificate_is_told_as_that(page: Page, session: Session):
    record = sign(small_pdf(), SIGNING.seal(session, NOW), NOW, "Record of CPD")
    assert "We signed this PDF, and it is unchanged" in drop(page, record)


@pytest.mark.parametrize("with_code", [False, True])
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "Choose the PDF that you want to check."),
        (b"PK\x03\x04 a letter", "This is not a PDF."),
    ],
)
def test_what_cannot_be_checked_is_told_at_the_form(
    page: Page, certificate: Certificate, with_code: bool, sent: bytes, said: str
):
    text = drop(page, sent, certificate.code if with_code else "", status=422)
    assert text.count(said) == 2
    assert page.elements("title")[0].text.startswith("Error: ")
    assert page.elements("h1")[0].text == (
        "This certificate is valid" if with_code else "Check a certificate"
    )


def test_a_file_as_large_as_may_be_is_looked_at_and_one_that_fills_the_line_is_turned_away(page: Page):
    for size, status in ((LARGEST, 200), (LARGEST + 1, 422), (7_000_000, 413)):
        head = b'--x\r\nContent-Disposition: form-data; name="pdf"; filename="a.pdf"\r\n\r\n'
        sent = BytesIO(head + b"%PDF-1.7".ljust(size, b"\0") + b"\r\n--x--\r\n")
        options = {"input_stream": sent, "content_type": "multipart/form-data; boundary=x"}
        response = page.client.post("/check", **options)
        assert response.status_code == status
        assert (NOT_OURS in response.text) is (status == 200)
        assert response.text.count("This file is larger than 2 MB.") == (2 if status == 422 else 0)


def test_nothing_of_a_dropped_file_is_kept(
    page: Page,
    session: Session,
    certificate: Certificate,
    body: bytes,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
):
    before = {table.name: session.execute(select(table)).all() for table in Base.metadata.sorted_tables}
    with caplog.at_level(logging.DEBUG):
        response = page.client.post("/check", data={"pdf": (BytesIO(body), "Amira-private.pdf")})
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    session.rollback()
    after = {table.name: session.execute(select(table)).all() for table in Base.metadata.sorted_tables}
    assert after == before
    printed = capsys.readouterr()
    assert "Amira-private" not in caplog.text + printed.out + printed.err + response.text


def test_the_answers_address_leads_back_to_the_certificate(page: Page, certificate: Certificate):
    response = page.get(f"/check/{certificate.code}/pdf", status=303)
    assert response.headers["Location"] == f"/check/{certificate.code}"
