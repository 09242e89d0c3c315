"""From the pass to the letter, its page, the record and the way out: by keyboard, and with no script."""

from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from flask_security.utils import hash_password
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.follow_results import follow_ups_of
from app.learning.follow_ups import coming_to
from app.people.tables import User
from tests.house.learner import Learner
from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.follow_ups import make_plan, paper, send
from tests.walkthroughs.hands import Hands, Keyboard, Pointer
from tests.walkthroughs.journey import COURSE, PASSWORD
from tests.walkthroughs.site import Site, open_site

pytestmark = pytest.mark.browser

ASK = "Send me three short questions in a week and in five weeks"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose weeks may go by."""
    with open_site(tmp_path_factory.mktemp("follow-ups")) as opened:
        yield opened


def test_by_the_keyboard_alone(site: Site, new_context: NewContext) -> None:
    walk(site, Keyboard(new_context(height=800).new_page()), "Nadia Rahimi", new_context().new_page())


def test_with_scripts_off_on_a_phone(site: Site, new_context: NewContext) -> None:
    page = new_context(width=390, scripts=False).new_page()
    walk(site, Pointer(page), "Jo Bell", new_context(width=390, scripts=False).new_page())


def walk(site: Site, hands: Hands, name: str, stranger: Page) -> None:
    page, address = hands.page, f"{name.split(maxsplit=1)[0].lower()}@homes.example"
    with Session(site.engine, expire_on_commit=False) as session, site.app.app_context():
        person = add_person(session, site, name, address)
        certificate = Learner(site.app, session, site.clock, person).all_the_way(COURSE).certificate
        make_plan(session, person, site.clock())

        page.goto(f"/certificates/{certificate}")
        sign_in(hands, address)
        hands.press(ASK)
        expect(page.locator("#follow-ups")).to_contain_text("Three short questions come to you by e-mail on")

        site.clock.ahead += timedelta(days=7)
        send(site, session)
        letter = site.wait_for_letter(address, "A week on")
        page.context.clear_cookies()
        page.goto(site.link_in(letter))
        sign_in(hands, address)
        expect(page.locator("h1")).to_have_text("A week on: three short questions")
        answer(hands, session)
        report(hands)
        page.goto("/my-cpd")
        expect(page.locator("main")).to_contain_text("After a week: two of three right.")
        expect(page.locator("main")).to_contain_text("Your plan: it happened in part.")

        stop = str(letter["List-Unsubscribe"]).strip("<>")
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        stranger.goto(stop)
        expect(stranger.locator("h1")).to_have_text("Stop these letters?")
        session.rollback()
        assert coming_to(session, person.id), "following the link has stopped nothing"
        if isinstance(hands, Keyboard):
            type(hands)(stranger).press("Stop these letters")
            expect(stranger.locator("h1")).to_have_text("No more of these letters will come")
        else:
            assert one_click(stop) == 200
        session.rollback()
        assert coming_to(session, person.id) == ()
        [results] = follow_ups_of(session, person.id).values()
        assert [(one.day, one.right) for one in results] == [(7, 2)]


def add_person(session: Session, site: Site, name: str, address: str) -> User:
    person = User(
        full_name=name,
        email=address,
        password=str(hash_password(PASSWORD)),
        active=True,
        fs_uniquifier=address,
        confirmed_at=site.clock(),
        us_totp_secrets=None,
    )
    with writing(session):
        session.add(person)
    return person


def sign_in(hands: Hands, address: str) -> None:
    expect(hands.page.locator("h1")).to_have_text("Sign in")
    hands.type("E-mail address", address)
    hands.type("Password", PASSWORD)
    hands.press("Sign in")


def answer(hands: Hands, session: Session) -> None:
    """The first wrongly; each is explained before the next is given."""
    page = hands.page
    code = urlsplit(page.url).path.rpartition("/")[2]
    for position, (right, wrong) in paper(session, code).items():
        hands.choose(wrong if position == 1 else right)
        hands.press(f"Answer question {position}")
        explained = page.locator(f"#answer-{position}")
        expect(explained).to_contain_text("Not quite." if position == 1 else "Yes.")
        expect(explained).to_be_in_viewport()
    expect(page.locator(".notice")).to_contain_text("Two of three right.")


def report(hands: Hands) -> None:
    plan = hands.page.locator("#plan")
    expect(plan).to_contain_text(
        "When the next brief is due, I will leave three weeks for changes, and tell Jo."
    )
    hands.choose({"happened": ["partly"]})
    hands.type("In a line: what helped, or what got in the way (optional)", "Two weeks were enough.")
    hands.press("Save")
    expect(plan).to_contain_text("Only you can see it.")


def one_click(address: str) -> int:
    """What a mail program hears that stops a letter by itself: no cookie, no page, no redirect followed."""
    parts = urlsplit(address)
    connection = HTTPConnection("127.0.0.1", parts.port or 80, timeout=10)
    headers = {"Host": parts.netloc, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", parts.path, body="List-Unsubscribe=One-Click", headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status
