"""Stopping letters from a letter: by a person who presses a button, or by a mail program on its own."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.tables import FollowUp
from app.mail.tables import Letter
from app.settings import Settings
from tests.cast import Cast
from tests.conftest import TestClock
from tests.learning.follow_ups import Mornings, passed_and_asked
from tests.page import Page


@pytest.fixture
def address(app: Flask, session: Session, cast: Cast, settings: Settings, clock: TestClock) -> str:
    """The address that is in Amira's letter of the first week."""
    passed_and_asked(session, cast.amira, clock.now)
    Mornings(session, settings, clock).on(7)
    stop_url = session.scalars(select(Letter.stop_url).where(Letter.kind == "follow-up")).one()
    return (stop_url or "").removeprefix("http://localhost")


def coming(session: Session) -> int:
    session.rollback()
    return len(session.scalars(select(FollowUp).where(FollowUp.drawn_at.is_(None))).all())


def test_following_the_link_only_asks(page: Page, session: Session, address: str) -> None:
    page.get(address)
    page.client.head(address)
    assert "Stop these letters?" in page.text()
    assert coming(session) == 1


def test_the_button_stops_and_says_how_to_begin_again(page: Page, session: Session, address: str) -> None:
    page.get(address)
    page.post(address, {"csrf_token": "", "List-Unsubscribe": "One-Click"}, status=200)
    assert "No more of these letters will come" in page.text()
    assert "sign in and open the certificate of the course" in page.links()
    assert coming(session) == 0
    page.get(address)
    assert "No more of these letters will come" in page.text()


def test_a_mail_program_stops_without_cookie_token_or_referrer(
    app: Flask, session: Session, address: str
) -> None:
    """RFC 8058: a POST with this very body, and an answer that is no redirect. Twice is once."""
    for _ in range(2):
        response = app.test_client().post(
            address,
            data=b"List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
            headers={"User-Agent": "mail"},
        )
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
        assert coming(session) == 0


def test_the_page_names_nobody_and_is_kept_by_no_cache(page: Page, cast: Cast, address: str) -> None:
    for response in (page.get(address), page.post(address, status=200)):
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert cast.amira.email not in response.text
        assert cast.amira.full_name not in response.text
        assert "A good course" not in response.text


@pytest.mark.parametrize("code", ["7", "0" * 26, "x" * 300, "%00", "..%2f..", "😀"])
def test_a_code_that_nobody_was_sent_is_not_known(
    page: Page, session: Session, address: str, code: str
) -> None:
    assert page._open("GET", f"/stop/{code}").status_code == 404
    assert page._open("POST", f"/stop/{code}").status_code == 404
    assert coming(session) == 1


def test_the_code_of_the_page_itself_stops_nothing(page: Page, session: Session, address: str) -> None:
    code = session.scalars(select(FollowUp.code).where(FollowUp.drawn_at.is_not(None))).one()
    page._open("POST", f"/stop/{code}")
    assert coming(session) == 1
