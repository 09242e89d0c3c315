"""The check page in the gallery: a certificate in every state that there is, and PDFs dropped on it."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.holding import stored_pdf
from app.certification.revoking import reinstate, revoke
from app.certification.tables import Certificate
from app.kernel.codes import new_code
from app.kernel.db import writing
from tests.walkthroughs.site import PATIENCE, Site

NOBODYS_CODE = "0123456789ABCDEFGHJKMNPQRS"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Codes of certificates in states that no journey of the gallery leads to."""

    expired: str
    replaced: str
    reinstated: str
    erased: str
    specimen: str


def make_checked(site: Site, session: Session, code: str) -> Checked:
    """Certificates like the one with this code. They are nobody's, so no page of a person shows them."""
    with writing(session):
        like = session.scalars(select(Certificate).where(Certificate.code == code)).one()
        today = site.clock().date()
        last = (today - timedelta(days=40)).isoformat()
        replaced = _copy(site, session, like, 11)
        _copy(site, session, like, 12, replaces_id=replaced.id)
        found = Checked(
            expired=_copy(site, session, like, 13, facts={"expires_on": last}).code,
            replaced=replaced.code,
            reinstated=_copy(site, session, like, 14).code,
            erased=_copy(site, session, like, 15, facts={"printed_name": ""}).code,
            specimen=_copy(site, session, like, 16, specimen=True).code,
        )
        for change in (revoke, reinstate):
            change(session, found.reinstated, reason="other", by_id=None, now=site.clock())
    return found


def _copy(site: Site, session: Session, like: Certificate, issue: int, **changes: Any) -> Certificate:
    code = new_code()
    own = {"code": code, "check_url": f"{site.address}/check/{code}"}
    facts = like.facts | own | changes.pop("facts", {})
    row = {"replaces_id": None, "specimen": False} | changes
    made = Certificate(
        code=code,
        completion_id=like.completion_id,
        issue=issue,
        person_id=None,
        facts=facts,
        design_revision_id=like.design_revision_id,
        awarded_at=like.awarded_at,
        **row,
    )
    session.add(made)
    session.flush()
    return made


def issued_pdf(site: Site, code: str) -> bytes:
    """The PDF of a certificate, once it has been made."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with Session(site.engine) as session:
            pdf = stored_pdf(session, code=code)
        if pdf is not None and pdf.body:
            return pdf.body
        time.sleep(0.1)
    raise AssertionError(f"the PDF of {code} has not been made")


def choose(page: Page, body: bytes, name: str = "certificate.pdf") -> None:
    """Choose this file in the form for one and press its button."""
    form = page.locator(".drop-file")
    form.locator("input").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": body})
    form.locator("button").click()
    page.wait_for_load_state()
