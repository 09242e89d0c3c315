"""Making an account and confirming its address."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.people.tables import User
from tests.conftest import TestClock
from tests.page import Page
from tests.post_box import PostBox

NEW = {"full_name": "Nia Pryce", "email": "nia@example.org", "password": "violet gate after tea"}


def test_registering_confirming_and_signing_in(page: Page, session: Session, post_box: PostBox) -> None:
    page.follow(page.post("/register", NEW))
    assert "nia@example.org" in page.text()
    link = post_box.link("nia@example.org")

    page.get(link)
    assert session.scalar(select(User.confirmed_at)) is None, (
        "opening the link, as a mail scanner does, confirms nothing"
    )
    page.follow(page.post(link))
    assert "address is confirmed" in page.text()

    response = page.post("/sign-in", NEW)
    assert response.headers["Location"] == "/"
    page.get("/account")
    assert "Nia Pryce" in page.text()


def test_confirming_twice_is_no_error(page: Page, post_box: PostBox) -> None:
    page.post("/register", NEW)
    link = post_box.link("nia@example.org")
    page.post(link)
    assert "confirmed=yes" in page.post(link).headers["Location"]


def test_an_unconfirmed_person_is_sent_to_the_letter_and_not_let_in(page: Page) -> None:
    page.post("/register", NEW)
    page.follow(page.post("/sign-in", NEW))
    assert "not been confirmed yet" in page.text()
    page.get("/account", status=303)


def test_a_confirmation_link_is_over_after_two_days(page: Page, post_box: PostBox, clock: TestClock) -> None:
    page.post("/register", NEW)
    link = post_box.link("nia@example.org")
    clock.move(timedelta(days=2, seconds=1))
    page.get(link, status=404)
    assert "no longer works" in page.text()
    page.post("/confirm", {"email": "NIA@example.org"})
    page.post(post_box.link("nia@example.org"))
    page.post("/sign-in", NEW)


def test_nobody_lies_in_wait_in_an_account_that_somebody_else_confirms(
    app: Flask, page: Page, post_box: PostBox, clock: TestClock
) -> None:
    stranger = Page(app)
    stranger.post("/register", {**NEW, "password": "the stranger knows this one"})
    first = post_box.link("nia@example.org")
    clock.move(timedelta(minutes=1))
    page.post("/register", NEW)
    page.get(first, status=404)
    page.post(post_box.link("nia@example.org"))
    stranger.post("/sign-in", {**NEW, "password": "the stranger knows this one"}, status=422)
    page.post("/sign-in", NEW)


def test_sending_the_form_twice_makes_one_account_and_one_letter_that_works(
    page: Page, session: Session, post_box: PostBox
) -> None:
    page.post("/register", NEW)
    page.post("/register", NEW)
    assert session.scalar(select(func.count(User.id))) == 1
    assert len(post_box.letters("nia@example.org")) == 1
    page.post(post_box.link("nia@example.org"))


def test_a_link_keeps_the_page_that_the_person_came_from(page: Page, post_box: PostBox) -> None:
    page.post("/register?next=/courses/good-course", NEW)
    response = page.post(post_box.link("nia@example.org"))
    assert response.headers["Location"].endswith("next=/courses/good-course")
