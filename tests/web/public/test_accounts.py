"""What holds for every account door: nobody is given away, limits, tokens, hosts, and where they lead."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import PASSWORD, Cast
from tests.page import Page
from tests.post_box import PostBox
from tests.web.conftest import MakeApp

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


def _knock(
    app: Flask, door: str, fields: dict[str, str], times: int, address: str = "127.0.0.1"
) -> list[int]:
    visitor = Page(app)
    token = visitor.token()
    with visitor.client.session_transaction() as kept:
        kept["code_asked_for"] = fields.get("email", "")
    found = []
    for _ in range(times):
        sent = {"csrf_token": token, **fields}
        response = visitor._open("POST", door, data=sent, environ_overrides={"REMOTE_ADDR": address})
        found.append(response.status_code)
    return found


LIMITED = [*[(door, fields("annie@example.org")) for door, fields in DOORS]]
LIMITED += [("/sign-in/code/enter", {"email": "annie@example.org", "code": "1234 5678"})]


@pytest.mark.parametrize(("door", "fields"), LIMITED, ids=[door for door, _ in LIMITED])
def test_ten_tries_at_one_account_are_enough_for_any_door(
    app: Flask, cast: Cast, door: str, fields: dict[str, str]
) -> None:
    statuses = _knock(app, door, fields, 11)
    assert 429 not in statuses[:10]
    assert statuses[10] == 429


def test_the_doors_count_together_however_the_address_is_spelt(app: Flask, cast: Cast) -> None:
    for spelling in ("annie@example.org", "ANNIE@example.org", " annie@EXAMPLE.org "):
        _knock(app, "/sign-in", {"email": spelling, "password": "x"}, 3, address=f"10.0.0.{len(spelling)}")
    assert _knock(app, "/reset", {"email": "Annie@example.org"}, 2) == [303, 429]
    assert _knock(app, "/reset", {"email": "someone-else@example.org"}, 1) == [303]


def test_guessing_a_code_is_counted_by_who_it_was_sent_to(app: Flask, cast: Cast) -> None:
    visitor = Page(app)
    visitor.post("/sign-in/code", {"email": "amira@example.org"})
    statuses = []
    for number in range(10):
        form = {"csrf_token": visitor.token(), "code": "1234 5678", "email": f"other-{number}@example.org"}
        statuses.append(visitor._open("POST", "/sign-in/code/enter", data=form).status_code)
    assert statuses[-1] == 429


def test_signing_in_rightly_is_not_counted(app: Flask, cast: Cast) -> None:
    for _ in range(11):
        Page(app).post("/sign-in", {"email": "amira@example.org", "password": PASSWORD})


def test_one_network_address_has_three_hundred_tries(app: Flask, cast: Cast) -> None:
    statuses = []
    for number in range(31):
        fields = {"email": f"guess-{number}@example.org"}
        statuses += _knock(app, "/reset", fields, 10, address="203.0.113.7")
    assert statuses[:300] == [303] * 300
    assert set(statuses[300:]) == {429}
    assert _knock(app, "/reset", {"email": "guess-1000@example.org"}, 1, address="203.0.113.8") == [303]


def test_the_page_says_how_long_to_wait(app: Flask, page: Page) -> None:
    _knock(app, "/reset", {"email": "annie@example.org"}, 10)
    response = page.post("/reset", {"email": "annie@example.org"}, status=429)
    assert 1 <= int(response.headers["Retry-After"]) <= 300
    assert "Try again in 5 minutes." in page.text()


def test_reading_has_no_limit(app: Flask, page: Page) -> None:
    for _ in range(30):
        page.get("/sign-in")


@pytest.mark.parametrize(("door", "fields"), [*LIMITED, ("/sign-in", {"email": "amira@example.org"})])
@pytest.mark.parametrize("token", ["", "made up", "é" * 10])
def test_a_refused_token_changes_nothing_and_keeps_what_was_typed(
    page: Page, cast: Cast, post_box: PostBox, door: str, fields: dict[str, str], token: str
) -> None:
    if door.endswith("enter"):
        page.post("/sign-in/code", {"email": "amira@example.org"})
    letters = post_box.count()
    response = page.post(door, {**fields, "csrf_token": token}, status=400)
    assert "open for a long time" in page.text()
    assert "<title>Error: " in response.text
    kept = {field.get("name"): field.get("value") for field in page.elements("input")}
    for name, value in fields.items():
        if name == "password":
            assert value not in response.text
        elif name in kept:
            assert kept[name] == value
    assert post_box.count() == letters
    fresh = next(field.get("value") for field in page.elements("input") if field.get("name") == "csrf_token")
    again = page._open("POST", door, data={**fields, "csrf_token": str(fresh)})
    assert again.status_code in {303, 422}


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "a b", "@localhost"]
)
def test_a_foreign_host_is_refused_and_gets_into_no_letter(
    page: Page, cast: Cast, post_box: PostBox, host: str
) -> None:
    form = {"email": "amira@example.org", "csrf_token": page.token()}
    response = page._open("POST", "/reset", data=form, headers={"Host": host})
    assert response.status_code == 400
    assert post_box.count() == 0


def test_links_in_letters_stand_on_the_base_address(make_app: MakeApp, cast: Cast, post_box: PostBox) -> None:
    page = Page(make_app(base_url="https://learning.example.org"))
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "host=evil.example",
    }
    form = {"email": "amira@example.org", "csrf_token": page.token()}
    page._open("POST", "/reset", data=form, headers=headers, base_url="https://127.0.0.1")
    assert post_box.count() == 0, "a token made for another address is refused"
    token = _token_of(page.get("/reset", base_url="https://127.0.0.1").text)
    page._open(
        "POST", "/reset", data={**form, "csrf_token": token}, headers=headers, base_url="https://127.0.0.1"
    )
    assert "https://learning.example.org/reset/" in post_box.newest("amira@example.org").text
    assert "evil" not in post_box.newest("amira@example.org").text


def _token_of(html: str) -> str:
    return html.partition('name="csrf_token" value="')[2].partition('"')[0]


HOSTILE = {
    "a null": "Ann\x00a",
    "a line end": "Ann\r\nBcc: everybody@example.org",
    "a direction mark": "Ann\u202eeilrahC",
    "markup": "<script>alert(1)</script>",
    "a template": "{{ 7 * 7 }} ${7*7} {% print(1) %}",
    "quotes": "Robert'); DROP TABLE person;--",
    "ten thousand letters": "a" * 10_000,
    "emoji": "👩🏽‍🎓" * 40,
    "nothing but space": " \u00a0\u3000 ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("field", ["full_name", "email", "password", "remember", "csrf_token", "unknown"])
def test_hostile_text_in_any_field_is_refused_or_taken_as_it_stands(
    page: Page, post_box: PostBox, field: str, text: str
) -> None:
    response = page._open("POST", "/register", data={"csrf_token": page.token(), **NEW, field: text})
    assert response.status_code in {303, 400, 422}
    for letter in post_box.letters("nia@example.org"):
        assert "\n" not in letter.subject
        assert "<script>" not in letter.html
        assert letter.text.count("Hello") == 1
    page._open("POST", "/sign-in", data={"csrf_token": page.token(), **NEW, field: text})
    assert response.status_code in {303, 400, 422}


def test_a_long_password_is_taken_whole_and_a_huge_one_refused(
    app: Flask, page: Page, post_box: PostBox
) -> None:
    phrase = "the ferry leaves at nine and the gulls know it long before we do. " * 3
    page.post("/register", {**NEW, "password": phrase + "x" * 100}, status=422)
    assert "256 characters or fewer" in page.text("error")
    page.post("/register", {**NEW, "password": phrase})
    page.post(post_box.link("nia@example.org"))
    page.post("/sign-in", {**NEW, "password": phrase[:72]}, status=422)
    page.post("/sign-in", {**NEW, "password": phrase})


def test_only_who_was_added_has_an_account_where_that_is_the_rule(
    make_app: MakeApp, post_box: PostBox
) -> None:
    page = Page(make_app(registration="invited"))
    page.get("/register")
    assert "whoever looks after learning where you work" in page.text()
    assert not [form for form in page.elements("form") if form.get("action") != "/appearance"]
    page.post("/register", NEW, status=200)
    assert post_box.count() == 0


def test_only_some_domains_register_where_that_is_the_rule(make_app: MakeApp, post_box: PostBox) -> None:
    page = Page(make_app(registration="domains", email_domains=("homes.example", "council.example")))
    for outside in (
        "nia@example.org",
        "nia@evil-homes.example",
        "nia@homes.example.org",
        "nia@sub.homes.example",
    ):
        page.post("/register", {**NEW, "email": outside}, status=422)
        assert "Use your work address, which ends in @homes.example or @council.example." in page.text(
            "error"
        )
    assert post_box.count() == 0
    page.post("/register", {**NEW, "email": "nia@Council.example"})
    assert post_box.subjects("nia@council.example") == ["Confirm your e-mail address"]
