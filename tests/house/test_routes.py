"""Every route, who may use it, and what a state change without a token meets."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.kernel.db import Base
from app.web.shared.access import ACCESS, Access
from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner, Possessions
from tests.page import Page

COURSE, LESSON, BLOCK, SLOT = "good-course", "first-steps", "nothing", "hear"

# What each GET answers: the address, then guest, Amira, Ben, Edda (editor), Malik (manager), Ada (admin).
# Amira has been all the way: whatever has her code is hers alone. 303 for a guest is the way to sign in.
GET = {
    "front.show": ("/", "200 200 200 200 200 200"),
    "course.show": (f"/courses/{COURSE}", "200 200 200 200 200 200"),
    "whole_course.show": (f"/courses/{COURSE}/print", "200 200 200 200 200 200"),
    "offline.show": (f"/courses/{COURSE}/offline", "200 200 200 200 200 200"),
    "lesson.show": (f"/courses/{COURSE}/{LESSON}", "200 200 200 200 200 200"),
    "policy.show": ("/pages/help", "200 200 200 200 200 200"),
    "check.ask": ("/check", "200 200 200 200 200 200"),
    "check.show": ("/check/{certificate}", "200 200 200 200 200 200"),
    "health.live": ("/healthz", "200 200 200 200 200 200"),
    "health.ready": ("/readyz", "200 200 200 200 200 200"),
    "security.login": ("/sign-in", "200 303 303 303 303 303"),
    "security.send_code": ("/sign-in/code", "200 303 303 303 303 303"),
    "security.enter_code": ("/sign-in/code/enter", "303 303 303 303 303 303"),
    "security.logout": ("/sign-out", "303 200 200 200 200 200"),
    "security.register": ("/register", "200 303 303 303 303 303"),
    "security.registered": ("/register/sent", "200 200 200 200 200 200"),
    "security.send_confirmation": ("/confirm", "200 200 200 200 200 200"),
    "security.confirmation_sent": ("/confirm/sent", "200 200 200 200 200 200"),
    "security.confirm_email": ("/confirm/nonsense", "404 404 404 404 404 404"),
    "security.forgot_password": ("/reset", "200 200 200 200 200 200"),
    "security.reset_sent": ("/reset/sent", "200 200 200 200 200 200"),
    "security.reset_password": ("/reset/nonsense", "404 404 404 404 404 404"),
    "security.accept_invitation": ("/invitations/nonsense", "404 404 404 404 404 404"),
    "welcome.show": ("/welcome/nonsense", "404 404 404 404 404 404"),
    "assets.serve": ("/assets/nothing.css", "404 404 404 404 404 404"),
    "progress.turn_back": (f"/courses/{COURSE}/{LESSON}/done", "303 303 303 303 303 303"),
    "account.show": ("/account", "303 200 200 200 200 200"),
    "account.name": ("/account/name", "303 200 200 200 200 200"),
    "account.password": ("/account/password", "303 200 200 200 200 200"),
    "account.address": ("/account/address", "303 200 200 200 200 200"),
    "account.confirm_address": ("/account/address/nonsense", "404 404 404 404 404 404"),
    "test_intro.show": (f"/courses/{COURSE}/test", "303 200 200 200 200 200"),
    "test_intro.turn_back": (f"/courses/{COURSE}/attempts", "303 303 303 303 303 303"),
    "question.where": ("/attempts/{attempt}", "303 303 404 404 404 404"),
    "question.show": ("/attempts/{attempt}/questions/1", "303 303 404 404 404 404"),
    "question.turn_back": ("/attempts/{attempt}/rounds", "303 303 303 303 303 303"),
    "answers.show": ("/attempts/{attempt}/answers", "303 303 404 404 404 404"),
    "result.show": ("/attempts/{attempt}/rounds/1", "303 200 404 404 404 404"),
    "checklist.show": (f"/courses/{COURSE}/{LESSON}/checklist/say-back", "404 404 404 404 404 404"),
    "plan.download": (f"/courses/{COURSE}/{LESSON}/plan/say-back.ics", "303 404 404 404 404 404"),
    "completion.show": ("/courses/good-course/completion", "303 200 200 200 200 200"),
    "looking_back.show": ("/courses/good-course/looking-back", "303 200 200 200 200 200"),
    "device.show": ("/this-device", "200 200 200 200 200 200"),
    "record.show": ("/my-cpd", "303 200 200 200 200 200"),
    "certificate.show": ("/certificates/{certificate}", "303 200 404 404 404 404"),
    "certificate.download": ("/certificates/{certificate}.pdf", "303 200 404 404 404 404"),
    "images.show": (f"/images/{'0' * 64}", "404 404 404 404 404 404"),
    "problems.show": ("/studio", "303 403 403 200 403 200"),
    "patterns.show": ("/studio/patterns", "303 403 403 200 403 200"),
}
WITHOUT_TOKEN = {"appearance.save", "check.match"}  # each has its own reason, told where it is exempted
REFUSALS = {303, 400, 403, 404}
NAMES = ("guest", "amira", "ben", "edda", "malik", "ada")


@pytest.fixture
def amiras(app: Flask, session: Session, clock: TestClock, cast: Cast) -> Possessions:
    possessions = Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    app.extensions["rung"].loop.once()
    return possessions


def rules(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            yield rule


def visitor(app: Flask, cast: Cast, name: str) -> Page:
    for limiter in app.extensions["limiter"]:
        limiter.reset()
    page = Page(app)
    return page if name == "guest" else page.sign_in(getattr(cast, name))


def address(rule: Rule, possessions: Possessions) -> str:
    """An address under this rule, about Amira's things."""
    code = possessions.attempt if "attempt" in rule.rule else possessions.certificate
    known = {
        "slug": COURSE,
        "lesson": LESSON,
        "block": BLOCK,
        "slot": SLOT,
        "code": code,
        "token": "nonsense",
    }
    known |= {"number": "1", "position": "1", "round_number": "1", "name": "nothing.css", "picture": "0" * 64}
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda found: known[found[1]], rule.rule)


def test_the_table_has_every_route_and_no_other(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == ACCESS.keys()


def test_addresses_are_made_of_plain_words(app: Flask) -> None:
    plain = re.compile(r"(/([a-z0-9]+(-[a-z0-9]+)*|<([^<>:]+:)?\w+>(\.(pdf|ics))?))*/?")
    assert [rule.rule for rule in app.url_map.iter_rules() if not plain.fullmatch(rule.rule)] == []


def test_numbers_in_addresses_are_typed(app: Flask) -> None:
    loose = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if re.search(r"number|position|round|page|count", name) and "Integer" not in type(converter).__name__
    ]
    assert loose == []


def test_no_address_ends_in_a_slash(app: Flask) -> None:
    assert [
        rule.rule for rule in app.url_map.iter_rules() if rule.rule.endswith("/") and rule.rule != "/"
    ] == []


def test_the_matrix_speaks_of_every_page(app: Flask) -> None:
    assert {rule.endpoint for rule in rules(app, "GET")} == GET.keys()


@pytest.mark.parametrize("name", NAMES)
def test_every_page_answers_each_of_the_cast_as_the_matrix_says(
    app: Flask, cast: Cast, amiras: Possessions, name: str
) -> None:
    told, seen = {}, {}
    for endpoint, (template, statuses) in GET.items():
        there = template.format(attempt=amiras.attempt, certificate=amiras.certificate)
        told[endpoint] = int(statuses.split()[NAMES.index(name)])
        seen[endpoint] = visitor(app, cast, name).client.get(there).status_code
    assert {
        endpoint: (seen[endpoint], told[endpoint]) for endpoint in told if seen[endpoint] != told[endpoint]
    } == {}


def test_a_guest_is_led_to_sign_in_and_back_again(app: Flask, amiras: Possessions) -> None:
    for endpoint, (template, _) in GET.items():
        if ACCESS[endpoint] is Access.ANYONE:
            continue
        there = template.format(attempt=amiras.attempt, certificate=amiras.certificate)
        response = Page(app).get(there, status=303)
        assert response.headers["Location"] == f"/sign-in?next={there}", endpoint


@pytest.mark.parametrize("name", ["guest", "ben", "malik", "ada"])
def test_nothing_of_amiras_is_on_anybody_elses_page(
    app: Flask, cast: Cast, amiras: Possessions, name: str
) -> None:
    hers = re.compile(f"{cast.amira.full_name}|{cast.amira.email}|damp in the flats")
    shown = {}
    for endpoint, (template, _) in GET.items():
        there = template.format(attempt=amiras.attempt, certificate=amiras.certificate)
        text = visitor(app, cast, name).client.get(there, follow_redirects=True).text
        shown[endpoint] = hers.findall(text)
    assert {
        endpoint: found for endpoint, found in shown.items() if found and endpoint != "patterns.show"
    } == {}


@pytest.mark.parametrize("token", ["", "nonsense", "of Ben"])
@pytest.mark.parametrize("name", ["guest", "amira", "ada"])
def test_no_state_change_happens_without_ones_own_token(
    app: Flask, cast: Cast, session: Session, amiras: Possessions, name: str, token: str
) -> None:
    """Some pages show the form again, some lead back to it; nothing at all is changed."""
    sent = {"csrf_token": visitor(app, cast, "ben").token() if token == "of Ben" else token, "name": "yes"}
    before, statuses = contents(session), {}
    for rule in rules(app, "POST"):
        if rule.endpoint not in WITHOUT_TOKEN:
            page = visitor(app, cast, name)
            statuses[rule.endpoint] = page.client.post(address(rule, amiras), data=sent).status_code
            assert page.client.get("/account").status_code == (303 if name == "guest" else 200), rule.endpoint
    assert {endpoint: status for endpoint, status in statuses.items() if status not in REFUSALS} == {}
    assert contents(session) == before


def test_what_is_posted_to_cannot_be_had_by_get(
    app: Flask, cast: Cast, session: Session, amiras: Possessions
) -> None:
    """Where an address also answers GET, it writes nothing: a link or an image must not change anything."""
    before = contents(session)
    for rule in rules(app, "POST"):
        page = visitor(app, cast, "amira")
        response = page._open(
            "GET", address(rule, amiras), query_string={"csrf_token": page.token(), "name": "yes"}
        )
        assert response.status_code in {200, 303, 404, 405, 403}, rule.rule
    assert contents(session) == before


def test_other_methods_are_refused(app: Flask, cast: Cast, amiras: Possessions) -> None:
    for rule in app.url_map.iter_rules():
        for method in ("PUT", "PATCH", "DELETE"):
            response = visitor(app, cast, "ada").client.open(address(rule, amiras), method=method)
            assert response.status_code in {400, 405}, (rule.rule, method, response.status_code)


def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    session.rollback()
    tables = Base.metadata.sorted_tables
    assert session.scalar(select(func.count()).select_from(Base.metadata.tables["certificate"]))
    return {table.name: sorted(map(tuple, session.execute(select(table)).all()), key=str) for table in tables}
