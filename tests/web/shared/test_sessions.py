"""What it costs to know who somebody is, and that a guest costs nothing."""

import pytest

from tests.cast import PASSWORD, Cast
from tests.page import Page

AMIRA = {"email": "amira@example.org", "password": PASSWORD}


def test_a_signed_in_page_asks_who_it_is_in_one_query(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda)
    page.get("/account/password")
    assert len(page.statements) == 1
    assert "role" in page.statements[0], "the roles come with it"
    assert "us_totp_secrets" not in page.statements[0]


@pytest.mark.parametrize("address", ["/sign-in", "/register", "/reset"])
def test_a_guest_is_not_looked_up(page: Page, cast: Cast, address: str) -> None:
    page.get(address)
    page.get(address)
    assert page.statements == []


def test_files_and_health_open_no_session(page: Page, cast: Cast) -> None:
    page.get("/sign-in")
    file = next(one.get("href") for one in page.elements("link") if one.get("rel") == "stylesheet")
    page.sign_in(cast.amira)
    for address in (str(file), "/healthz"):
        response = page.get(address)
        assert page.statements == []
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "Set-Cookie" not in response.headers


def test_a_page_that_is_not_there_looks_nobody_up_for_a_guest(page: Page) -> None:
    response = page.get("/no-such-page", status=404)
    assert page.statements == []
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("cookie", ["", "x", "e30.x.y", "a" * 5000, "é", '"'])
def test_a_made_up_cookie_is_nobody(page: Page, cast: Cast, cookie: str) -> None:
    page.get("/account", status=303, headers={"Cookie": f"rung={cookie}".encode().decode("latin-1")})


def test_signing_in_takes_few_queries(page: Page, cast: Cast) -> None:
    page.post("/sign-in", AMIRA)
    assert len(page.statements) == 1
    assert "set-cookie" in page.get("/account").headers, "each page seen renews the session"
