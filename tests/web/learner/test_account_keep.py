"""The button that keeps an account which nobody uses."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.learning.idling import let_idle_go
from app.web.shared.context import running_in
from tests.cast import Cast
from tests.conftest import TestClock
from tests.page import Page

DAYS = 730


@pytest.fixture
def goes(app: Flask, session: Session, clock: TestClock, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts go after two years, and everybody has been told."""
    running = running_in(app)
    changed = replace(running.settings, keep={**running.settings.keep, "idle": DAYS})
    monkeypatch.setitem(app.extensions, "rung", replace(running, settings=changed))
    clock.move(timedelta(days=5000))
    with Session(session.get_bind()) as night:
        let_idle_go(night, DAYS, base_url="http://localhost", zone=ZoneInfo("Europe/London"), now=clock.now)


@pytest.mark.usefixtures("goes")
def test_whoever_was_told_finds_the_button_and_it_is_gone_once_pressed(page: Page, cast: Cast) -> None:
    page.sign_in(cast.ben).get("/account")
    assert "about to be erased" in page.text()
    page.follow(page.post("/account/keeping"))
    assert "Your account stays as it is." in page.text("notice")
    assert "about to be erased" not in page.text()


def test_nobody_else_sees_it(page: Page, cast: Cast) -> None:
    page.sign_in(cast.ben).get("/account")
    assert "about to be erased" not in page.text()
