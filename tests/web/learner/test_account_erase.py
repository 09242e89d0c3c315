"""Erasing one's account: three clicks, asked for twice, told truthfully, and then nothing is left."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.mail.tables import Letter
from app.people.tables import User
from tests.cast import PASSWORD, Cast
from tests.conftest import TestClock
from tests.everything_kept import places_of
from tests.house.learner import Learner
from tests.learning.somebody import ADDRESS, COURSE, NEEDLES, make_somebody
from tests.page import Page
from tests.post_box import PostBox

ERASE, RIGHT = "/account/erasure", {"password": PASSWORD}
SIGN_IN = {"email": "amira@example.org", "password": PASSWORD}


@pytest.fixture
def without_password(session: Session, cast: Cast) -> User:
    """Ben signs in by codes alone."""
    with writing(session):
        session.execute(update(User).where(User.id == cast.ben.id).values(password=None))
    return cast.ben


def is_there(session: Session, person_id: int) -> bool:
    session.rollback()
    return session.scalar(select(User.email).where(User.id == person_id)) is not None


def test_it_takes_three_clicks_from_the_account(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).get("/account")
    page.get(page.links()["Erase my account"])
    page.follow(page.post(ERASE, RIGHT))
    assert "Your account has been erased" in page.text()
    assert not is_there(session, cast.amira.id)


def test_nothing_is_left_of_them_once_the_last_letter_has_gone(
    app: Flask, page: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    somebody = make_somebody(app, session, clock, cast)
    page.sign_in(somebody.person).post(ERASE, RIGHT)
    assert {place.partition(":")[0] for place in places_of(session, *NEEDLES)} == {"letter.recipient"}
    app.extensions["rung"].loop.once()
    assert places_of(session, *NEEDLES) == []


def test_the_last_letter_says_so_without_a_name(
    app: Flask, page: Page, session: Session, clock: TestClock, cast: Cast, post_box: PostBox
) -> None:
    somebody = make_somebody(app, session, clock, cast)
    page.sign_in(somebody.person).post(ERASE, RIGHT)
    [letter] = post_box.letters(ADDRESS)
    assert letter.subject == "Your account has been erased"
    assert "Your certificates go on to answer" in letter.text
    assert "Zephyrine" not in letter.text + letter.html


def test_every_session_ends(app: Flask, page: Page, cast: Cast) -> None:
    elsewhere = Page(app)
    elsewhere.post("/sign-in", SIGN_IN)
    elsewhere.get("/account")
    page.sign_in(cast.amira).post(ERASE, RIGHT)
    for browser in (page, elsewhere):
        assert browser.get("/account", status=303).headers["Location"].startswith("/sign-in")
    page.post("/sign-in", SIGN_IN, status=422)


def test_the_address_is_free_again(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).post(ERASE, RIGHT)
    page.post("/register", {"full_name": "Another Amira", **SIGN_IN, "password": "violet gate after tea"})
    assert places_of(session, "Another Amira") != []


def test_a_wrong_password_erases_nothing(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).post(ERASE, {"password": "not this one"}, status=422)
    assert "This is not your password." in page.text("error")
    assert is_there(session, cast.amira.id)


def test_the_only_administrator_is_told_why_not(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.ada).post(ERASE, RIGHT, status=422)
    assert "You are the only administrator" in page.text("error")
    assert is_there(session, cast.ada.id)


def test_who_has_no_password_is_sent_a_code(
    page: Page, session: Session, without_password: User, post_box: PostBox
) -> None:
    page.sign_in(without_password).get(ERASE)
    page.follow(page.post(f"{ERASE}/code"))
    assert "A code is on its way" in page.text("notice")
    code = post_box.code(without_password.email)
    page.post(ERASE, {"code": "0000 0000" if code != "0000 0000" else "1111 1111"}, status=422)
    page.follow(page.post(ERASE, {"code": code}))
    assert "Your account has been erased" in page.text()
    assert not is_there(session, without_password.id)


def test_a_code_is_good_for_a_quarter_of_an_hour_and_five_tries(
    page: Page, session: Session, without_password: User, post_box: PostBox, clock: TestClock
) -> None:
    page.sign_in(without_password).post(f"{ERASE}/code")
    clock.move(timedelta(minutes=16))
    page.post(ERASE, {"code": post_box.code(without_password.email)}, status=422)
    page.post(f"{ERASE}/code")
    code = post_box.code(without_password.email)
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    for _ in range(5):
        page.post(ERASE, {"code": wrong}, status=422)
    page.post(ERASE, {"code": code}, status=422)
    assert is_there(session, without_password.id)


def test_a_code_of_an_only_administrator_is_not_spent(
    page: Page, session: Session, cast: Cast, post_box: PostBox
) -> None:
    with writing(session):
        session.execute(update(User).where(User.id == cast.ada.id).values(password=None))
    page.sign_in(cast.ada).post(f"{ERASE}/code")
    for _ in range(2):
        page.post(ERASE, {"code": post_box.code(cast.ada.email)}, status=422)
        assert "You are the only administrator" in page.text("error")


def test_the_code_of_another_is_no_use(
    app: Flask, page: Page, cast: Cast, session: Session, without_password: User, post_box: PostBox
) -> None:
    Page(app).post("/sign-in/code", {"email": cast.amira.email})
    page.sign_in(without_password).post(ERASE, {"code": post_box.code(cast.amira.email)}, status=422)
    assert is_there(session, without_password.id)
    assert is_there(session, cast.amira.id)


def test_an_editor_reads_what_becomes_of_their_work(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get(ERASE)
    assert "as an editor" in page.text()
    page.sign_in(cast.amira).get(ERASE)
    assert "as an editor" not in page.text()


def test_a_link_of_an_earlier_letter_leads_nowhere_afterwards(
    app: Flask, page: Page, cast: Cast, session: Session, post_box: PostBox
) -> None:
    Page(app).post("/reset", {"email": cast.amira.email})
    link = post_box.link(cast.amira.email)
    page.sign_in(cast.amira).post(ERASE, RIGHT)
    page.get(link, status=404)


def test_what_others_have_is_untouched(
    app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    hers = Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    app.extensions["rung"].loop.once()
    page.sign_in(cast.ben).post(ERASE, RIGHT)
    assert session.query(Letter).filter(Letter.recipient == cast.amira.email).count() == 1
    page.sign_in(cast.amira).get(f"/certificates/{hers.certificate}.pdf")


def test_the_holder_sees_no_pdf_and_nobody_else_does(
    app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    hers = Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    app.extensions["rung"].loop.once()
    page.sign_in(cast.amira).post(ERASE, RIGHT)
    page.sign_in(cast.ben).get(f"/certificates/{hers.certificate}.pdf", status=404)
    page.get(f"/check/{hers.certificate}")
    assert cast.amira.full_name not in page.text()
