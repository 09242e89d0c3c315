"""The one-time link that makes the first administrator."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotAllowed
from app.people.accounts import has_admin, make_admin, make_admin_link
from app.people.tables import AdminLink, User
from tests.cast import Cast
from tests.conftest import TestClock
from tests.page import Page

ADA = {"full_name": "Ada Fenwick", "email": "ada@example.org", "password": "violet gate after tea"}


@pytest.fixture
def token(session: Session, clock: TestClock) -> str:
    made = make_admin_link(session, now=clock.now)
    session.commit()
    return made


def test_the_link_makes_the_administrator_and_signs_them_in(page: Page, session: Session, token: str) -> None:
    page.get(f"/welcome/{token}")
    assert not has_admin(session), "opening the link makes nobody anything"
    session.rollback()
    page.post(f"/welcome/{token}", ADA)
    assert has_admin(session)
    page.get("/studio/patterns")
    link = session.scalars(select(AdminLink)).one()
    assert link.used_by_id == session.scalar(select(User.id))
    assert token not in link.token_hash


def test_it_works_once(page: Page, session: Session, token: str) -> None:
    page.post(f"/welcome/{token}", ADA)
    page.post("/sign-out")
    page.get(f"/welcome/{token}", status=404)
    page.post(f"/welcome/{token}", {**ADA, "email": "eve@example.org"}, status=404)
    assert session.scalar(select(User.email)) == "ada@example.org"


def test_it_works_for_a_day(page: Page, token: str, clock: TestClock) -> None:
    clock.move(timedelta(hours=24))
    page.get(f"/welcome/{token}", status=404)


def test_a_newer_link_takes_its_place(page: Page, session: Session, token: str, clock: TestClock) -> None:
    newer = make_admin_link(session, now=clock.now)
    session.commit()
    page.get(f"/welcome/{token}", status=404)
    page.get(f"/welcome/{newer}")


def test_it_is_worth_nothing_once_there_is_an_administrator(
    page: Page, session: Session, token: str, clock: TestClock
) -> None:
    page.post(f"/welcome/{token}", ADA)
    with pytest.raises(NotAllowed):
        make_admin_link(session, now=clock.now)


def test_an_administrator_made_meanwhile_ends_it(
    page: Page, session: Session, cast: Cast, clock: TestClock
) -> None:
    session.execute(delete(User.__mapper__.relationships["roles"].secondary))  # type: ignore[arg-type]
    token = make_admin_link(session, now=clock.now)
    make_admin(session, email="ben@example.org")
    session.commit()
    page.get(f"/welcome/{token}", status=404)


@pytest.mark.parametrize("made_up", ["x", "a" * 43, "..%2F..", "%00", "é", "a" * 3000])
def test_a_made_up_link_is_nothing(page: Page, token: str, made_up: str) -> None:
    page.get(f"/welcome/{made_up}", status=404)


def test_a_weak_password_and_a_refused_token_make_nobody(page: Page, session: Session, token: str) -> None:
    page.post(f"/welcome/{token}", {**ADA, "password": "adafenwick"}, status=422)
    page.post(f"/welcome/{token}", {**ADA, "csrf_token": "made up"}, status=400)
    assert not has_admin(session)
