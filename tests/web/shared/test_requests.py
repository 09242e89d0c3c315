"""What every response carries, compared whole: a header more or less is seen."""

import io
import json
import re
from collections.abc import Mapping
from contextlib import redirect_stderr

import pytest
from flask import Flask

from app.logs import configure_logs
from tests.cast import Cast
from tests.page import Page

SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HTML = "text/html; charset=utf-8"
CHANGING = {"Content-Length", "ETag", "X-Request-ID", "Set-Cookie", "Date"}


def fixed(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers but for those whose value is of the moment."""
    return {name: value for name, value in headers.items() if name not in CHANGING}


def test_a_guests_page_may_be_shared_for_a_minute(page: Page) -> None:
    response = page.get("/")
    shared = {"Cache-Control": "public, max-age=60", "Vary": "Accept-Encoding, Cookie"}
    assert fixed(response.headers) == SAFE | shared | {"Content-Type": HTML}
    assert "Set-Cookie" not in response.headers
    assert response.headers["ETag"]


def test_a_persons_page_is_nobody_elses(page: Page, cast: Cast) -> None:
    response = page.sign_in(cast.amira).get("/")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in response.headers["Vary"]
    kept = {
        name: value
        for name, value in fixed(response.headers).items()
        if name not in {"Vary", "Cache-Control"}
    }
    assert kept == SAFE | {"Content-Type": HTML}


@pytest.mark.parametrize("address", ["/account", "/sign-in", "/register", "/my-cpd", "/nowhere"])
def test_whatever_is_not_a_guests_page_is_kept_by_no_cache(page: Page, cast: Cast, address: str) -> None:
    visitor = page.client.get(address)
    assert visitor.headers["Cache-Control"] == "private, no-store"
    person = page.sign_in(cast.amira).client.get(address)
    assert person.headers["Cache-Control"] == "private, no-store"


def test_an_error_page_carries_the_same_headers(page: Page) -> None:
    response = page.get("/nowhere", status=404)
    assert SAFE.items() <= dict(response.headers).items()
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_style_sheet_is_kept_for_ever_and_varies_by_encoding_alone(page: Page) -> None:
    page.get("/")
    sheet = next(one.get("href", "") for one in page.elements("link") if one.get("rel") == "stylesheet")
    response = page.get(sheet)
    assert fixed(response.headers) == SAFE | {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Type": "text/css; charset=utf-8",
        "Vary": "Accept-Encoding",
    }
    assert "Set-Cookie" not in response.headers


def test_a_file_that_is_not_there_is_not_kept(page: Page) -> None:
    response = page.get("/assets/reader-0000000000000000.css", status=404)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_https_is_kept_for_a_year_where_the_base_address_is_https(make_app) -> None:
    https = make_app(base_url="https://learning.example.org").test_client()
    response = https.get("/", base_url="https://learning.example.org")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert SAFE.items() <= dict(response.headers).items()


def test_plain_http_promises_no_https(page: Page) -> None:
    assert "Strict-Transport-Security" not in page.get("/").headers


def test_over_https_the_cookie_is_for_this_host_and_https_alone(make_app) -> None:
    https = make_app(base_url="https://learning.example.org").test_client()
    cookie = https.get("/sign-in", base_url="https://learning.example.org").headers["Set-Cookie"]
    assert re.match(r"__Host-rung=[^;]+; ", cookie)
    attributes = {part.strip() for part in cookie.split(";")[1:]}
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= attributes
    assert not any(part.startswith("Domain=") for part in attributes)


@pytest.mark.parametrize("address", ["/", "/courses/good-course", "/courses/good-course/first-steps"])
def test_a_guest_reads_without_a_cookie(page: Page, address: str) -> None:
    response = page.get(address)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_reading_as_a_person_is_not_shared_with_the_next_guest(page: Page, cast: Cast, app: Flask) -> None:
    person = page.sign_in(cast.amira).get("/").text
    guest = Page(app).get("/").text
    assert cast.amira.full_name not in guest
    assert person != guest


def test_a_request_has_an_id_that_is_new_each_time(page: Page) -> None:
    first, second = (page.get("/").headers["X-Request-ID"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert first != second


def test_an_id_given_by_the_proxy_is_kept(page: Page) -> None:
    response = page.get("/", headers={"X-Request-ID": "abc-12345678"})
    assert response.headers["X-Request-ID"] == "abc-12345678"


@pytest.mark.parametrize(
    "given", ["short", "with space 123", "x" * 65, "<script>alert</script>", "a" * 7, "ümläut-äüö"]
)
def test_an_id_that_could_harm_a_log_is_not_taken(page: Page, given: str) -> None:
    assert page.get("/", headers={"X-Request-ID": given.encode()}).headers["X-Request-ID"] != given


def test_an_error_page_has_an_id_too(page: Page) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", page.get("/nowhere", status=404).headers["X-Request-ID"])


def test_a_log_line_names_the_route_and_the_id_but_not_what_was_in_the_address(page: Page) -> None:
    said = logged(page, "/courses/good-course/first-steps?back=a-secret-thing")
    line = json.loads(said.strip().splitlines()[-1])
    assert line["route"] == "/courses/<slug>/<lesson>"
    assert line["status"] == 200
    assert line["method"] == "GET"
    assert line["request_id"] == "0123456789abcdef"
    assert "a-secret-thing" not in said


def test_a_letters_link_leaves_no_token_in_the_log(page: Page) -> None:
    assert "a-token-nobody-may-know" not in logged(page, "/confirm/a-token-nobody-may-know")


def logged(page: Page, address: str) -> str:
    """What one request writes to the log, as machines read it."""
    stream = io.StringIO()
    with redirect_stderr(stream):
        configure_logs("json")
        page.client.get(address, headers={"X-Request-ID": "0123456789abcdef"})
    return stream.getvalue()


def test_a_foreign_host_name_is_refused(page: Page) -> None:
    response = page.client.get("/sign-in", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.text


def test_no_page_says_what_it_is_made_with(page: Page) -> None:
    headers = page.get("/").headers
    assert "X-Powered-By" not in headers
    assert "Server" not in headers
