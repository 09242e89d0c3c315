"""A person's own account, and that it is nobody else's."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.tables import User
from tests.cast import PASSWORD, Cast
from tests.conftest import TestClock
from tests.page import Page
from tests.post_box import PostBox

AMIRA = {"email": "amira@example.org", "password": PASSWORD}
PAGES = ["/account", "/account/name", "/account/password", "/account/address"]


@pytest.mark.parametrize("address", PAGES)
def test_a_guest_is_asked_to_sign_in_and_comes_back(page: Page, cast: Cast, address: str) -> None:
    response = page.get(address, status=303)
    page.follow(response)
    assert page.post(response.headers["Location"], AMIRA).headers["Location"] == address


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_ones_own(app: Flask, cast: Cast, address: str) -> None:
    for person, other in ((cast.amira, cast.ben), (cast.ben, cast.amira)):
        response = Page(app).sign_in(person).get(address)
        assert other.email not in response.text
        assert other.full_name not in response.text
        assert response.headers["Cache-Control"] == "private, no-store"


def test_changing_the_name(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira)
    page.get("/account/name")
    page.follow(page.post("/account/name", {"full_name": "  Amira   Osei "}))
    assert "Your name has been changed." in page.text("notice")
    assert "Amira Osei" in page.text("facts")
    assert session.get_one(User, cast.ben.id).full_name == "Ben Whitlock"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter your name."),
        ("x" * 121, "120 characters or fewer"),
        ("Amira\x07", "cannot be shown"),
        ("Visit https://evil.example now", "must not have an address"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_kept_in_the_field(
    page: Page, cast: Cast, name: str, words: str
) -> None:
    page.sign_in(cast.amira)
    page.post("/account/name", {"full_name": name}, status=422)
    assert words in page.text("error")
    typed = next(one.get("value") for one in page.elements("input") if one.get("name") == "full_name")
    assert typed == name.replace("\x07", "\ufffd")


def test_changing_the_password_ends_the_others_and_keeps_this_one(
    app: Flask, page: Page, cast: Cast, post_box: PostBox
) -> None:
    elsewhere = Page(app)
    elsewhere.post("/sign-in", AMIRA)
    page.post("/sign-in", {**AMIRA, "remember": "y"})
    page.get("/account/password")
    form = {"password": PASSWORD, "new_password": "quiet harbour on sunday"}
    page.follow(page.post("/account/password", form))
    assert "Your password has been changed" in page.text("notice")
    with page.client.session_transaction() as kept:
        assert kept["remembered"]
    elsewhere.get("/account", status=303)
    Page(app).post("/sign-in", AMIRA, status=422)
    Page(app).post("/sign-in", {**AMIRA, "password": "quiet harbour on sunday"})
    assert post_box.subjects("amira@example.org") == ["Your password has been changed"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"password": "wrong", "new_password": "quiet harbour on sunday"}, "This is not your password."),
        ({"password": PASSWORD, "new_password": "short"}, "8 characters or more"),
        ({"password": PASSWORD, "new_password": "password123"}, "too easy to guess"),
        ({"password": PASSWORD, "new_password": "amira osei-bonsu"}, "too easy to guess"),
        ({"password": PASSWORD, "new_password": ""}, "Enter a password."),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    page: Page, cast: Cast, post_box: PostBox, form: dict[str, str], words: str
) -> None:
    page.sign_in(cast.amira)
    page.post("/account/password", form, status=422)
    assert words in page.text("error")
    assert post_box.count() == 0
    page.post("/sign-out")
    page.post("/sign-in", AMIRA)


def test_guessing_the_password_from_inside_counts_with_the_other_doors(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira)
    form = {"password": "wrong", "new_password": "quiet harbour on sunday"}
    for _ in range(10):
        page.post("/account/password", form, status=422)
    page.post("/account/password", form, status=429)
    Page(page.app).post("/sign-in", AMIRA, status=429)


def test_the_address_changes_once_the_new_one_is_confirmed(
    app: Flask, page: Page, cast: Cast, session: Session, post_box: PostBox
) -> None:
    elsewhere = Page(app).sign_in(cast.amira)
    page.sign_in(cast.amira)
    page.get("/account/address")
    page.follow(page.post("/account/address", {"email": "Amira@Homes.example", "password": PASSWORD}))
    assert "We have sent a letter to the new address." in page.text("notice")
    link = post_box.link("amira@homes.example")
    page.get(link)
    assert session.scalar(select(User.email).where(User.id == cast.amira.id)) == "amira@example.org"
    session.rollback()

    page.follow(page.post(link))
    assert "amira@homes.example" in page.text("facts")
    elsewhere.get("/account", status=303)
    assert post_box.subjects("amira@example.org") == ["Your e-mail address has been changed"]
    Page(app).post("/sign-in", {"email": "amira@homes.example", "password": PASSWORD})
    Page(app).post("/sign-in", AMIRA, status=422)
    page.get(link, status=404)


def test_the_letter_may_be_opened_on_another_device(app: Flask, cast: Cast, post_box: PostBox) -> None:
    form = {"email": "amira@homes.example", "password": PASSWORD}
    Page(app).sign_in(cast.amira).post("/account/address", form)
    phone = Page(app)
    response = phone.post(post_box.link("amira@homes.example"))
    assert response.headers["Location"] == "/sign-in"
    phone.get("/account", status=303)


def test_the_letter_does_not_sign_in_who_presses_its_button(
    app: Flask, page: Page, cast: Cast, post_box: PostBox
) -> None:
    form = {"email": "amira@homes.example", "password": PASSWORD}
    Page(app).sign_in(cast.amira).post("/account/address", form)
    page.sign_in(cast.ben)
    page.post(post_box.link("amira@homes.example"))
    page.get("/account")
    assert "ben@example.org" in page.text("facts")


def test_an_address_that_somebody_has_is_answered_alike_and_told_by_letter(
    page: Page, cast: Cast, post_box: PostBox
) -> None:
    page.sign_in(cast.amira)
    free = page.post("/account/address", {"email": "free@example.org", "password": PASSWORD})
    taken = page.post("/account/address", {"email": "ben@example.org", "password": PASSWORD})
    assert free.headers["Location"] == taken.headers["Location"]
    assert post_box.subjects("ben@example.org") == ["You already have an account"]
    assert "/account/address/" not in post_box.newest("ben@example.org").text


def test_an_address_that_was_taken_meanwhile_stays_with_who_has_it(
    app: Flask, cast: Cast, post_box: PostBox
) -> None:
    for person in (cast.amira, cast.ben):
        form = {"email": "shared@example.org", "password": PASSWORD}
        Page(app).sign_in(person).post("/account/address", form)
    amiras, bens = [letter.text for letter in post_box.letters("shared@example.org")]
    Page(app).post(amiras.partition("http://localhost")[2].split()[0])
    Page(app).post(bens.partition("http://localhost")[2].split()[0], status=404)
    Page(app).post("/sign-in", {"email": "ben@example.org", "password": PASSWORD})


def test_an_address_needs_the_password_and_a_link_that_is_not_too_old(
    page: Page, cast: Cast, post_box: PostBox, clock: TestClock
) -> None:
    page.sign_in(cast.amira)
    page.post("/account/address", {"email": "new@example.org", "password": "wrong"}, status=422)
    assert post_box.count() == 0
    page.post("/account/address", {"email": "new@example.org", "password": PASSWORD})
    clock.move(timedelta(hours=2, seconds=1))
    page.get(post_box.link("new@example.org"), status=404)


def test_signing_out_everywhere(app: Flask, page: Page, cast: Cast, post_box: PostBox) -> None:
    elsewhere, ben = Page(app), Page(app).sign_in(cast.ben)
    for visitor in (page, elsewhere):
        visitor.post("/sign-in", {**AMIRA, "remember": "y"})
    Page(app).post("/reset", {"email": "amira@example.org"})
    page.post("/account/sign-outs")
    for visitor in (page, elsewhere):
        visitor.get("/account", status=303)
    ben.get("/account")
    page.get(post_box.link("amira@example.org"), status=404)


@pytest.mark.parametrize(
    "address", ["/account/name", "/account/password", "/account/address", "/account/sign-outs"]
)
def test_a_refused_token_changes_nothing(page: Page, cast: Cast, address: str) -> None:
    page.sign_in(cast.amira)
    form = {"full_name": "Somebody Else", "email": "new@example.org", "password": PASSWORD}
    page.post(
        address, {**form, "new_password": "quiet harbour on sunday", "csrf_token": "made up"}, status=400
    )
    assert "open for a long time" in page.text()
    page.get("/account")
    assert "Amira Osei-Bonsu" in page.text("facts")


def test_a_guests_post_without_a_token_is_sent_to_sign_in(page: Page, cast: Cast) -> None:
    response = page.post("/account/name", {"full_name": "Nobody", "csrf_token": "made up"}, status=303)
    assert response.headers["Location"].startswith("/sign-in")


def test_somebody_with_a_role_can_sign_out_everywhere(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda)
    assert page.post("/account/sign-outs").headers["Location"] == "/sign-in"
    page.get("/account", status=303)
