"""Taking everything along, and leaving for good: by the keyboard alone, and again with scripts off."""

import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask_security.utils import hash_password
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.people.tables import User
from app.web.shared.context import running_in
from tests.everything_kept import places_of
from tests.house.learner import REFLECTION, Learner
from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.gallery import sign_in_person
from tests.walkthroughs.hands import Hands, Keyboard, Pointer
from tests.walkthroughs.journey import COURSE, PASSWORD
from tests.walkthroughs.site import PATIENCE, Site

pytestmark = pytest.mark.browser


def test_by_the_keyboard_alone(site: Site, new_context: NewContext, tmp_path: Path) -> None:
    leave(site, new_context, Keyboard(new_context(height=800).new_page()), "sanna", tmp_path)


def test_with_scripts_off(site: Site, new_context: NewContext, tmp_path: Path) -> None:
    leave(site, new_context, Pointer(new_context(width=390, scripts=False).new_page()), "teodor", tmp_path)


def leave(site: Site, new_context: NewContext, hands: Hands, who: str, folder: Path) -> None:
    """Account, download, back, erase: three clicks each; then a stranger checks the certificate."""
    person, certificate = make(site, who)
    page = hands.page
    sign_in_person(site, page.context, person)
    page.goto("/account")
    archive = download(hands, folder)
    read_offline(new_context, archive, folder, who)
    page.goto("/account")
    hands.follow("Erase my account")
    hands.type("Your password", PASSWORD)
    hands.press("Erase my account for good")
    assert page.get_by_role("heading", level=1).inner_text() == "Your account has been erased"
    page.goto("/account")
    assert "/sign-in" in page.url

    letter = site.wait_for_letter(f"{who}@homes.example", "erased")
    body = letter.get_body(("plain",))
    assert body is not None
    assert who.title() not in body.get_content()
    stranger = new_context(width=390).new_page()
    stranger.goto(f"/check/{certificate}")
    assert "has since been erased" in stranger.locator("main").inner_text()
    assert stranger.get_by_label("Name on the certificate", exact=True).count() == 0
    wait_until(lambda: left_of(site, who) == [])
    assert left_of(site, who) == []


def download(hands: Hands, folder: Path) -> zipfile.ZipFile:
    hands.follow("Download what we keep about you")
    page: Page = hands.page
    button = page.get_by_role("button", name="Download the file")
    with page.expect_download() as coming:
        button.focus()
        page.keyboard.press("Enter")
    assert coming.value.suggested_filename.startswith("what-is-kept-")
    path = folder / "everything.zip"
    coming.value.save_as(path)
    return zipfile.ZipFile(path)


def read_offline(new_context: NewContext, archive: zipfile.ZipFile, folder: Path, who: str) -> None:
    archive.extractall(folder)
    assert list((folder / "certificates").glob("*.pdf"))
    [account] = json.loads((folder / "json" / "account.json").read_text())["records"]
    assert account["name"] == name_of(who)
    reader = new_context(width=320, scripts=False).new_page()
    reader.context.set_offline(True)
    reader.goto((folder / "index.html").as_uri())
    words = reader.locator("main").inner_text()
    assert REFLECTION in words
    assert name_of(who) in words


def left_of(site: Site, who: str) -> list[str]:
    with Session(site.engine) as session:
        return places_of(session, name_of(who), f"{who}@homes.example")


def make(site: Site, who: str) -> tuple[User, str]:
    """Somebody with a certificate that has been made and mailed, and its code."""
    with Session(site.engine, expire_on_commit=False) as session, site.app.app_context():
        person = User(
            full_name=name_of(who),
            email=f"{who}@homes.example",
            password=str(hash_password(PASSWORD)),
            active=True,
            fs_uniquifier=f"{who}-leaves",
            confirmed_at=site.clock(),
            us_totp_secrets=None,
        )
        with writing(session):
            session.add(person)
        code = Learner(site.app, session, site.clock, person).all_the_way(COURSE).certificate
    running_in(site.app).loop.wake()
    site.wait_for_letter(person.email, "certificate")
    return person, code


def wait_until(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not so() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert so()


def name_of(who: str) -> str:
    return f"{who.title()} Vesterberg"
