from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.catalogue import rendering
from app.kernel.db import writing
from app.library.folders import SITE, read_folders
from app.library.publishing import publish
from app.settings import Settings
from app.web.public.policy import contact_href
from app.web.shared.context import db
from tests.cast import Cast
from tests.conftest import NOON
from tests.page import Page
from tests.web.conftest import MakeApp

OURS = {"Help": "/pages/help", "Privacy": "/pages/privacy"}
SITE_FILE = "content/site.yml"


def publish_site(session: Session, settings: Settings, old: bytes, new: bytes) -> None:
    """Publish the good site with one piece of site.yml replaced, and without its pages if that lists none."""
    files = dict(read_folders(settings.sources)[SITE])
    assert old in files[SITE_FILE]
    files[SITE_FILE] = files[SITE_FILE].replace(old, new)
    if b"pages:" not in files[SITE_FILE]:
        files = {SITE_FILE: files[SITE_FILE]}
    with writing(session):
        assert publish(session, *SITE, files, by_id=None, now=NOON)


def test_a_page_shows_its_title_and_its_words(page: Page) -> None:
    page.get("/pages/help")
    assert [one.text for one in page.elements("h1")] == ["Help"]
    assert page.elements("title")[0].text == "Help - Rung"
    assert "Ask us anything." in page.text("flow")


def test_pages_lead_to_each_other_and_to_a_mailbox(page: Page) -> None:
    page.get("/pages/help")
    assert page.links()["privacy"] == "privacy#what-we-keep"
    assert page.links()["the office"] == "mailto:office@example.org"
    assert page.client.get("/pages/privacy").status_code == 200


def test_every_page_ends_with_the_contact_of_the_issuer(
    page: Page, session: Session, settings: Settings
) -> None:
    page.get("/pages/privacy")
    assert page.links()["learning@example.org"] == "mailto:learning@example.org"
    publish_site(session, settings, b"learning@example.org", b"'Room 4, 01632 960001'")
    page.get("/pages/privacy")
    assert "The issuer of this site is Rung. Contact: Room 4, 01632 960001" in page.text("flow")


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("learning@example.org", "mailto:learning@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
        ("Room 4, 01632 960001", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,hello@example.org", ""),
    ],
)
def test_only_a_mailbox_or_a_web_address_becomes_a_link(contact: str, href: str) -> None:
    assert contact_href(contact) == href


@pytest.mark.parametrize("slug", ["terms", "Help", "help.md", "site"])
def test_a_page_that_is_not_listed_is_not_there(page: Page, slug: str) -> None:
    page.get(f"/pages/{slug}", status=404)


@pytest.mark.parametrize(
    "address", ["/", "/courses/good-course", "/courses/good-course/first-steps", "/check", "/sign-in"]
)
def test_the_foot_of_every_page_leads_to_them(page: Page, address: str) -> None:
    page.get(address)
    assert OURS.items() <= page.links().items()


def test_so_does_the_foot_of_a_page_that_is_not_there_and_of_a_learners_own(page: Page, cast: Cast) -> None:
    page.get("/nowhere", status=404)
    assert OURS.items() <= page.links().items()
    page.sign_in(cast.amira).get("/my-cpd")
    assert OURS.items() <= page.links().items()


def test_they_stand_in_the_order_of_the_list(page: Page, session: Session, settings: Settings) -> None:
    publish_site(session, settings, b"[help, privacy]", b"[privacy, help]")
    page.get("/")
    assert page.text("foot-links").endswith("Check a certificate Privacy Help")


def test_a_site_without_pages_has_a_foot_without_them(
    page: Page, session: Session, settings: Settings
) -> None:
    publish_site(session, settings, b"pages: [help, privacy]\n", b"")
    page.get("/")
    assert OURS.keys().isdisjoint(page.links())
    page.get("/pages/help", status=404)


def test_guests_share_it_for_a_minute_and_a_learner_has_it_for_themselves(page: Page, cast: Cast) -> None:
    assert page.get("/pages/help").headers["Cache-Control"] == "public, max-age=60"
    assert page.sign_in(cast.amira).get("/pages/help").headers["Cache-Control"] == "private, no-store"


def test_no_markdown_is_rendered_when_it_is_shown(
    page: Page, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.sign_in(cast.amira).get("/pages/help")

    def refuse(*_given: object) -> None:
        raise AssertionError("Markdown is rendered at a page view")

    monkeypatch.setattr(rendering, "_reader", refuse)
    page.get("/pages/help")


@contextmanager
def without_database(app: Flask, folder: Path) -> Iterator[None]:
    """A database that nothing can be asked of, as while its server restarts."""
    with app.app_context():
        engines, good = db.engines, db.engine
        engines[None] = db._make_engine(None, {"url": f"sqlite:///{folder}/nowhere/rung.sqlite"}, app)
    try:
        yield
    finally:
        engines[None] = good


def test_the_frame_keeps_its_links_while_the_database_is_away(app: Flask, page: Page, tmp_path: Path) -> None:
    with without_database(app, tmp_path):
        page.get("/nowhere", status=404)
        assert OURS.items() <= page.links().items()
        page.get("/pages/help", status=503)


def test_a_frame_that_never_knew_the_site_stands_all_the_same(make_app: MakeApp, tmp_path: Path) -> None:
    just_started = make_app()
    page = Page(just_started)
    with without_database(just_started, tmp_path):
        page.get("/nowhere", status=404)
    assert page.text("foot-links") == "Rung Check a certificate"
