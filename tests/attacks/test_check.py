"""The check page's forms, which need no token and no account: hostile names, codes, files and bodies."""

from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from app.certification.holding import stored_pdf
from app.certification.tables import Certificate
from tests.attacks.test_forms import HOSTILE, WROTE, forget_tries
from tests.cast import Cast
from tests.certification.awards import award_to, make_all
from tests.certification.test_dropped import bombs
from tests.page import Page

LARGE = 500_000  # bytes, from which the test's own client leaves a temporary file behind


@pytest.fixture
def certificate(session: Session, cast: Cast) -> Certificate:
    return award_to(session, cast.amira)


def test_a_hostile_name_is_compared_as_text_or_asked_for_again(page: Page, certificate: Certificate):
    for value in HOSTILE:
        forget_tries(page.app)
        response = page._open("POST", f"/check/{certificate.code}", data={"name": value})
        assert response.status_code in {200, 422}, value[:40]
        assert "Yes, this is the name" not in response.text
        harmless(page, response.text)


def test_a_hostile_code_is_an_unknown_one(page: Page, certificate: Certificate):
    for value in HOSTILE:
        typed = value.replace("/", "_").replace("\r", "").replace("\n", "")[:3000] or "x"
        for method in ("GET", "POST"):
            forget_tries(page.app)
            response = page._open(method, "/check/" + typed, data={"name": "x"} if method == "POST" else None)
            assert response.status_code in {404, 405}, (method, value[:40])
            harmless(page, response.text)
        response = page._open("GET", "/check", query_string={"code": value})
        assert response.status_code == 422, value[:40]
        harmless(page, response.text)


@pytest.mark.parametrize("name", sorted(bombs()))
def test_a_hostile_file_gets_a_plain_answer(page: Page, certificate: Certificate, name: str):
    body = bombs()[name]()[:LARGE]
    for address in ("/check", f"/check/{certificate.code}/pdf"):
        response = page._open("POST", address, data={"pdf": (BytesIO(body), "certificate.pdf")})
        assert response.status_code in {200, 422}
        assert "exactly the one that we issued" not in response.text
        harmless(page, response.text)


@pytest.mark.parametrize(
    "file_name",
    ["", "../../etc/passwd", "<script>evil()</script>.pdf", "a\r\nb.pdf", "x" * 5000, "\u202efdp.exe"],
)
def test_a_files_name_is_nothing_to_us(
    page: Page, session: Session, certificate: Certificate, file_name: str
):
    make_all(session)
    pdf = stored_pdf(session, code=certificate.code)
    assert pdf is not None
    assert pdf.body is not None
    response = page._open("POST", "/check", data={"pdf": (BytesIO(pdf.body), file_name)})
    assert response.status_code in {200, 422}
    harmless(page, response.text)


@pytest.mark.parametrize(
    "options",
    [
        {"data": {"pdf": "%PDF-1.7 as text"}},
        {"data": {"pdf": "", "other": "%PDF-1.7"}},
        {"json": {"pdf": "%PDF-1.7"}},
        {"data": b"%PDF-1.7", "content_type": "application/pdf"},
        {"data": b"--x\r\nnonsense", "content_type": "multipart/form-data; boundary=x"},
        {"data": b"", "content_type": "multipart/form-data"},
        {"data": b"\xff" * 1000, "content_type": "application/x-www-form-urlencoded"},
    ],
)
def test_only_a_file_in_a_form_is_a_file(page: Page, certificate: Certificate, options: dict[str, object]):
    for address in ("/check", f"/check/{certificate.code}/pdf"):
        assert page._open("POST", address, **options).status_code == 422
        harmless(page, "")


def test_a_name_from_another_site_learns_nothing_and_changes_nothing(page: Page, certificate: Certificate):
    """No token guards it, since it changes nothing; and another site cannot read the answer."""
    response = page._open(
        "POST",
        f"/check/{certificate.code}",
        data={"name": "Amira Osei-Bonsu"},
        headers={"Origin": "https://evil.example", "Referer": "https://evil.example/"},
    )
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Set-Cookie" not in response.headers
    harmless(page, response.text)


def harmless(page: Page, text: str) -> None:
    """Nothing was written, and nothing that was sent has become code."""
    assert not [one for one in page.statements if one.startswith(WROTE)]
    assert "<script>evil" not in text
    assert "onerror=evil()>" not in text
    assert "1337" not in text
