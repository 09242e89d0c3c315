"""The files of an entry as they are sent and served: downloads for their owner, and nothing that runs."""

import re
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.learning.cpd_tables import Evidence
from app.learning.evidence_files import LARGEST
from app.web.shared.large_requests import EVIDENCE
from tests.attacks.evidence import KEPT, NAMES, REFUSED
from tests.cast import Cast
from tests.learning.keeping import PDF, add
from tests.page import Page
from tests.web.studio.sending import post


@pytest.fixture
def entry(page: Page, cast: Cast, session: Session) -> str:
    """Amira, signed in, and an entry of hers."""
    page.sign_in(cast.amira)
    return f"/my-cpd/entries/{add(session, cast.amira)}"


def send(page: Page, entry: str, body: bytes, name: str = "notes.pdf", *, status: int = 303) -> Any:
    return post(page, f"{entry}/evidence", {"file": (BytesIO(body), name)}, status)


def files(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Evidence)) or 0


def test_a_file_is_added_saved_and_removed(page: Page, session: Session, entry: str) -> None:
    page.get(entry)
    page.get(page.links()["Add a file"])
    page.follow(send(page, entry, PDF, "The programme.pdf"))
    assert "The file has been kept." in page.text()
    assert "The-programme.pdf 1 KB" in page.text()
    response = page.get(page.links()["The-programme.pdf"])
    assert response.data == PDF
    page.get(entry)
    there = page.links()["Remove The-programme.pdf"]
    page.get(there)
    assert "The-programme.pdf is deleted. This cannot be undone." in page.text()
    page.follow(page.post(there))
    assert "The file has been removed." in page.text()
    page.get(there, status=404)
    assert files(session) == 0


@pytest.mark.parametrize("what", KEPT)
def test_a_file_is_a_download_that_nothing_shows_keeps_or_runs(
    page: Page, session: Session, entry: str, what: str
) -> None:
    body, kind = KEPT[what]
    send(page, entry, body, "notes.html")
    file = session.scalars(select(Evidence.code)).one()
    response = page.get(f"{entry}/evidence/{file}")
    assert response.data == body
    assert response.headers["Content-Disposition"] == f"attachment; filename=notes.{kind}"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.mimetype not in {"text/html", "image/svg+xml", "text/xml"}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_evidence_is_refused_with_a_sentence(
    page: Page, session: Session, entry: str, what: str
) -> None:
    send(page, entry, REFUSED[what], status=422)
    assert page.text("error-summary").endswith(".")
    assert files(session) == 0


def test_a_hostile_name_never_becomes_a_path_or_a_header(page: Page, session: Session, entry: str) -> None:
    for name in NAMES:
        before = files(session)
        form = {"csrf_token": page.token(), "file": (BytesIO(PDF), name)}
        response = page._open("POST", f"{entry}/evidence", data=form)
        assert response.status_code in {303, 422}, name
        if response.status_code == 422:
            assert files(session) == before
            continue
        session.rollback()
        code, kept = session.execute(select(Evidence.code, Evidence.name)).one()
        assert re.fullmatch(r"[\w-]{1,90}\.pdf", kept), kept
        answer = page.get(f"{entry}/evidence/{code}")
        said = answer.headers["Content-Disposition"]
        assert said.startswith("attachment; filename")
        assert not re.search(r"[/\\\r\n<>]", said)
        assert "X-Evil" not in answer.headers
        page.post(f"{entry}/evidence/{code}/removal")


def test_nobody_else_reaches_a_file_by_any_address(
    page: Page, session: Session, cast: Cast, entry: str
) -> None:
    send(page, entry, PDF)
    file = session.scalars(select(Evidence.code)).one()
    bens = f"/my-cpd/entries/{add(session, cast.ben)}"
    mine = f"/my-cpd/entries/{add(session, cast.amira)}"
    page.get(f"{mine}/evidence/{file}", status=404)
    for person in (cast.ben, cast.ada, cast.malik):
        page.sign_in(person)
        for address in (f"{entry}/evidence/{file}", f"{bens}/evidence/{file}"):
            page.get(address, status=404)
            page.get(f"{address}/removal", status=404)
            page.post(f"{address}/removal", status=404)
    assert files(session) == 1


def test_a_sixth_file_is_refused(page: Page, session: Session, entry: str) -> None:
    for _ in range(5):
        send(page, entry, PDF)
    page.get(f"{entry}/evidence")
    assert "This entry holds five files, which is the most." in page.text()
    assert not any(one.get("type") == "file" for one in page.elements("input"))
    send(page, entry, PDF, status=422)
    assert "An entry holds 5 files at most. Remove one first." in page.text("error-summary")
    assert files(session) == 5


def test_a_large_file_is_refused_by_name_and_a_vast_one_before_it_is_read(
    page: Page, session: Session, entry: str
) -> None:
    send(page, entry, PDF + bytes(LARGEST), status=422)
    assert "5 MB is the most" in page.text("error-summary")
    send(page, entry, b"%PDF-" + bytes(EVIDENCE), status=413)
    assert files(session) == 0


def test_a_form_without_a_file_is_told_what_to_choose(page: Page, session: Session, entry: str) -> None:
    page.post(f"{entry}/evidence", {}, status=422)
    assert "Choose a PDF, a PNG or JPEG picture, or a Word document (DOCX)." in page.text("error-summary")
    page.post(f"{entry}/evidence", {"file": "notes.pdf"}, status=422)
    assert files(session) == 0
