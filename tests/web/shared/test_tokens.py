"""Every form that changes something asks for a token; who is sent to sign in comes back to the form."""

import re

import pytest
from flask import Flask

from app.web.shared.access import ACCESS
from tests.cast import Cast
from tests.page import Page

OWN_CHECK = {"appearance.save", "check.match", "check.drop"}
VALUES = {
    "slug": "good-course",
    "lesson": "next-steps",
    "block": "your-call",
    "code": "0" * 26,
    "position": "1",
}


def _posts(app: Flask) -> list[str]:
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    found = [rule.rule for rule in rules if rule.endpoint in ACCESS and rule.endpoint not in OWN_CHECK]
    return [re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda name: VALUES.get(name[1], "x"), rule) for rule in found]


@pytest.mark.parametrize("token", ["", "made up"])
def test_no_post_without_a_token_writes_anything(app: Flask, page: Page, cast: Cast, token: str) -> None:
    page.sign_in(cast.ada)
    addresses = _posts(app)
    assert len(addresses) > 15
    for address in addresses:
        response = page._open(
            "POST", address, data={"csrf_token": token, "text": "x", "email": "x@example.org"}
        )
        assert response.status_code in {303, 400, 403, 404}, address
        assert not [one for one in page.statements if one.startswith(("INSERT", "UPDATE", "DELETE"))], address


def test_a_guest_comes_back_to_the_page_whose_form_was_sent(page: Page, cast: Cast) -> None:
    address = "/courses/good-course/next-steps/responses/your-call"
    came_from = {"Referer": "http://localhost/courses/good-course/next-steps?x=1"}
    response = page.post(address, {"text": "x"}, headers=came_from)
    assert response.headers["Location"] == "/sign-in?next=/courses/good-course/next-steps"
    response = page.post(address, {"text": "x"}, headers={"Referer": "https://evil.example/page"})
    assert response.headers["Location"] == "/sign-in?next=/"
