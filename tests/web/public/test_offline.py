"""The offline copy: what is in the file, what is not, and that it needs nothing from anywhere."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.assessment.model import Quiz
from app.assessment.questions import question_hash, to_json
from app.catalogue.block import Block
from app.kernel.db import writing
from app.library.checked import check
from app.library.folders import read_folders
from app.library.model import CompiledCourse
from app.library.publishing import publish, purge
from app.settings import ROOT, Settings
from app.web.public.offline import LARGEST, Around, offline_copy
from app.web.public.offline_pictures import with_pictures
from app.web.shared.blocks.parts import Panel
from app.web.shared.context import running_in
from app.web.shared.offline_sheet import offline_sheet
from tests.cast import Cast
from tests.conftest import NOON
from tests.page import OWN_SHEET, Page, checked_page
from tests.web.more import publish_lesson

ADDRESS = "/courses/good-course/offline"
PICTURE = Path(__file__).parents[2] / "authored/good/content/good-course/images/note.png"
SHIPPED = sorted(slug for kind, slug in read_folders(ROOT) if kind == "course")
MULTIPLE = """/// practice
id: more-practice
question: more
///

/// reveal
id: aside
summary: What if they stay silent?
text: Wait a little longer.
///
"""
PRACTICE = b"""questions:
  - id: say-back
    type: single-choice
    stem: You have heard the whole story. What do you do next?
    choices:
      - {id: a, text: Say it back., reason: The caller can put it right., correct: true}
      - {id: b, text: Book a visit., reason: You have not checked it.}
      - {id: c, text: Close the call., reason: Nothing is agreed.}
  - id: more
    type: classify
    stem: Which is it?
    miss: Look at who acts.
    categories: [{id: repair, text: A repair}, {id: reply, text: A reply}]
    rows:
      - {id: tap, text: The tap drips., category: repair, reason: Somebody mends it.}
      - {id: when, text: When will you come, category: reply, reason: They want to hear.}
"""


def copy(app: Flask, address: str = ADDRESS) -> str:
    response = app.test_client(use_cookies=False).get(address)
    assert response.status_code == 200
    return response.text


def compiled(slug: str) -> CompiledCourse:
    found = check("course", read_folders(ROOT)[("course", slug)]).compiled
    assert isinstance(found, CompiledCourse)
    return found


def shipped(app: Flask, slug: str) -> str:
    with app.test_request_context():
        return offline_copy(compiled(slug), "https://learn.example")


def test_the_course_page_leads_to_it(page: Page) -> None:
    page.get("/courses/good-course")
    assert page.links()["Download an offline copy"] == ADDRESS


@pytest.mark.parametrize("pictures", [True, False])
def test_it_is_a_file_to_keep_under_the_name_of_the_course(
    app: Flask, session: Session, pictures: bool
) -> None:
    if not pictures:
        publish_without_pictures(session, app)
    rule = "private, no-store" if pictures else "public, max-age=60"
    for _ in ("made", "kept"):
        response = app.test_client(use_cookies=False).get(ADDRESS)
        assert response.headers["Content-Disposition"] == 'attachment; filename="good-course.html"'
        assert response.mimetype == "text/html"
        assert response.headers["Cache-Control"] == rule
        assert response.headers["Content-Security-Policy"]


def test_the_second_copy_without_pictures_takes_one_statement(
    page: Page, app: Flask, session: Session
) -> None:
    publish_without_pictures(session, app)
    first = page.get(ADDRESS)
    assert page.get(ADDRESS).data == first.data
    assert len(page.statements) <= 1


def test_a_picture_that_was_removed_for_good_is_gone_from_the_next_copy(app: Flask, session: Session) -> None:
    assert "data:image/png" in copy(app)
    with writing(session):
        assert purge(session, sha256(PICTURE.read_bytes()).hexdigest(), now=NOON)
    shown = copy(app)
    assert "data:image" not in shown
    assert "[Picture: A hand writing a note beside a telephone]" in shown


def publish_without_pictures(session: Session, app: Flask) -> None:
    files = dict(read_folders(running_in(app).settings.sources)[("course", "good-course")])
    place = "content/good-course/10-first-steps.md"
    files[place] = re.sub(rb"!\[.*?\]\(.*?\)", b"", files[place])
    with writing(session):
        assert publish(session, "course", "good-course", files, by_id=None, now=NOON)


def test_everybody_gets_the_same_bytes(app: Flask, page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira)
    learner = page.client.get(ADDRESS)
    dark = app.test_client(use_cookies=False).get(ADDRESS, headers={"Cookie": "appearance=dark.large"})
    assert learner.text == dark.text == copy(app)
    assert learner.headers["Cache-Control"] == "private, no-store"


def test_it_keeps_the_rules_of_every_page_but_for_its_own_sheet(app: Flask) -> None:
    text = copy(app)
    assert len(OWN_SHEET.findall(text)) == 1
    checked_page(OWN_SHEET.sub("", text), "the offline copy")


def test_it_says_what_it_is_and_where_the_test_is(app: Flask, settings: Settings) -> None:
    text = copy(app)
    assert "An offline copy of A good course, edition 1, law as at 1 October 2026, England." in text
    assert f'<a class="address" href="{settings.base_url}/courses/good-course/test">' in text
    assert "Nothing that you choose or write in this file is kept or sent" in text


def test_it_asks_for_nothing_and_sends_nothing(app: Flask) -> None:
    text = copy(app)
    assert re.findall(r"<(?:script|link|form|iframe|object|embed|base)\b", text) == []
    assert re.findall(r"url\(|@import|@font-face|srcset=|<meta http-equiv", text) == []
    assert all(one.startswith("data:image/") for one in re.findall(r'\ssrc="([^"]*)"', text))
    assert all(re.match(r"#|https?://|mailto:", one) for one in re.findall(r'\shref="([^"]*)"', text))


def test_every_choice_has_its_reason_beside_it(app: Flask) -> None:
    text = " ".join(copy(app).split())
    beside = r'<input type="radio"[^>]*><label[^>]*>{}</label> <div class="answer"[^>]*><p class="reason">{}'
    for choice, reason in (
        ("Say it back in a sentence.", "<strong>Yes.</strong> The caller can now put right"),
        ("Book the first free visit.", "<strong>Not quite.</strong> You have not checked"),
    ):
        assert re.search(beside.format(re.escape(choice), re.escape(reason)), text)
    assert "<summary>Show all the reasons</summary>" in text


def test_rows_are_sorted_by_select_and_told_by_a_line_to_open(app: Flask) -> None:
    publish_lesson(app, MULTIPLE, **{"quizzes/good-course/practice.yml": PRACTICE})
    text = " ".join(copy(app).split())
    assert "<option>A repair</option><option>A reply</option>" in text
    assert "<li>The tap drips. <br><strong>A repair.</strong> Somebody mends it.</li>" in text
    assert '<details class="reveal flow" id="more--aside">' in text


def test_a_reflection_is_a_box_that_says_it_keeps_nothing(app: Flask) -> None:
    text = copy(app)
    assert '<textarea class="input" id="next-steps--your-call-text"' in text
    assert "Nothing is kept here" in text


def test_the_picture_is_in_the_file(app: Flask) -> None:
    shown = b64encode(PICTURE.read_bytes()).decode()
    assert f'src="data:image/png;base64,{shown}"' in copy(app)
    assert "/images/" not in copy(app)


def test_a_picture_that_makes_the_file_too_large_is_told_in_words() -> None:
    html = '<p><img src="/images/1" alt="A hand &amp; a note"> <img src="/images/2" alt="A door"></p>'
    pictures = {"/images/1": "data:image/png;base64," + "A" * 400, "/images/2": "data:image/png;base64,AA"}
    shown = with_pictures(html, pictures, 300)
    assert '<span class="quiet">[Picture: A hand &amp; a note]</span>' in shown
    assert '<img src="data:image/png;base64,AA" alt="A door">' in shown
    assert len(shown.encode()) < 300


def test_a_kind_without_a_form_of_its_own_is_told_in_words(app: Flask) -> None:
    class Dance(Block):
        kind = "dance"

        @property
        def passages(self) -> tuple[str, ...]:
            return ("Dance the first step.",)

    around = Around(block=Dance(id="step"), site="https://learn.example/courses/a")
    other = app.jinja_env.get_template("offline/other.html").make_module()
    shown = other.show(Panel(id="step"), around)  # type: ignore[attr-defined]
    assert "<p>Dance the first step.</p>" in shown
    assert 'id="step"' in shown
    assert "https://learn.example/courses/a" in shown


CASE = SimpleNamespace(
    id="case",
    title="A panel",
    intro="Two decisions.",
    decisions=[
        SimpleNamespace(
            situation="Whom do you ask?",
            options=[
                SimpleNamespace(text="The same four", quality="poor", consequence="They agree at once."),
                SimpleNamespace(text="Who is missing", quality="best", consequence="Five people join."),
            ],
        )
    ],
    look_back="Good choices were rarely quick.",
)
LIST = SimpleNamespace(
    id="list",
    title="Plan it",
    prompt="Tick it.",
    items=[SimpleNamespace(text="A date")],
    own_lines=2,
    optional=False,
)
PLAN = SimpleNamespace(
    id="plan", prompt="Say it.", hint="", when="I write", will="wait", tell="my manager", optional=True
)
SPACE = SimpleNamespace(
    id="space",
    prompt="Which rung?",
    hint="Be honest.",
    optional=False,
    evidence="What shows it?",
    change="What next?",
    form=SimpleNamespace(rung=[SimpleNamespace(label=SimpleNamespace(text="1. Asked"))]),
)


@pytest.mark.parametrize(
    ("kind", "block", "says"),
    [
        (
            "scenario",
            CASE,
            ["<summary>The same four</summary>", "<strong>Poor.</strong> They agree at once."],
        ),
        ("checklist", LIST, ["A date</label>", 'id="list-own-2"', "Nothing is kept here"]),
        ("plan", PLAN, [">When</label>", "For example: wait", "Nothing is kept here"]),
        (
            "placement",
            SPACE,
            ["<option>1. Asked</option>", ">What shows it?</label>", "Nothing is kept here"],
        ),
    ],
)
def test_what_is_written_or_decided_has_a_form_of_its_own(
    app: Flask, kind: str, block: SimpleNamespace, says: list[str]
) -> None:
    template = app.jinja_env.get_template(f"offline/{kind}.html").make_module()
    shown = str(template.show(block, SimpleNamespace(block=block)))  # type: ignore[attr-defined]
    assert [one for one in says if one not in shown] == []
    head = '<!doctype html><html lang="en-GB"><head><title>A</title></head><body><h1>A</h1>'
    checked_page(f"{head}{shown}</body></html>", kind)


def test_its_sheet_holds_only_what_it_uses() -> None:
    sheet = offline_sheet({"panel", "reveal"})
    assert ".reveal {" in sheet
    assert ".panel {" in sheet
    assert ".bar {" not in sheet
    assert ".facts {" not in sheet


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_shipped_course_is_under_150_kb(app: Flask, slug: str) -> None:
    assert len(shipped(app, slug).encode()) < LARGEST == 150_000


@pytest.mark.parametrize("slug", SHIPPED)
def test_nothing_of_the_test_is_in_it(app: Flask, slug: str) -> None:
    text, course = shipped(app, slug), compiled(slug)
    said = set(secrets(course.quiz))
    assert len(said) > 20
    assert [one for one in said if one in text] == []
    named = re.findall(r'\s(?:id|for|name|value|data-[a-z-]+)="([^"]*)"', text)
    assert not ids(course.quiz) & {part for each in named for part in each.split("--")}


def test_the_scan_finds_what_it_looks_for() -> None:
    quiz = compiled(SHIPPED[0]).quiz
    question = quiz.slots[0].questions[0]
    assert {question.stem, question_hash(question), to_json(question)} <= set(secrets(quiz))
    assert question.id in ids(quiz)


def secrets(quiz: Quiz) -> Iterator[str]:
    """Everything that the bank says in its own words. `teaches` is left out: it stands in the lesson too."""
    for slot in quiz.slots:
        for question in slot.questions:
            yield from (question.stem, question_hash(question), to_json(question))
            for each in getattr(question, "choices", None) or question.rows:  # type: ignore[union-attr]
                yield each.reason
                if len(each.text.split()) > 4:  # one word may well be a word of the lesson
                    yield each.text


def ids(quiz: Quiz) -> set[str]:
    """The ids of the bank's questions. A choice's id is a plain word that practice may use as well."""
    return {question.id for slot in quiz.slots for question in slot.questions}


def test_the_session_is_not_needed_to_make_it(app: Flask, session: Session) -> None:
    course = running_in(app).shelf.course(session, "good-course")
    with app.test_request_context():
        assert offline_copy(course, "https://a.example") == offline_copy(course, "https://a.example")
