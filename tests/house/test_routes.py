"""Every route, who may use it, and what a state change without a token meets."""

import re
from collections.abc import Iterator
from dataclasses import asdict

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
FILE = f"content/{COURSE}/10-first-steps.md"

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
    "check.turn_back": ("/check/{certificate}/pdf", "303 303 303 303 303 303"),
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
    "account_export.show": ("/account/export", "303 200 200 200 200 200"),
    "account_erase.ask": ("/account/erasure", "303 200 200 200 200 200"),
    "account_erase.done": ("/account/erased", "200 200 200 200 200 200"),
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
    "follow_up.show": ("/follow-ups/{certificate}", "303 404 404 404 404 404"),
    "stop.show": ("/stop/{certificate}", "404 404 404 404 404 404"),
    "device.show": ("/this-device", "200 200 200 200 200 200"),
    "record.show": ("/my-cpd", "303 200 200 200 200 200"),
    "cpd_add.show": ("/my-cpd/add", "303 200 200 200 200 200"),
    "cpd_entry.show": ("/my-cpd/entries/{attempt}", "303 200 404 404 404 404"),
    "cpd_entry.ask": ("/my-cpd/entries/{activity}/removal", "303 200 404 404 404 404"),
    "cpd_change.show": ("/my-cpd/entries/{attempt}/change", "303 200 404 404 404 404"),
    "cpd_evidence.show": ("/my-cpd/entries/{activity}/evidence", "303 200 404 404 404 404"),
    "cpd_evidence.download": ("/my-cpd/entries/{activity}/evidence/{evidence}", "303 200 404 404 404 404"),
    "cpd_evidence.ask": (
        "/my-cpd/entries/{activity}/evidence/{evidence}/removal",
        "303 200 404 404 404 404",
    ),
    "cpd_goal.show": ("/my-cpd/goal", "303 200 200 200 200 200"),
    "cpd_membership.show": ("/my-cpd/membership", "303 200 200 200 200 200"),
    "cpd_export.show": ("/my-cpd/export", "303 200 200 200 200 200"),
    "cpd_export.download": ("/my-cpd/export/csv", "303 200 200 200 200 200"),
    "certificate.show": ("/certificates/{certificate}", "303 200 404 404 404 404"),
    "certificate.download": ("/certificates/{certificate}.pdf", "303 200 404 404 404 404"),
    "printed_name.show": ("/certificates/{certificate}/printed-name", "303 200 404 404 404 404"),
    "certificates.show": ("/manage/certificates", "303 403 403 403 403 200"),
    "dossier.show": ("/manage/certificates/{certificate}", "303 403 403 403 403 200"),
    "withdrawal.show": ("/manage/certificates/{certificate}/withdrawal", "303 403 403 403 403 200"),
    "withdrawal.ask": ("/manage/certificates/{certificate}/reinstatement", "303 403 403 403 403 409"),
    "replacement.show": ("/manage/certificates/{certificate}/replacement", "303 403 403 403 403 200"),
    "name_request.show": ("/manage/certificates/{certificate}/name-request", "303 403 403 403 403 404"),
    "law_changes.show": ("/manage/law-changes", "303 403 403 403 403 200"),
    "images.show": (f"/images/{'0' * 64}", "404 404 404 404 404 404"),
    "problems.show": ("/studio", "303 403 403 200 403 200"),
    "desk.show": (f"/studio/courses/{COURSE}", "303 403 403 200 403 200"),
    "publication.show": (f"/studio/courses/{COURSE}/publication", "303 403 403 200 403 200"),
    "publication.done": (f"/studio/courses/{COURSE}/publication/done", "303 403 403 200 403 200"),
    "lesson_editor.show": (f"/studio/courses/{COURSE}/lessons/{LESSON}", "303 403 403 200 403 200"),
    "lesson_live.show": (f"/studio/courses/{COURSE}/lessons/{LESSON}/shown", "303 403 403 200 403 200"),
    "pictures.show": (f"/studio/courses/{COURSE}/pictures", "303 403 403 200 403 200"),
    "picture.show": (f"/studio/courses/{COURSE}/pictures/note.png", "303 403 403 200 403 200"),
    "draft_picture.show": (f"/studio/pictures/{'0' * 64}", "303 403 403 404 403 404"),
    "history.show": (f"/studio/courses/{COURSE}/history", "303 403 403 200 403 200"),
    "revision.show": (f"/studio/courses/{COURSE}/history/1", "303 403 403 200 403 200"),
    "revision.file": (f"/studio/courses/{COURSE}/history/1/files/no", "303 403 403 404 403 404"),
    "differences.show": (f"/studio/courses/{COURSE}/differences", "303 403 403 200 403 200"),
    "kept_text.show": (f"/studio/courses/{COURSE}/kept/1", "303 403 403 404 403 404"),
    "patterns.show": ("/studio/patterns", "303 403 403 200 403 200"),
    "keys_waiver.show": (
        f"/studio/courses/{COURSE}/answers/{{certificate}}/waiver",
        "303 403 403 404 403 404",
    ),
    "answer_keys.show": (f"/studio/courses/{COURSE}/answers", "303 403 403 200 403 200"),
    "block_form.start": (f"/studio/courses/{COURSE}/lessons/{LESSON}/blocks/new", "303 403 403 200 403 200"),
    "block_form.show": (
        f"/studio/courses/{COURSE}/lessons/{LESSON}/blocks/say-back",
        "303 403 403 200 403 200",
    ),
    "course_settings.show": (f"/studio/courses/{COURSE}/settings", "303 403 403 200 403 200"),
    "questions.show": (f"/studio/courses/{COURSE}/questions", "303 403 403 200 403 200"),
    "question_form.start": (f"/studio/courses/{COURSE}/questions/new", "303 403 403 200 403 200"),
    "question_form.show": (f"/studio/courses/{COURSE}/questions/hear-a", "303 403 403 200 403 200"),
    "question_places.ask_where": (
        f"/studio/courses/{COURSE}/questions/hear-a/move",
        "303 403 403 200 403 200",
    ),
    "question_places.ask": (
        f"/studio/courses/{COURSE}/questions/hear-a/retirement",
        "303 403 403 200 403 200",
    ),
    "slot_form.start": (f"/studio/courses/{COURSE}/slots/new", "303 403 403 200 403 200"),
    "slot_form.show": (f"/studio/courses/{COURSE}/slots/hear", "303 403 403 200 403 200"),
    "slot_places.ask_where": (f"/studio/courses/{COURSE}/slots/hear/move", "303 403 403 200 403 200"),
    "slot_places.ask": (f"/studio/courses/{COURSE}/slots/hear/retirement", "303 403 403 200 403 200"),
    "design_desk.show": ("/studio/designs/standard", "303 403 403 200 403 200"),
    "design_field.start": ("/studio/designs/standard/fields/new", "303 403 403 200 403 200"),
    "design_field.show": ("/studio/designs/standard/fields/3", "303 403 403 200 403 200"),
    "design_look.show": ("/studio/designs/standard/look", "303 403 403 200 403 200"),
    "design_new.start": ("/studio/designs/new", "303 403 403 200 403 200"),
    "design_pictures.show": ("/studio/designs/standard/pictures", "303 403 403 200 403 200"),
    "design_publication.show": ("/studio/designs/standard/publication", "303 403 403 200 403 200"),
    "design_sample.show": ("/studio/designs/standard/sample", "303 403 403 200 403 200"),
    "design_specimens.picture": ("/studio/designs/standard/specimens/2/0/picture", "303 403 403 200 403 200"),
    "design_specimens.document": ("/studio/designs/standard/specimens/2/0.pdf", "303 403 403 200 403 200"),
    "exporting.download": (f"/studio/courses/{COURSE}/export", "303 403 403 200 403 200"),
    "raw_source.show": (f"/studio/courses/{COURSE}/source", "303 403 403 200 403 200"),
    "raw_source.edit": (f"/studio/courses/{COURSE}/source/{FILE}", "303 403 403 200 403 200"),
    "importing.ask": ("/studio/import", "303 403 403 200 403 200"),
    "importing.compare": (f"/studio/courses/{COURSE}/import/1", "303 403 403 404 403 404"),
    "play.show": (f"/studio/courses/{COURSE}/play/hear-a", "303 403 403 200 403 200"),
    "preview.show": (f"/studio/courses/{COURSE}/preview", "303 403 403 200 403 200"),
    "new_course.start": ("/studio/courses/new", "303 403 403 200 403 200"),
    "lessons.add": (f"/studio/courses/{COURSE}/lessons/new", "303 403 403 200 403 200"),
    "lessons.move": (f"/studio/courses/{COURSE}/lessons/{LESSON}/move", "303 403 403 200 403 200"),
    "lessons.retire": (f"/studio/courses/{COURSE}/lessons/{LESSON}/retire", "303 403 403 200 403 200"),
}
# Why, is told where each is exempted.
WITHOUT_TOKEN = {"appearance.save", "check.match", "check.drop", "stop.stop"}
MADE_UP = {"patterns.show"}  # with the pages of designs, whose samples have her namesake
REFUSALS = {303, 400, 403, 404}
NAMES = ("guest", "amira", "ben", "edda", "malik", "ada")


@pytest.fixture
def amiras(app: Flask, session: Session, clock: TestClock, cast: Cast) -> Possessions:
    hers = Learner(app, session, clock, cast.amira)
    possessions = hers.and_elsewhere(hers.all_the_way(COURSE))
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
    code = possessions.activity if "my-cpd" in rule.rule else code
    known = {
        "slug": COURSE,
        "lesson": LESSON,
        "block": BLOCK,
        "slot": SLOT,
        "question": "hear-a",
        "code": code,
        "token": "nonsense",
    }
    known |= {"file": possessions.evidence, "kind": "csv", "key": f"courses/{COURSE}", "path": FILE}
    known |= dict.fromkeys(("number", "position", "round_number", "revision"), "1")
    known |= {"name": "nothing.css", "picture": "0" * 64}
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
        there = template.format(**asdict(amiras))
        told[endpoint] = int(statuses.split()[NAMES.index(name)])
        seen[endpoint] = visitor(app, cast, name).client.get(there).status_code
    assert {
        endpoint: (seen[endpoint], told[endpoint]) for endpoint in told if seen[endpoint] != told[endpoint]
    } == {}


def test_a_guest_is_led_to_sign_in_and_back_again(app: Flask, amiras: Possessions) -> None:
    for endpoint, (template, _) in GET.items():
        if ACCESS[endpoint] is Access.ANYONE:
            continue
        there = template.format(**asdict(amiras))
        response = Page(app).get(there, status=303)
        assert response.headers["Location"] == f"/sign-in?next={there}", endpoint


@pytest.mark.parametrize("name", ["guest", "ben", "malik", "ada"])
def test_nothing_of_amiras_is_on_anybody_elses_page(
    app: Flask, cast: Cast, amiras: Possessions, name: str
) -> None:
    hers = re.compile(f"{cast.amira.full_name}|{cast.amira.email}|damp in the flats")
    shown = {}
    for endpoint, (template, _) in GET.items():
        there = template.format(**asdict(amiras))
        answer = visitor(app, cast, name).client.get(there, follow_redirects=True)
        text = answer.get_data().decode(errors="replace")
        shown[endpoint] = hers.findall(text)
    assert {
        endpoint: found
        for endpoint, found in shown.items()
        if found
        and endpoint not in MADE_UP
        and not endpoint.startswith("design_")
        and not (name == "ada" and ACCESS[endpoint] is Access.ADMIN)
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
