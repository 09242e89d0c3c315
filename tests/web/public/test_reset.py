"""Setting a password by a letter."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from app.people.accounts import add_person
from app.web.mailing import send_invitation
from tests.cast import PASSWORD, Cast
from tests.conftest import TestClock
from tests.page import Page
from tests.post_box import PostBox


def test_setting_a_new_password_ends_every_session(
    app: Flask, page: Page, cast: Cast, post_box: PostBox
) -> None:
    elsewhere = Page(app)
    elsewhere.post("/sign-in", {"email": "amira@example.org", "password": PASSWORD})
    page.post("/reset", {"email": "amira@example.org"})
    link = post_box.link("amira@example.org")
    page.get(link)
    page.post(link, {"password": "quiet harbour on sunday"})
    elsewhere.get("/account", status=303)
    page.post("/sign-in", {"email": "amira@example.org", "password": PASSWORD}, status=422)
    page.post("/sign-in", {"email": "amira@example.org", "password": "quiet harbour on sunday"})
    assert post_box.subjects("amira@example.org")[-1] == "Your password has been changed"


def test_a_reset_link_works_once_and_for_two_hours(
    page: Page, cast: Cast, post_box: PostBox, clock: TestClock
) -> None:
    page.post("/reset", {"email": "amira@example.org"})
    link = post_box.link("amira@example.org")
    page.post(link, {"password": "quiet harbour on sunday"})
    page.post(link, {"password": "another harbour on monday"}, status=404)
    page.post("/reset", {"email": "ben@example.org"})
    clock.move(timedelta(hours=2, seconds=1))
    page.get(post_box.link("ben@example.org"), status=404)


def test_a_link_is_good_for_its_own_purpose_alone(page: Page, cast: Cast, post_box: PostBox) -> None:
    page.post("/reset", {"email": "amira@example.org"})
    token = post_box.link("amira@example.org").removeprefix("/reset/")
    for door in ("/confirm/", "/invitations/", "/account/address/", "/welcome/"):
        page.get(door + token, status=404)
    body, _, signature = token.partition(".")
    page.get(f"/reset/{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}", status=404)


def test_who_was_added_sets_a_first_password(
    app: Flask, page: Page, session: Session, post_box: PostBox, clock: TestClock
) -> None:
    with app.app_context():
        person, made = add_person(session, email="Olu@Example.org", role="editor", now=clock.now)
        send_invitation(session, person)
        session.commit()
    assert made
    link = post_box.link("olu@example.org")
    page.get(link)
    page.post(link, {"full_name": "Olu Ade", "password": "olu@example.org"}, status=422)
    assert "too easy to guess" in page.text("error")
    page.post(link, {"full_name": "Olu Ade", "password": "quiet harbour on sunday"})
    assert post_box.subjects("olu@example.org") == ["Your account for learning"]
    page.post("/sign-in", {"email": "olu@example.org", "password": "quiet harbour on sunday"})
    page.get("/studio/patterns")
    page.get("/account")
    assert "Olu Ade" in page.text("facts")


def test_an_invitation_lasts_fourteen_days(
    app: Flask, page: Page, session: Session, post_box: PostBox, clock: TestClock
) -> None:
    with app.app_context():
        person, _made = add_person(session, email="olu@example.org", now=clock.now)
        send_invitation(session, person)
        session.commit()
    clock.move(timedelta(days=14, seconds=1))
    page.get(post_box.link("olu@example.org"), status=404)
