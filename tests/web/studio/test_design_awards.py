"""What was awarded keeps the design that it was awarded with, whenever it is drawn; the next has the new."""

from io import BytesIO
from typing import Any

from flask import Flask
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate, CertificatePdf
from app.library.drafting import open_draft
from app.library.live import live_sources
from tests.attacks.designs import other_logo
from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.library.copies import Copy
from tests.library.designs import DESK, KEY, SHEET, design_text, reword, save_design
from tests.page import Page
from tests.web.studio.designing import form_on
from tests.web.studio.sending import post

COURSE = "good-course"
OLD, NEW = "completed **{course}** and {deed}.", "has finished **{course}** and {deed}."
GREEN = "#0a5c36"


def publish(page: Page, session: Session) -> None:
    session.rollback()
    seen = str(open_draft(session, KEY).revision_id)
    page.post(f"{DESK}/publication", {"revision": seen})
    session.rollback()


def pdfs(session: Session) -> dict[int, bytes | None]:
    session.rollback()
    return dict(session.execute(select(CertificatePdf.certificate_id, CertificatePdf.body)).all())


def words(body: bytes | None) -> str:
    page = PdfDocument(body or b"")[0]
    return " ".join(page.get_textpage().get_text_range().split())


def test_a_new_design_reaches_the_next_certificate_and_no_other(
    app: Flask, edda: Page, session: Session, cast: Cast, clock: TestClock
) -> None:
    loop, amira, ben = app.extensions["rung"].loop, cast.amira, cast.ben
    Learner(app, session, clock, amira).all_the_way(COURSE)
    loop.once()
    (made,) = pdfs(session).values()
    edda.get(f"{DESK}/fields/4")
    edda.post(f"{DESK}/fields/4", form_on(edda, text=NEW))
    edda.get(f"{DESK}/look")
    edda.post(f"{DESK}/look", form_on(edda, palette__2__colour=GREEN))
    publish(edda, session)
    Learner(app, session, clock, ben).all_the_way(COURSE)
    loop.once()
    before, after = (body for _, body in sorted(pdfs(session).items()))
    assert before == made
    assert "completed A good course and answered" in words(before)
    assert "has finished A good course and answered" in words(after)


def test_one_that_is_drawn_late_has_the_design_of_its_day(
    app: Flask, edda: Page, session: Session, cast: Cast, clock: TestClock
) -> None:
    Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    first = session.scalars(select(Certificate.design_revision_id)).one()
    form: dict[str, Any] = {"field": "1", "base": str(open_draft(session, KEY).revision_id)}
    post(edda, f"{DESK}/pictures", {**form, "picture": (BytesIO(other_logo()), "other.png")})
    base = str(open_draft(session, KEY).revision_id)
    session.rollback()
    base = str(open_draft(session, KEY).revision_id)
    edda.post(f"{DESK}/pictures/logo.png/removal", {"base": base})
    reword(session, OLD, NEW)
    publish(edda, session)
    assert live_sources(session)[KEY].revision_id != first
    app.extensions["rung"].loop.once()
    (body,) = pdfs(session).values()
    assert "completed A good course and answered" in words(body)
    assert (40, 30) not in sizes(body), "the new logo is not in it"


def test_a_design_that_its_own_checks_now_refuse_is_drawn_all_the_same(
    app: Flask, session: Session, cast: Cast, clock: TestClock
) -> None:
    """A stricter program must not keep anybody from the certificate that they have."""
    Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    saved = reword(session, "size: 42, smallest: 24", "size: 42, smallest: 41")
    session.rollback()
    certificate = session.scalars(select(Certificate)).one()
    certificate.design_revision_id = saved.revision_id
    session.commit()
    app.extensions["rung"].loop.once()
    assert len(pdfs(session)) == 1


def test_bringing_an_earlier_design_back_is_a_new_revision_that_is_published(
    edda: Page, session: Session
) -> None:
    first = live_sources(session)[KEY].revision_id
    reword(session, OLD, NEW)
    publish(edda, session)
    head = str(open_draft(session, KEY).revision_id)
    edda.post(f"{DESK}/history/{first}", {"base": head})
    publish(edda, session)
    assert live_sources(session)[KEY].revision_id not in {first, int(head)}
    assert OLD in design_text(session)


def test_folders_and_the_studio_keep_in_step_about_a_design(
    edda: Page, session: Session, tmp_path: Any
) -> None:
    copy = Copy(tmp_path)
    copy.push(session)
    reword(session, OLD, NEW)
    publish(edda, session)
    told = [each.sentence for each in copy.pull(session)]
    assert told == [f"The design standard: {SHEET} brought up to date."]
    assert NEW in copy.read(SHEET)
    copy.edit(SHEET, "{hours}, {method}", "{hours} of {method}")
    save_design(session, {SHEET: design_text(session).replace("title: Standard", "title: Ours").encode()})
    (stopped,) = [each.sentence for each in copy.push(session) if "standard" in each.sentence]
    assert "changed both in the folders and in the studio's draft" in stopped
    publish(edda, session)
    (stopped,) = [each.sentence for each in copy.push(session) if "standard" in each.sentence]
    assert "changed both in the folders and on the shelf" in stopped


def test_a_push_of_a_design_is_published_and_one_that_is_broken_is_not(
    session: Session, tmp_path: Any
) -> None:
    copy = Copy(tmp_path)
    copy.push(session)
    copy.edit(SHEET, "size: 42, smallest: 24", "size: 42, smallest: 41")
    (told,) = copy.push(session)
    assert "not published." in told.sentence
    assert f"{SHEET}:24:18: error: These words are too long for 2 lines of 156 mm" in told.sentence
    copy.edit(SHEET, "size: 42, smallest: 41", "size: 40, smallest: 24")
    (told,) = copy.push(session)
    assert told.sentence == "The design standard: published."


def test_a_draft_of_a_design_can_be_pulled(session: Session, tmp_path: Any) -> None:
    copy = Copy(tmp_path)
    copy.push(session)
    reword(session, OLD, NEW)
    copy.pull(session, drafts=True)
    assert NEW in copy.read(SHEET)


def sizes(body: bytes | None) -> set[tuple[int, int]]:
    found = set()
    for each in PdfDocument(body or b"")[0].get_objects():
        if each.type == 3:  # a picture
            found.add(tuple(each.get_px_size()))
    return found
