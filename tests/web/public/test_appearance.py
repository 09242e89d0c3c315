"""Colours and text size: one press, one change, one cookie, from this site only."""

import pytest
from werkzeug.test import TestResponse

from tests.page import Page

HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def press(page: Page, status: int = 303, headers: dict[str, str] = HERE, **form: str) -> TestResponse:
    """Send the form as it stands on a guest's page: without a token."""
    response = page.client.post("/appearance", data=form, headers=headers)
    assert response.status_code == status, response.text
    return response


def root(page: Page) -> dict[str, str]:
    page.get("/no-such-page", status=404)
    html = page.elements("html")[0]
    return {name: value for name, value in html.attrib.items() if name.startswith("data-")}


def test_a_page_follows_the_device_until_somebody_chooses(page: Page) -> None:
    assert root(page) == {}


def test_one_press_changes_one_thing_and_keeps_the_other(page: Page) -> None:
    press(page, theme="dark")
    assert root(page) == {"data-theme": "dark"}
    press(page, size="larger")
    assert root(page) == {"data-theme": "dark", "data-size": "larger"}


def test_the_pressed_button_says_so(page: Page) -> None:
    press(page, theme="light")
    page.get("/no-such-page", status=404)
    pressed = [one.get("value") for one in page.elements("button") if one.get("aria-pressed") == "true"]
    assert pressed == ["light", "normal"]


def test_going_back_to_plain_takes_the_cookie_away(page: Page) -> None:
    press(page, theme="dark")
    cleared = press(page, theme="system")
    assert "Max-Age=0" in cleared.headers["Set-Cookie"]
    assert root(page) == {}


def test_the_cookie_is_the_only_one_and_is_kept_for_a_year(page: Page) -> None:
    cookies = press(page, theme="dark").headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert cookies[0].startswith("appearance=dark.normal;")
    assert "Max-Age=31536000" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    assert "HttpOnly" in cookies[0]


def test_it_comes_back_to_the_same_page_at_the_same_place(page: Page) -> None:
    back = press(page, theme="dark", **{"return": "/check?code=7K4M"})
    assert back.headers["Location"] == "/check?code=7K4M#appearance"


def test_the_form_carries_the_page_it_stands_on(page: Page) -> None:
    page.get("/no-such-page?a=1", status=404)
    returns = [one.get("value") for one in page.elements("input") if one.get("name") == "return"]
    assert returns == ["/no-such-page?a=1"]


@pytest.mark.parametrize(
    "path",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nX-Bad: 1", "javascript:alert(1)"],
)
def test_a_hostile_return_path_leads_to_the_first_page(page: Page, path: str) -> None:
    assert press(page, theme="dark", **{"return": path}).headers["Location"] == "/#appearance"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost@evil.example"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Referer": "https://evil.example/http://localhost/"},
        {"Origin": "http://localhost", "Referer": "https://evil.example/"},
    ],
)
def test_a_request_from_elsewhere_or_nowhere_changes_nothing(page: Page, headers: dict[str, str]) -> None:
    refused = press(page, 403, headers, theme="dark")
    assert "appearance=" not in refused.headers.get("Set-Cookie", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://localhost"},
        {"Referer": "http://localhost/check"},
    ],
)
def test_any_one_sign_that_it_comes_from_here_will_do(page: Page, headers: dict[str, str]) -> None:
    press(page, 303, headers, theme="dark")
    assert root(page) == {"data-theme": "dark"}


@pytest.mark.parametrize(
    "form", [{"theme": "sepia"}, {"size": "huge"}, {"theme": ""}, {"theme": 'dark" onload="x'}]
)
def test_a_word_we_do_not_know_is_refused(page: Page, form: dict[str, str]) -> None:
    refused = press(page, 400, **form)
    assert "appearance=" not in refused.headers.get("Set-Cookie", "")


def test_a_forged_cookie_changes_nothing_on_the_page(page: Page) -> None:
    page.client.set_cookie("appearance", 'dark"><script>alert(1)</script>.large')
    assert root(page) == {}


def test_it_is_changed_by_post_alone(page: Page) -> None:
    assert page.client.get("/appearance").status_code in {404, 405}
    assert root(page) == {}
