"""Every form, sent as its page never would: a field left out, a hostile value, another encoding.

Each is refused or shown again, and nothing is written; what is fit to be kept is kept as text.
"""

import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.web.shared.access import ACCESS
from tests.attacks.designs import DESIGN_STORIES, design_logo
from tests.attacks.forms import STORIES, Attacked, Scene, bring_in, cpd_evidence, picture, picture_replace
from tests.page import Page

HOSTILE = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "Ann\u202eb",
    "Ann\r\nBcc: all@example.org",
    "<script>evil()</script>",
    '"><img src=x onerror=evil()>',
    "{{ 7 * 191 }}",
    "' OR 1=1 --",
    "../../etc/passwd",
    "-1",
    "1e309",
    "9" * 400,
    "\u0661",
    "\U0001f600" * 70,
    "x" * 70_000,
)
WROTE = ("INSERT", "UPDATE", "DELETE")
# A wrong code is counted; and who finds a short name taken has asked by writing it, and takes that back.
TRIED = re.compile("(UPDATE|DELETE FROM) sign_in_code|INSERT INTO source .* ON CONFLICT DO NOTHING")
# Forms without a token: see their own tests.
EXEMPT = {"appearance.save", "check.match", "check.drop", "stop.stop"}


EVERY_STORY = (*STORIES, *DESIGN_STORIES)
WITH_A_FILE = (cpd_evidence, picture, picture_replace, bring_in, design_logo)


@pytest.fixture(params=EVERY_STORY, ids=lambda story: story.__name__)
def attacked(request: pytest.FixtureRequest, scene: Scene) -> Attacked:
    form: Attacked = request.param(scene)
    return form


def test_every_form_has_its_story(scene: Scene) -> None:
    forms = {rule.endpoint for rule in scene.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    # More stories than routes: of questions three types, of blocks two, of fields four, of erasing two ways,
    # of CPD two entries.
    shared = 8
    assert len(forms & ACCESS.keys() - EXEMPT) == len(EVERY_STORY) - shared


def test_no_field_may_be_left_out(attacked: Attacked) -> None:
    for name in attacked.fields.keys() - attacked.may_go:
        response = send(attacked, {key: value for key, value in attacked.fields.items() if key != name})
        nothing_done(attacked.page, response, f"without {name}")
    for name in attacked.files:
        nothing_done(attacked.page, send(attacked, attacked.fields, {}), f"without {name}")
        as_text = {**attacked.fields, name: attacked.files[name][1].decode("latin-1")[:1000]}
        nothing_done(attacked.page, send(attacked, as_text, {}), f"{name} as text")
    nothing_was_spoilt(attacked)


def test_a_hostile_value_is_refused_or_kept_as_text(attacked: Attacked) -> None:
    for name in ("csrf_token", *attacked.fields):
        for value in HOSTILE:
            response = send(attacked, {**attacked.fields, name: value})
            assert response.status_code < 500, f"{name}={value[:40]!r}"
            if response.status_code >= 400 or name == "csrf_token":
                nothing_done(attacked.page, response, f"{name}={value[:40]!r}")
            assert "<script>evil" not in response.text
            assert "onerror=evil()>" not in response.text
            assert "1337" not in response.text
            if response.status_code == 303 and name not in attacked.may_go:
                break  # it was taken, as a name or an address of that shape may be


@pytest.mark.parametrize("story", WITH_A_FILE, ids=lambda story: story.__name__)
def test_a_hostile_file_is_refused(scene: Scene, story: Callable[[Scene], Attacked]) -> None:
    attacked = story(scene)
    assert attacked.files
    for name, (file_name, body) in attacked.files.items():
        for value in HOSTILE:
            files = {**attacked.files, name: (file_name, value.encode("utf-8", "surrogatepass"))}
            nothing_done(
                attacked.page, send(attacked, attacked.fields, files), f"{name} holds {value[:40]!r}"
            )
        half = {**attacked.files, name: (file_name, body[: len(body) // 2])}
        nothing_done(attacked.page, send(attacked, attacked.fields, half), f"half of {name}")
    nothing_was_spoilt(attacked)


def test_only_a_plain_form_counts(attacked: Attacked) -> None:
    page = attacked.page
    header = {"X-CSRFToken": page.token()}
    numbers = dict.fromkeys(attacked.fields, 5)
    for body in map(json.dumps, (attacked.fields, numbers, [1], 5) if attacked.fields else ()):
        response = post(page, attacked.address, data=body, content_type="application/json", headers=header)
        nothing_done(page, response, body)
    for name in attacked.fields.keys() - attacked.may_go:
        as_file = {**attacked.fields, "csrf_token": page.token(), name: (BytesIO(b"1"), "1")}
        response = post(page, attacked.address, data=as_file, content_type="multipart/form-data")
        nothing_done(page, response, f"{name} as a file")
    nothing_was_spoilt(attacked)


def send(
    attacked: Attacked, fields: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]] | None = None
) -> TestResponse:
    """The form with these fields, and its own files unless others are given."""
    sent = attacked.files if files is None else files
    bodies = {name: (BytesIO(body), file_name) for name, (file_name, body) in sent.items()}
    fields = {"csrf_token": attacked.page.token(), **fields, **bodies}
    return post(attacked.page, attacked.address, data=fields)


def post(page: Page, address: str, **options: Any) -> TestResponse:
    forget_tries(page.app)
    return page._open("POST", address, **options)


def nothing_done(page: Page, response: TestResponse, how: str) -> None:
    """It was refused, shown again, or led back without a word; and nothing was written but a wrong try."""
    assert response.status_code in {303, 400, 403, 404, 409, 413, 422}, f"{how}: {response.status_code}"
    written = [one for one in page.statements if one.startswith(WROTE)]
    assert all(TRIED.match(one) for one in written), f"{how}: {written}"


def nothing_was_spoilt(attacked: Attacked) -> None:
    """After all that the honest form still does what it is for."""
    response = send(attacked, attacked.fields)
    assert response.status_code == attacked.answers, response.text[:2000]


def forget_tries(app: Flask) -> None:
    for limiter in app.extensions["limiter"]:
        limiter.reset()
