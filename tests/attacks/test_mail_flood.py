"""The doors that send letters, pressed patiently all day for somebody else's address."""

import time

import pytest

from tests.cast import PASSWORD, Cast
from tests.page import Page
from tests.post_box import PostBox

MOST = 20
DOORS = {
    "/reset": {"email": "amira@example.org"},
    "/sign-in/code": {"email": "Amira@Example.org"},
    "/register": {"email": "amira@example.org", "full_name": "X Y", "password": "violet gate after tea"},
}


@pytest.fixture
def every_minute(monkeypatch: pytest.MonkeyPatch) -> object:
    """Each call is a minute later: slower than any limit of a few minutes minds."""
    began, passed = time.time(), [0]

    def wait() -> None:
        passed[0] += 60
        monkeypatch.setattr("time.time", lambda: began + passed[0])

    return wait


def test_nobodys_mail_is_flooded(page: Page, cast: Cast, post_box: PostBox, every_minute) -> None:
    doors = list(DOORS.items())
    for number in range(MOST + 4):
        every_minute()
        address, form = doors[number % len(doors)]
        page.post(address, form, status=303 if number < MOST else 429)
    assert post_box.count() <= MOST
    assert "Try again in 24 hours." in page.text()


def test_a_mistake_sends_nothing_and_is_not_counted(page: Page, cast: Cast, every_minute) -> None:
    for _ in range(MOST + 4):
        every_minute()
        page.post("/register", {"email": "amira@example.org"}, status=422)
    page.post("/reset", {"email": "amira@example.org"})


def test_one_account_cannot_write_to_everybody(
    page: Page, cast: Cast, post_box: PostBox, every_minute
) -> None:
    page.sign_in(cast.ben)
    for number in range(MOST + 2):
        every_minute()
        form = {"email": f"victim{number}@example.org", "password": PASSWORD}
        page.post("/account/address", form, status=303 if number < MOST else 429)
    assert post_box.count() == MOST
