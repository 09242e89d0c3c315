"""Signing in by a code from a letter."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import TestClock
from tests.page import Page
from tests.post_box import PostBox

NEW = {"full_name": "Nia Pryce", "email": "nia@example.org", "password": "violet gate after tea"}


def test_signing_in_by_code(page: Page, cast: Cast, post_box: PostBox) -> None:
    page.follow(page.post("/sign-in/code?next=/account", {"email": "Amira@Example.org"}))
    code = post_box.code("amira@example.org")
    response = page.post("/sign-in/code/enter?next=/account", {"code": code})
    page.follow(response)
    assert "Amira Osei-Bonsu" in page.text()


def test_a_code_works_once(app: Flask, page: Page, cast: Cast, post_box: PostBox) -> None:
    second = Page(app)
    for visitor in (page, second):
        visitor.post("/sign-in/code", {"email": "amira@example.org"})
    code = post_box.code("amira@example.org")
    page.post("/sign-in/code/enter", {"code": code})
    second.post("/sign-in/code/enter", {"code": code}, status=422)
    assert "not right, has been used, or is more than 15 minutes old" in second.text()


@pytest.mark.parametrize(("minutes", "status"), [(15, 303), (15.1, 422)])
def test_a_code_lasts_fifteen_minutes(
    page: Page, cast: Cast, post_box: PostBox, clock: TestClock, minutes: float, status: int
) -> None:
    page.post("/sign-in/code", {"email": "amira@example.org"})
    clock.move(timedelta(minutes=minutes))
    page.post("/sign-in/code/enter", {"code": post_box.code("amira@example.org")}, status=status)


def test_a_newer_code_takes_the_older_ones_place(
    page: Page, cast: Cast, post_box: PostBox, clock: TestClock
) -> None:
    page.post("/sign-in/code", {"email": "amira@example.org"})
    older = post_box.code("amira@example.org")
    clock.move(timedelta(minutes=1))
    page.post("/sign-in/code", {"email": "amira@example.org"})
    page.post("/sign-in/code/enter", {"code": older}, status=422)
    page.post("/sign-in/code/enter", {"code": post_box.code("amira@example.org").replace(" ", "")})


def test_five_wrong_tries_spend_a_code(page: Page, cast: Cast, post_box: PostBox) -> None:
    page.post("/sign-in/code", {"email": "amira@example.org"})
    code = post_box.code("amira@example.org")
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    for _ in range(5):
        page.post("/sign-in/code/enter", {"code": wrong}, status=422)
    page.post("/sign-in/code/enter", {"code": code}, status=422)


def test_one_persons_code_does_not_sign_in_another(
    app: Flask, page: Page, cast: Cast, post_box: PostBox
) -> None:
    page.post("/sign-in/code", {"email": "amira@example.org"})
    ben = Page(app)
    ben.post("/sign-in/code", {"email": "ben@example.org"})
    ben.post("/sign-in/code/enter", {"code": post_box.code("amira@example.org")}, status=422)


def test_a_code_confirms_the_address_and_drops_a_password_that_anybody_could_have_set(
    app: Flask, page: Page, post_box: PostBox
) -> None:
    Page(app).post("/register", NEW)
    page.post("/sign-in/code", {"email": "nia@example.org"})
    page.post("/sign-in/code/enter", {"code": post_box.code("nia@example.org")})
    page.get("/account")
    Page(app).post("/sign-in", NEW, status=422)
