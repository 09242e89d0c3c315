"""What holds for every account door: nobody is given away, limits, tokens, hosts, and where they lead."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import PASSWORD, Cast
from tests.page import Page
from tests.post_box import PostBox

NEW = {"full_name": "Nia Pryce", "email": "nia@example.org", "password": "violet gate after tea"}


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/courses/good-course?practice=a", "/courses/good-course?practice=a"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/%09/evil.example", "/%09/evil.example"),
        ("/\t/evil.example", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.example", "/"),
        ("http:/evil.example", "/"),
        ("", "/"),
    ],
)
def test_signing_in_never_leads_to_another_site(page: Page, cast: Cast, target: str, lands: str) -> None:
    form = {"email": "amira@example.org", "password": PASSWORD}
    response = page.post("/sign-in", form, query_string={"next": target})
    assert response.headers["Location"] == lands


Door = tuple[str, Callable[[str], dict[str, str]]]
DOORS: list[Door] = [
    ("/register", lambda address: {**NEW, "email": address}),
    ("/sign-in", lambda address: {"email": address, "password": "not the password"}),
    ("/sign-in/code", lambda address: {"email": address}),
    ("/reset", lambda address: {"email": address}),
    ("/confirm", lambda address: {"email": address}),
]


@pytest.mark.parametrize(("address", "fields"), DOORS, ids=[door for door, _ in DOORS])
def test_no_door_tells_whether_there_is_an_account(
    app: Flask, cast: Cast, post_box: PostBox, address: str, fields: Callable[[str], dict[str, str]]
) -> None:
    seen = set()
    for person in ("amira@example.org", "annie@example.org"):
        visitor = Page(app)
        response = visitor._open("POST", address, data={"csrf_token": visitor.token(), **fields(person)})
        landed = visitor.get(response.headers["Location"]) if response.status_code == 303 else response
        cookie = response.headers.get("Set-Cookie", "")
        seen.add(
            (
                response.status_code,
                response.headers.get("Location"),
                cookie.partition("=")[0] + cookie.partition(";")[2],
                len(cookie),
                _without_tokens(landed.text).replace(person, "SOMEBODY"),
            )
        )
    assert len(seen) == 1


def test_a_code_that_nobody_was_sent_is_refused_in_the_same_words(app: Flask, cast: Cast) -> None:
    seen = set()
    for person in ("amira@example.org", "annie@example.org"):
        visitor = Page(app)
        visitor.post("/sign-in/code", {"email": person})
        response = visitor.post("/sign-in/code/enter", {"code": "1234 5678"}, status=422)
        seen.add(_without_tokens(response.text).replace(person, "SOMEBODY"))
    assert len(seen) == 1


def test_who_has_an_account_is_told_so_by_letter(page: Page, cast: Cast, post_box: PostBox) -> None:
    page.post("/register", {**NEW, "email": "amira@example.org"})
    assert post_box.subjects("amira@example.org") == ["You already have an account"]
    page.post("/sign-in", {"email": "amira@example.org", "password": NEW["password"]}, status=422)
    page.post("/sign-in", {"email": "amira@example.org", "password": PASSWORD})


def _without_tokens(html: str) -> str:
    return "".join(line for line in html.splitlines() if 'name="csrf_token"' not in line)
