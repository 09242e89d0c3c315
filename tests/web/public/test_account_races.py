"""The same deed by many at the same moment has one effect."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.people.accounts import make_admin_link
from app.people.tables import Role, User
from tests.cast import Cast
from tests.conftest import TestClock
from tests.page import Page
from tests.post_box import PostBox

pytestmark = pytest.mark.slow
AT_ONCE = 8
NIA = {"full_name": "Nia Pryce", "email": "nia@example.org", "password": "violet gate after tea"}


def _together(deed: Callable[[int], int]) -> list[int]:
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> int:
        barrier.wait()
        return deed(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, range(AT_ONCE)))


def _post(app: Flask, address: str, form: dict[str, str], visitor: Page | None = None) -> int:
    visitor = visitor or Page(app)
    return visitor.client.post(address, data={"csrf_token": visitor.token(), **form}).status_code


def test_registering_at_once_makes_one_account_and_a_letter_that_works(
    app: Flask, session: Session, post_box: PostBox
) -> None:
    assert _together(lambda _: _post(app, "/register", NIA)) == [303] * AT_ONCE
    assert session.scalar(select(func.count(User.id))) == 1
    assert len(post_box.letters("nia@example.org")) == 1
    Page(app).post(post_box.link("nia@example.org"))
    Page(app).post("/sign-in", NIA)


def test_a_code_used_at_once_signs_in_once(app: Flask, cast: Cast, post_box: PostBox) -> None:
    Page(app).post("/sign-in/code", {"email": "amira@example.org"})
    code = post_box.code("amira@example.org")
    visitors = [Page(app) for _ in range(AT_ONCE)]
    for visitor in visitors:
        visitor.token()
        with visitor.client.session_transaction() as kept:
            kept["code_asked_for"] = "amira@example.org"
    found = _together(lambda number: _post(app, "/sign-in/code/enter", {"code": code}, visitors[number]))
    assert found == [303] + [422] * (AT_ONCE - 1)


def test_one_of_many_becomes_the_administrator(app: Flask, session: Session, clock: TestClock) -> None:
    token = make_admin_link(session, now=clock.now)
    session.commit()
    found = _together(
        lambda number: _post(app, f"/welcome/{token}", {**NIA, "email": f"nia-{number}@example.org"})
    )
    assert found == [303] + [404] * (AT_ONCE - 1)
    assert session.scalar(select(func.count(User.id)).join(User.roles).where(Role.name == "admin")) == 1
    assert session.scalar(select(func.count(User.id))) == 1


def test_a_reset_link_used_at_once_sets_one_password(app: Flask, cast: Cast, post_box: PostBox) -> None:
    Page(app).post("/reset", {"email": "amira@example.org"})
    link = post_box.link("amira@example.org")
    found = _together(lambda number: _post(app, link, {"password": f"quiet harbour on sunday {number}"}))
    assert found == [303] + [404] * (AT_ONCE - 1)
