"""An editor changes a certificate's colour and words, breaks a field, mends it and publishes: by form."""

import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate, CertificatePdf
from app.people.tables import User
from app.web.shared.context import running_in
from tests.house.learner import Learner
from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.gallery import COURSE, Belongings, sign_in
from tests.walkthroughs.site import PATIENCE, Site

pytestmark = pytest.mark.browser

DESK = "/studio/designs/standard"
GREEN = "#0a5c36"


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)])
def test_a_colour_a_wording_a_mistake_and_the_next_certificate(
    site: Site, belongings: Belongings, new_context: NewContext, scripts: bool, width: int
) -> None:
    before = award(site, f"before-{width}")
    old = pdf_of(site, before)
    context = new_context(width=width, scripts=scripts)
    sign_in(site, context, "edda")
    editor = Editor(context.new_page(), f"has finished at {width}")
    editor.changes_a_colour(scripts)
    editor.changes_a_wording()
    editor.breaks_a_field_and_mends_it()
    editor.publishes()
    after = words(pdf_of(site, award(site, f"after-{width}")))
    assert f"has finished at {width} Co-production" in after
    assert pdf_of(site, before) == old
    assert f"at {width}" not in words(old)
    editor.brings_the_old_one_back()


class Editor:
    """Somebody at a design's pages. Each step looks at what the page then says."""

    def __init__(self, page: Page, words: str) -> None:
        self.page, self.words = page, words
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))

    def changes_a_colour(self, scripts: bool) -> None:
        """Picked, seen, saved; with a script the words beside it follow."""
        self.page.goto("/studio")
        self.page.get_by_role("link", name="Standard", exact=True).click()
        self.page.get_by_role("link", name="Colours, typefaces and margins").click()
        picked = self.page.locator("[name='palette.2.colour.picked']")
        picked.fill(GREEN)
        if scripts:
            expect(self.page.locator("[name='palette.2.colour']")).to_have_value(GREEN)
        self._preview()
        expect(self.page.get_by_text("Nothing is saved yet.")).to_be_visible()
        expect(self.page.locator("[name='palette.2.colour']")).to_have_value(GREEN)
        self._save()

    def changes_a_wording(self) -> None:
        """The sentence about the course, seen with a name from right to left."""
        self._open("Words: completed")
        text = self.page.get_by_label("Words", exact=True)
        text.fill(text.input_value().replace("completed", self.words))
        self.page.get_by_label("Tried with").select_option(label="שירה בן־דוד")
        self._preview()
        expect(self.page.get_by_label("Tried with").locator("option:checked")).to_have_text("שירה בן־דוד")
        alt = self.page.locator(".specimen img").get_attribute("alt") or ""
        assert self.words in alt
        assert "שירה" in alt
        self._save()

    def breaks_a_field_and_mends_it(self) -> None:
        """Too many words for their room: told at the field, and nothing is published until they fit."""
        self._open("Words: {note}")
        words = self.page.get_by_label("Words", exact=True)
        good = words.input_value()
        words.fill("Nobody can read all of this. " * 9)
        self.page.get_by_label("Most lines").fill("1")
        self._save()
        error = self.page.locator(".field.wrong .error")
        expect(error).to_contain_text("These words are too long for one line of 120 mm")
        self.page.goto(f"{DESK}/publication")
        expect(self.page.get_by_role("button", name="Publish")).to_have_count(0)
        self.page.locator(".file-problems a").first.click()
        self.page.get_by_label("Words", exact=True).fill(good)
        self.page.get_by_label("Most lines").fill("3")
        self._save()
        expect(self.page.locator(".field.wrong")).to_have_count(0)

    def publishes(self) -> None:
        self.page.get_by_role("link", name="Look through and publish").click()
        expect(self.page.locator(".diff").first).to_contain_text(self.words)
        self._press("Publish")
        expect(self.page.get_by_text("This design is live.")).to_be_visible()

    def brings_the_old_one_back(self) -> None:
        self.page.goto(f"{DESK}/history")
        self.page.locator(".deed-list a").last.click()
        self._press("Bring this version back")
        self.page.goto(f"{DESK}/publication")
        self._press("Publish")

    def _open(self, name: str) -> None:
        self.page.goto(DESK)
        self.page.get_by_role("link", name=name).click()

    def _preview(self) -> None:
        form = self.page.locator("#design-form")
        with self.page.expect_navigation():
            form.get_by_role("button", name="Preview", exact=True).click()
        picture = self.page.locator(".specimen img")
        expect(picture).to_be_visible()
        assert picture.evaluate("picture => picture.naturalWidth") == 794

    def _save(self) -> None:
        self._press("Save")
        expect(self.page.get_by_text("Saved in the draft.")).to_be_visible()

    def _press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()


def award(site: Site, first: str) -> str:
    """Somebody passes the course; the code of their certificate."""
    person = User(
        full_name="Rhian Pugh",
        email=f"{first}@homes.example",
        password="none",
        active=True,
        fs_uniquifier=f"{first}-of-the-design",
        confirmed_at=datetime.now(UTC),
        us_totp_secrets=None,
    )
    with Session(site.engine, expire_on_commit=False) as session, site.app.app_context():
        session.add(person)
        session.commit()
        return Learner(site.app, session, site.clock, person).all_the_way(COURSE).certificate


def pdf_of(site: Site, code: str) -> bytes:
    """The document of a certificate, once the loop has made it."""
    running_in(site.app).loop.wake()
    wanted = select(CertificatePdf.body).join(Certificate, Certificate.id == CertificatePdf.certificate_id)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with Session(site.engine) as session:
            if body := session.scalar(wanted.filter(Certificate.code == code)):
                return body
        time.sleep(0.05)
    raise AssertionError("the certificate was not made in time")


def words(body: bytes) -> str:
    return " ".join(PdfDocument(body)[0].get_textpage().get_text_range().split())
