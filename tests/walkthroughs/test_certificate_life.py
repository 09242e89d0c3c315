"""A certificate after its award, in a real browser: withdrawn and reinstated, and replaced for a name."""

from collections.abc import Iterator

import pypdfium2
import pytest
from flask_security.utils import hash_password
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from app.certification.holding import stored_pdf
from app.kernel.db import writing
from app.people.accounts import add_person, give_role
from app.people.tables import User
from app.web.shared.context import running_in
from tests.house.learner import Learner
from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.gallery import sign_in_person
from tests.walkthroughs.hands import Hands, Keyboard, Pointer
from tests.walkthroughs.journey import COURSE, PASSWORD
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def olga(site: Site) -> Iterator[User]:
    """An administrator, for as long as the test lasts."""
    with Session(site.engine, expire_on_commit=False) as session:
        person = somebody(site, session, "Olga Brandt")
        with writing(session):
            give_role(session, session.get_one(User, person.id), "admin")
        yield person
    with Session(site.engine) as session, writing(session):
        admin = session.get_one(User, person.id)
        admin.roles.clear()


def somebody(site: Site, session: Session, name: str) -> User:
    with site.app.app_context(), writing(session):
        address = f"{name.split(maxsplit=1)[0].lower()}@letters.example"
        person, _ = add_person(session, email=address, full_name=name, now=site.clock())
        person.password, person.confirmed_at = str(hash_password(PASSWORD)), site.clock()
        return person


def earned(site: Site, name: str) -> tuple[User, str]:
    """Somebody who has passed, and the code of their certificate."""
    with Session(site.engine, expire_on_commit=False) as session, site.app.app_context():
        person = somebody(site, session, name)
        code = Learner(site.app, session, site.clock, person).all_the_way(COURSE).certificate
    running_in(site.app).loop.wake()
    site.wait_for_letter(person.email, "Your certificate for")
    return person, code


def heading(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("h1").inner_text()


def test_withdrawn_and_reinstated_by_the_keyboard(site: Site, new_context: NewContext, olga: User) -> None:
    person, code = earned(site, "Tove Lindqvist")
    context = new_context(height=1000)
    sign_in_person(site, context, olga)
    hands: Hands = Keyboard(context.new_page())
    page, guest = hands.page, new_context(width=390).new_page()
    page.goto("/account")
    hands.follow("Look after certificates")
    hands.type("Name, e-mail address, code or course", "lindqvist")
    hands.press("Search")
    hands.follow("Tove Lindqvist")
    hands.follow("Withdraw it")
    hands.choose({"reason": ["not-own-work"]})
    hands.type("Note", "Two papers were alike.")
    hands.press("Withdraw this certificate")
    expect(page.locator(".lead")).to_contain_text("Withdrawn.")
    assert heading(guest, f"/check/{code}") == "This certificate has been withdrawn"
    expect(guest.locator("main")).to_contain_text("It was not the holder's own work.")
    expect(guest.locator("main")).not_to_contain_text("Two papers")
    letter = site.wait_for_letter(person.email, "has been withdrawn")
    assert "Two papers" not in letter.as_string()

    hands.follow("Reinstate it")
    hands.choose({"reason": ["looked-at-again"]})
    hands.type("Note", "They sat apart.")
    hands.press("Reinstate this certificate")
    expect(page.locator(".lead")).to_contain_text("Valid.")
    later = new_context(width=390).new_page()  # a browser may keep the page of before for a minute
    assert heading(later, f"/check/{code}") == "This certificate is valid"
    site.wait_for_letter(person.email, "holds again")


def test_replaced_after_a_new_name_with_scripts_off(site: Site, new_context: NewContext, olga: User) -> None:
    person, code = earned(site, "Rhona McAllister")
    own = new_context(width=390, scripts=False)
    sign_in_person(site, own, person)
    holder: Hands = Pointer(own.new_page())
    holder.page.goto(f"/certificates/{code}")
    old_pdf = kept(site, code)
    holder.follow("My name is printed wrongly")
    holder.type("Name to print", "Rhona Fraser")
    holder.press("Ask for this name")
    expect(holder.page.locator("main")).to_contain_text("You have asked us to print the name Rhona Fraser.")

    context = new_context(width=390, scripts=False)
    sign_in_person(site, context, olga)
    admin: Hands = Pointer(context.new_page())
    admin.page.goto("/manage/certificates")
    admin.follow("Rhona Fraser")
    admin.follow("Look at a new certificate with this name")
    expect(admin.page.locator("h3")).to_have_text("Name")
    admin.press("Make the new certificate")
    expect(admin.page.locator("h1")).to_have_text("Rhona Fraser")
    new = admin.page.url.rpartition("/")[2]

    letter = site.wait_for_letter(person.email, "Your new certificate for")
    [pdf] = [part.get_content() for part in letter.iter_attachments()]
    assert "Rhona Fraser" in words(pdf)
    assert "McAllister" not in words(pdf)
    assert kept(site, code) == old_pdf
    guest = new_context(width=390).new_page()
    assert heading(guest, f"/check/{code}") == "This certificate has been replaced"
    assert heading(guest, f"/check/{new}") == "This certificate is valid"
    holder.page.goto(f"/certificates/{code}")
    holder.follow("Go to the newer certificate")
    expect(holder.page.locator("h1")).to_have_text("Rhona Fraser")


def kept(site: Site, code: str) -> bytes:
    """The PDF that is downloaded and mailed."""
    with Session(site.engine) as session:
        pdf = stored_pdf(session, code=code)
    assert pdf is not None
    return pdf.body


def words(pdf: bytes) -> str:
    """The words of a PDF, white space folded."""
    document = pypdfium2.PdfDocument(pdf)
    found = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return found
