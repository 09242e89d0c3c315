import gzip

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.folders import read_folders
from app.library.publishing import publish
from app.settings import Settings
from app.web.public.guest_pages import LONGEST_QUERY
from app.web.shared.kept_pages import KeptPages, encoded
from tests.cast import Cast
from tests.conftest import NOON
from tests.page import Page

ADDRESS = "/courses/good-course/first-steps"
ANSWERED = f"{ADDRESS}?practice=say-back&answer-say-back=a"


@pytest.fixture
def guest(app: Flask) -> FlaskClient:
    app.extensions["guest_pages"] = KeptPages(500)
    return app.test_client(use_cookies=False)


def pages(app: Flask) -> int:
    return len(app.extensions["guest_pages"])


@pytest.mark.parametrize("address", ["/", "/courses/good-course", ADDRESS, ANSWERED])
def test_a_guest_page_may_be_shared_for_a_minute_and_has_a_tag(guest: FlaskClient, address: str) -> None:
    response = guest.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["Vary"] == "Accept-Encoding, Cookie"
    assert response.headers["ETag"]
    assert response.headers["Content-Security-Policy"]


def test_a_page_that_is_known_already_is_not_sent_again(guest: FlaskClient) -> None:
    tag = guest.get(ADDRESS).headers["ETag"]
    again = guest.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "public, max-age=60"
    assert again.headers["Vary"] == "Accept-Encoding, Cookie"


def test_each_encoding_has_the_same_page_and_a_tag_of_its_own(guest: FlaskClient) -> None:
    plain = guest.get(ADDRESS)
    zipped = guest.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    brotlied = guest.get(ADDRESS, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert gzip.decompress(zipped.data) == brotli.decompress(brotlied.data) == plain.data
    assert [one.headers.get("Content-Encoding") for one in (plain, zipped, brotlied)] == [None, "gzip", "br"]
    assert len({one.headers["ETag"] for one in (plain, zipped, brotlied)}) == 3
    assert len(brotlied.data) < len(plain.data) / 2


def test_the_second_guest_gets_the_same_bytes_for_one_statement(page: Page, guest: FlaskClient) -> None:
    first = page.get(ADDRESS)
    assert page.get(ADDRESS).data == first.data == guest.get(ADDRESS).data
    assert len(page.statements) <= 1


def test_a_new_publication_is_shown_at_once(guest: FlaskClient, session: Session, settings: Settings) -> None:
    guest.get(ADDRESS)
    files = dict(read_folders(settings.sources)[("course", "good-course")])
    place = "content/good-course/10-first-steps.md"
    files[place] = files[place].replace(b"Most calls begin in the middle.", b"Every call begins somewhere.")
    with writing(session):
        assert publish(session, "course", "good-course", files, by_id=None, now=NOON)
    assert "Every call begins somewhere." in guest.get(ADDRESS).text


@pytest.mark.parametrize(
    "query", ["?utm_source=letter", f"?answer-x={'a' * LONGEST_QUERY}", "?practice=no-such"]
)
def test_made_up_addresses_are_not_kept(app: Flask, guest: FlaskClient, query: str) -> None:
    guest.get(ADDRESS)
    before = pages(app)
    guest.get(ADDRESS + query)
    assert pages(app) == before


def test_what_somebody_hung_on_an_address_is_shown_to_nobody_else(guest: FlaskClient) -> None:
    guest.get(f"{ADDRESS}?note=hello-from-elsewhere")
    assert "hello-from-elsewhere" not in guest.get(ADDRESS).text


def test_a_chosen_look_is_shown_privately_without_a_session(guest: FlaskClient) -> None:
    response = guest.get(ADDRESS, headers={"Cookie": "appearance=dark.large"})
    assert 'data-theme="dark"' in response.text
    assert 'data-size="large"' in response.text
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in response.headers
    assert 'data-theme="dark"' not in guest.get(ADDRESS).text


def test_a_made_up_look_makes_no_page_of_its_own(app: Flask, guest: FlaskClient) -> None:
    plain = guest.get(ADDRESS)
    before = pages(app)
    assert guest.get(ADDRESS, headers={"Cookie": "appearance=neon.huge"}).data == plain.data
    assert pages(app) == before


def test_the_page_of_a_learner_is_never_kept_nor_shown_to_a_guest(
    app: Flask, page: Page, guest: FlaskClient, cast: Cast
) -> None:
    before = pages(app)
    assert "My CPD" in page.sign_in(cast.amira).get(ADDRESS).text
    assert pages(app) == before
    assert "My CPD" not in guest.get(ADDRESS).text


def test_a_page_that_is_not_there_is_nobodys_to_keep(guest: FlaskClient) -> None:
    response = guest.get("/courses/nowhere")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_guest_with_another_cookie_gets_a_page_of_their_own(app: Flask, guest: FlaskClient) -> None:
    name = app.config["SESSION_COOKIE_NAME"]
    for cookie in (f"{name}=forged", f"{name}=", "other=1", "appearance=dark.large; other=1"):
        response = guest.get(ADDRESS, headers={"Cookie": cookie})
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Sign in" in response.text


def test_the_pages_asked_for_least_lately_are_let_go() -> None:
    kept = KeptPages(2)
    for key in ("a", "b"):
        kept.keep(key, encoded(key.encode()))
    assert kept.get("a")
    kept.keep("c", encoded(b"c"))
    assert (len(kept), kept.get("b")) == (2, None)
    assert kept.get("a")


def test_the_same_page_has_the_same_tag_in_every_process() -> None:
    assert encoded(b"page") == encoded(b"page")
    assert encoded(b"page").tags != encoded(b"pages").tags


def test_made_up_addresses_push_no_page_out(app: Flask, page: Page) -> None:
    pages = app.extensions["guest_pages"]
    page.get("/courses/good-course")
    before = len(pages)
    for path in ("/courses/good-course/offline", "/courses/good-course/print", "/courses/good-course"):
        page.get(f"{path}?answer-7=1")
    page.get("/courses/good-course/first-steps?answer-7=1")
    page.get("/courses/good-course/first-steps?practice=say-back&answer-say-back=a&answer-7=1")
    assert len(pages) == before
    page.get("/courses/good-course/first-steps?practice=say-back&answer-say-back=a")
    assert len(pages) == before + 1
