"""A draft as a learner sees it: the very bytes that guests will get, for one session, and nothing is kept."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.kernel.db import writing
from app.library.drafting import begin, open_draft, save
from app.library.publishing_drafts import publish_draft, with_edition
from app.library.shelf import KEPT_DRAFTS
from app.people.tables import Role, User
from app.web.shared.context import running_in
from app.web.shared.requests import CSP
from tests.cast import Cast
from tests.conftest import NOON
from tests.library.drafts import KEY, LESSON, good_files, save_text
from tests.page import Page
from tests.web.more import HEAD

COURSE = "/courses/good-course"
FIRST = f"{COURSE}/first-steps"
PREVIEW = "/studio/courses/good-course/preview"
COURSE_FILE = "content/good-course/course.yml"
PICTURE = (Path(__file__).parents[2] / "authored/good/certificates/standard/logo.png").read_bytes()
MORE = """/// checklist
id: list
title: Before you call
prompt: Tick what is ready.
items:
  - {id: pen, text: A pen.}
  - {id: time, text: Ten minutes.}
own_lines: 2
///

![A telephone](images/telephone.png)
"""
DRAFT: dict[str, bytes | None] = {
    LESSON: good_files()[LESSON].replace(b"Most calls begin", b"Many calls begin"),
    COURSE_FILE: with_edition(good_files(), 7)[COURSE_FILE].replace(b"A good course", b"A <better> course"),
    "content/good-course/30-more.md": (HEAD + MORE).encode(),
    "content/good-course/images/telephone.png": PICTURE,
}
PAGES = (
    COURSE,
    FIRST,
    f"{COURSE}/next-steps",
    f"{COURSE}/more",
    f"{COURSE}/print",
    f"{COURSE}/offline",
    f"{COURSE}/more/checklist/list",
    f"{FIRST}?practice=say-back&answer-say-back=b",
)
BANNER = re.compile(
    rb'<aside class="draft-banner".*?</aside>\n|<p><strong>This is a draft of .*?</p>\n', re.DOTALL
)


@pytest.fixture
def edda(app: Flask, cast: Cast) -> Page:
    """An editor's browser, before she looks at anything."""
    return Page(app).sign_in(cast.edda)


def save_draft(session: Session, cast: Cast) -> int:
    base_id = open_draft(session, KEY).revision_id
    with writing(session):
        made = save(session, KEY, DRAFT, base_id=base_id, by_id=cast.edda.id, message="", now=NOON)
    return made.revision_id


def publish_it(session: Session, cast: Cast, revision_id: int) -> None:
    with writing(session):
        publish_draft(session, KEY, revision_id=revision_id, relearn=False, by_id=cast.edda.id, now=NOON)


def without_banner(response: TestResponse) -> bytes:
    body, banners = BANNER.subn(b"", response.data)
    assert banners == 1
    return body


def test_every_page_is_the_one_that_guests_get_once_the_draft_is_published(
    app: Flask, session: Session, cast: Cast, edda: Page
) -> None:
    revision_id = save_draft(session, cast)
    edda.post(PREVIEW)
    previewed = {address: edda.client.get(address) for address in PAGES}
    publish_it(session, cast, revision_id)
    for address, response in previewed.items():
        guest = Page(app).client.get(address)
        assert guest.status_code == 200
        assert without_banner(response) == guest.data, address
        assert response.headers.get("Content-Disposition") == guest.headers.get("Content-Disposition")
    assert "Many calls begin" in previewed[FIRST].text
    assert "<dd>1</dd>" in previewed[COURSE].text, "the edition that was written by hand gives way"


def test_nobody_else_sees_the_draft(app: Flask, session: Session, cast: Cast, edda: Page) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    assert "Many calls begin" in edda.get(FIRST).text
    for other in (Page(app), *(Page(app).sign_in(one) for one in (cast.amira, cast.malik, cast.ada))):
        assert "Most calls begin" in other.get(FIRST).text
        assert not [one for one in other.elements("aside") if one.get("class") == "draft-banner"]
    assert "Most calls begin" in Page(app).sign_in(cast.edda).get(FIRST).text, "another browser of hers"


def test_no_cache_is_told_to_keep_it(session: Session, cast: Cast, edda: Page) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    for address in PAGES:
        assert edda.client.get(address).headers["Cache-Control"] == "private, no-store", address


def test_a_draft_s_picture_is_shown_to_editors_alone(
    app: Flask, session: Session, cast: Cast, edda: Page
) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    edda.get(f"{COURSE}/more")
    address = f"/images/{sha256(PICTURE).hexdigest()}"
    assert address in [one.get("src") for one in edda.elements("img")]
    assert edda.follow(edda.get(address, status=302)).data == PICTURE
    for other in (Page(app), Page(app).sign_in(cast.amira)):
        assert other.client.get(address, follow_redirects=True).data != PICTURE


def test_it_ends_when_she_stops_or_signs_out_or_edits_no_more(
    session: Session, cast: Cast, app: Flask, edda: Page
) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    edda.follow(edda.post(f"{PREVIEW}/end"))
    assert "Most calls begin" in edda.get(FIRST).text
    edda.post(PREVIEW)
    edda.post("/sign-out")
    assert "Most calls begin" in edda.sign_in(cast.edda).get(FIRST).text
    edda.post(PREVIEW)
    with writing(session):
        person = session.get_one(User, cast.edda.id)
        person.roles.clear()
    assert "Most calls begin" in edda.get(FIRST).text
    with writing(session):
        role = session.scalars(select(Role).filter_by(name="editor")).one()
        person = session.get_one(User, cast.edda.id)
        person.roles.append(role)
    assert "Many calls begin" in edda.get(FIRST).text


def test_other_courses_and_pages_are_as_they_are(session: Session, cast: Cast, edda: Page) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    assert "A good course" in edda.get("/").text
    assert "Account" in edda.links()
    edda.get("/courses/no-such-course", status=404)
    assert not [one for one in edda.elements("aside") if one.get("class") == "draft-banner"]


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", f"{FIRST}/done"),
        ("POST", f"{FIRST}/responses/say-back"),
        ("POST", f"{COURSE}/attempts"),
        ("POST", f"{COURSE}/completion"),
        ("POST", FIRST),
        ("GET", f"{COURSE}/test"),
        ("GET", f"{COURSE}/completion"),
        ("GET", f"{COURSE}/looking-back"),
        ("GET", f"{FIRST}/plan/say-back.ics"),
    ],
)
def test_nothing_is_kept(session: Session, cast: Cast, edda: Page, method: str, address: str) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    response = edda._open(method, address, data={"csrf_token": edda.token(), "answer-say-back": "a"})
    if address == FIRST:
        assert response.status_code == 405
    else:
        assert response.status_code == 409
        assert "Nothing is kept while you preview" in edda.text()
    assert not [one for one in edda.statements if one.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_what_is_not_there_is_not_found_in_the_draft_either(session: Session, cast: Cast, edda: Page) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    edda.get(f"{COURSE}/no-such-lesson", status=404)
    assert "Stop looking" in edda.text("draft-banner")


def test_a_draft_that_does_not_compile_says_what_to_mend(session: Session, cast: Cast, edda: Page) -> None:
    save_text(session, LESSON, good_files()[LESSON].replace(b"minutes: 1", b"minuets: 1"))
    edda.post(PREVIEW)
    edda.get(FIRST, status=409)
    told = edda.text()
    assert "This draft cannot be shown yet" in told
    assert (
        "content/good-course/10-first-steps.md Line 4, column 1There is no field called minuets here." in told
    )
    edda.get(PREVIEW)
    assert "There is no field called minuets here." in edda.text()
    assert not edda.elements("iframe")


def test_a_course_that_was_never_published_can_be_looked_at(
    session: Session, cast: Cast, edda: Page, app: Flask
) -> None:
    files = {
        path.replace("good-course", "new-course"): body.replace(b"good-course", b"new-course")
        for path, body in good_files().items()
    }
    with writing(session):
        begin(session, ("course", "new-course"), files, by_id=cast.edda.id, message="", now=NOON)
    edda.post("/studio/courses/new-course/preview")
    assert "Most calls begin" in edda.get("/courses/new-course/first-steps").text
    Page(app).get("/courses/new-course/first-steps", status=404)


def test_only_pages_of_the_preview_may_stand_in_a_frame_of_ours(
    session: Session, cast: Cast, app: Flask, edda: Page
) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    for address in (*PAGES, f"{COURSE}/test"):
        headers = edda.client.get(address).headers
        assert headers["X-Frame-Options"] == "SAMEORIGIN", address
        ours = CSP.header_value.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        assert headers["Content-Security-Policy"] == ours, address
    for page, address in [(edda, "/"), (edda, PREVIEW), (edda, "/account"), (Page(app), FIRST)]:
        headers = page.get(address).headers
        assert headers["X-Frame-Options"] == "DENY", address
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "frame-src 'self'" in edda.get(PREVIEW).headers["Content-Security-Policy"]


def test_how_to_look_is_chosen_by_links(session: Session, cast: Cast, edda: Page) -> None:
    save_draft(session, cast)
    edda.get(PREVIEW)
    assert not edda.elements("iframe")
    edda.follow(edda.post(f"{PREVIEW}?page=more&width=tablet"))
    [frame] = edda.elements("iframe")
    assert (frame.get("src"), frame.get("class")) == (f"{COURSE}/more", "tablet")
    assert frame.get("sandbox") is None
    edda.get(edda.links()["Dark"])
    edda.get(edda.links()["Without scripts"])
    edda.get(edda.links()["The whole course, to print"])
    [frame] = edda.elements("iframe")
    assert (frame.get("src"), frame.get("class")) == (f"{COURSE}/print?look=dark", "tablet")
    assert "allow-scripts" not in (frame.get("sandbox") or "allow-scripts")
    chosen = ["".join(one.itertext()) for one in edda.elements("a") if one.get("aria-current")]
    assert chosen == ["The whole course, to print", "Tablet", "Dark", "Without scripts"]


@pytest.mark.parametrize("way", ["page", "width", "look", "scripts"])
@pytest.mark.parametrize("value", ["nonsense", "<script>evil()</script>", "../..", "x" * 9000, "\x00", ""])
def test_a_way_of_looking_that_is_not_known_is_the_first(
    session: Session, cast: Cast, edda: Page, way: str, value: str
) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    html = edda.get(PREVIEW, query_string={way: value}).text
    [frame] = edda.elements("iframe")
    assert (frame.get("src"), frame.get("class")) == (COURSE, "phone")
    assert "<script>evil" not in html


def test_a_look_goes_along_from_page_to_page_and_changes_no_cookie(
    session: Session, cast: Cast, edda: Page
) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    response = edda.get(f"{COURSE}?look=dark")
    assert 'data-theme="dark"' in response.text
    assert edda.client.get_cookie("appearance") is None
    led = edda.get(FIRST, status=303, headers={"Referer": f"http://localhost{COURSE}?look=dark"})
    assert led.headers["Location"] == f"{FIRST}?look=dark"
    asked = {"Referer": f"http://localhost{FIRST}?look=dark"}
    led = edda.get(f"{FIRST}?practice=say-back&answer-say-back=b", status=303, headers=asked)
    assert 'data-theme="dark"' in edda.follow(led).text
    for elsewhere in (
        "http://evil.example/courses/x?look=dark",
        "http://[",
        f"http://localhost{PREVIEW}?look=dark",
    ):
        edda.get(FIRST, headers={"Referer": elsewhere})


def test_a_look_is_nothing_outside_the_preview(app: Flask, edda: Page) -> None:
    for page in (Page(app), edda):
        assert "data-theme" not in page.get(f"{COURSE}?look=dark").text


def test_a_newer_version_is_told_and_shown_when_asked_for(session: Session, cast: Cast, edda: Page) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    save_text(session, LESSON, good_files()[LESSON].replace(b"Most calls begin", b"All calls begin"))
    assert "Many calls begin" in edda.get(FIRST).text
    edda.get(PREVIEW)
    assert "A newer version has been saved" in edda.text()
    edda.post(PREVIEW)
    assert "All calls begin" in edda.get(FIRST).text
    edda.get(PREVIEW)
    assert "A newer version has been saved" not in edda.text()


def test_a_draft_is_compiled_once_and_few_are_kept(
    app: Flask, session: Session, cast: Cast, edda: Page
) -> None:
    save_draft(session, cast)
    edda.post(PREVIEW)
    edda.get(FIRST)
    edda.get(FIRST)
    assert len(edda.statements) <= 3, edda.statements
    shelf = running_in(app).shelf
    for number in range(KEPT_DRAFTS + 2):
        body = good_files()[LESSON].replace(b"Most calls", f"{number} calls".encode())
        shelf.draft(session, "good-course", save_text(session, LESSON, body).revision_id)
    assert len(shelf._drafts) == KEPT_DRAFTS


def test_no_course_no_preview(edda: Page) -> None:
    edda.get("/studio/courses/nowhere/preview", status=404)
    edda.post("/studio/courses/nowhere/preview", status=404)
