"""Signing in by password, signing out, and how long a session lasts."""

import time
from datetime import timedelta

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy.orm import Session

from app.people.tables import User
from tests.cast import PASSWORD, Cast
from tests.page import Page
from tests.post_box import PostBox
from tests.web.conftest import MakeApp

AMIRA = {"email": "amira@example.org", "password": PASSWORD}


def test_a_wrong_password_says_so_at_the_field_and_in_the_summary(page: Page, cast: Cast) -> None:
    response = page.post("/sign-in", {**AMIRA, "password": "wrong"}, status=422)
    words = "The e-mail address or the password is not right."
    assert page.links()[words] == "#email"
    assert response.text.count(words) == 2
    assert "<title>Error: Sign in" in response.text
    assert 'value="amira@example.org"' in response.text
    assert "wrong" not in [field.get("value") for field in page.elements("input")]


def test_the_fields_tell_a_password_manager_what_they_are(page: Page) -> None:
    page.get("/sign-in")
    kinds = {field.get("name"): field.get("autocomplete") for field in page.elements("input")}
    assert (kinds["email"], kinds["password"]) == ("username", "current-password")
    page.get("/register")
    kinds = {field.get("name"): field.get("autocomplete") for field in page.elements("input")}
    assert (kinds["full_name"], kinds["email"], kinds["password"]) == ("name", "email", "new-password")


def test_who_is_signed_in_already_goes_straight_on(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira)
    for door in ("/sign-in", "/sign-in/code", "/register"):
        assert page.get(door, status=303, query_string={"next": "/account"}).headers["Location"] == "/account"


def test_signing_out_takes_a_press_with_a_token(page: Page, cast: Cast) -> None:
    page.post("/sign-in", AMIRA)
    page.get("/sign-out")
    page.post("/sign-out", {"csrf_token": "made up"}, status=400)
    page.get("/account")
    page.post("/sign-out")
    page.get("/account", status=303)


def test_nothing_of_a_guests_session_is_carried_into_the_persons(page: Page, cast: Cast) -> None:
    before = page.token()
    page.post("/sign-in", AMIRA)
    with page.client.session_transaction() as kept:
        assert "csrf_token" not in kept
    page.post("/sign-out", {"csrf_token": before}, status=400)


def _deactivate(session: Session, person: User) -> None:
    session.get_one(User, person.id).active = False
    session.commit()


def test_an_account_that_was_closed_opens_by_no_way(
    page: Page, cast: Cast, session: Session, post_box: PostBox, app: Flask
) -> None:
    inside = Page(app).sign_in(cast.amira)
    page.post("/reset", {"email": "amira@example.org"})
    link = post_box.link("amira@example.org")
    _deactivate(session, cast.amira)
    inside.get("/account", status=303)
    page.post("/sign-in", {"email": "amira@example.org", "password": PASSWORD}, status=422)
    page.get(link, status=404)
    before = post_box.count()
    for door in ("/reset", "/sign-in/code", "/confirm"):
        page.post(door, {"email": "amira@example.org"})
    assert post_box.count() == before


LASTS = [("", timedelta(hours=12)), ("y", timedelta(days=30))]


@pytest.mark.parametrize(("remember", "lasts"), LASTS, ids=["twelve idle hours", "thirty days"])
def test_a_session_lasts_as_long_as_was_asked(
    page: Page, cast: Cast, monkeypatch: pytest.MonkeyPatch, remember: str, lasts: timedelta
) -> None:
    page.post("/sign-in", {**AMIRA, "remember": remember})
    start = time.time()
    for after, status in ((lasts - timedelta(minutes=1), 200), (2 * lasts - timedelta(minutes=2), 200)):
        _set_time(monkeypatch, start + after.total_seconds())
        page.get("/account", status=status)
    _set_time(monkeypatch, start + (3 * lasts).total_seconds())
    page.get("/account", status=303)


def _set_time(monkeypatch: pytest.MonkeyPatch, now: float) -> None:
    # The cookie's signature carries its own time: the clock of the outside world, not the app's.
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: int(now))
    monkeypatch.setattr("app.web.shared.sessions.time.time", lambda: now)


@pytest.mark.parametrize(
    ("base_url", "name"), [("http://localhost", "rung"), ("https://localhost", "__Host-rung")]
)
def test_the_cookie_is_locked_to_this_site(make_app: MakeApp, cast: Cast, base_url: str, name: str) -> None:
    page = Page(make_app(base_url=base_url))
    cookie = page.post("/sign-in", AMIRA, base_url=base_url).headers["Set-Cookie"]
    facts = {part.strip() for part in cookie.split(";")}
    assert cookie.startswith(f"{name}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= facts
    assert ("Secure" in facts) == base_url.startswith("https")
    assert "Domain" not in cookie
