"""Requests that no browser sends: broken headers, a proxy's headers, bodies beyond all measure."""

import pytest

from app.serving import Server
from app.settings import Settings
from tests.cast import Cast
from tests.page import Page


@pytest.mark.parametrize("referer", ["http://[", "http://[::1", "//", "http://localhost:x/", "\x01"])
def test_a_broken_referer_leads_to_signing_in(page: Page, cast: Cast, referer: str) -> None:
    response = page.post("/account/name", {"full_name": "x"}, headers={"Referer": referer})
    assert response.headers["Location"] == "/sign-in?next=/"


def test_the_way_back_after_signing_in_stays_on_this_site(page: Page, cast: Cast) -> None:
    response = page.post("/account/name", headers={"Referer": "http://localhost//evil.example/"})
    fields = {"email": "amira@example.org", "password": "seven lanterns in the rain"}
    assert page.post(response.headers["Location"], fields).headers["Location"] == "/"


def test_a_visitor_cannot_say_where_the_site_is_mounted(page: Page, settings: Settings) -> None:
    server = Server(page.app, settings, lambda _sentence: None)
    assert server.cfg.forwarder_headers == []
    assert server.cfg.forwarded_allow_ips == []


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded"])
def test_proxy_headers_count_only_behind_a_proxy(page: Page, name: str) -> None:
    plain = page.get("/account", status=303)
    page.get("/account", status=303, headers={name: "https"})
    assert plain.headers["Location"] == "/sign-in?next=/account"
    assert "evil" not in page.get("/check", headers={name: "evil.example"}).text


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "localhost.evil", "[::1", "a b"])
def test_no_page_for_another_host(page: Page, host: str) -> None:
    assert "evil" not in page.get("/sign-in", status=400, headers={"Host": host}).text


def test_a_form_beyond_all_measure_is_refused(page: Page) -> None:
    page.post("/sign-in", {"email": "x" * 1_100_000}, status=413)
