"""Blocks by form: every kind can be put into a lesson and changed, and what cannot be read is shown again."""

from time import process_time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.blocks import SHAPES
from app.catalogue.fences import find_block, insert_block
from app.kernel.patching import value_at
from app.library.checked import check
from app.library.drafting import open_draft
from app.library.tables import Revision
from app.web.studio.block_places import line_of
from app.web.studio.shapes import Part, Typed, filled, parts_of
from tests.cast import Cast
from tests.library.drafts import KEY, LESSON, OTHER, save_text
from tests.page import Page
from tests.web.studio.shapes.test_shapes import STORY, sent

BLOCKS = "/studio/courses/good-course/lessons/first-steps/blocks"
GOOD: dict[str, dict[str, Any]] = {
    "practice": {"question": "say-back"},
    "reflection": {"prompt": "Which call comes back to you?\n\nTake your time.", "optional": True},
    "scenario": {name: value for name, value in STORY.items() if name != "id"},
    "checklist": {
        "title": "Before you call",
        "prompt": "What is ready?",
        "items": [{"id": "pen", "text": "A pen"}, {"id": "name", "text": "The name: all of it"}],
        "own_lines": 2,
    },
    "plan": {"prompt": "Your plan", "when": "the phone rings", "will": "listen", "tell": "a colleague"},
    "figure": {"image": "images/note.png", "alt": "A hand writes."},
    "quote": {"text": "First.\n\nThen.", "who": "A tenant", "url": "https://example.org/words"},
    "reveal": {"summary": "More: a little", "text": "*Extra* words."},
    "ladder": {
        "caption": "Two rungs",
        "bands": [{"id": "all", "title": "All"}],
        "rungs": [
            {"id": "low", "title": "Low", "band": "all", "meaning": "Down."},
            {"id": "high", "title": "High", "band": "all", "meaning": "Up."},
        ],
    },
    "placement": {"ladder": "rungs-there", "prompt": "Where?", "evidence": "Seen?", "change": "Next?"},
    "reading": {"title": "What next?"},
}


def fields(kind: str, values: dict[str, Any], session: Session, **more: str) -> dict[str, str]:
    parts: tuple[Part, ...] = parts_of(SHAPES[kind], kind)
    typed: Typed = filled(parts, values)
    session.rollback()
    base = str(open_draft(session, KEY).revision_id)
    return {**sent(parts, typed).to_dict(), "base": base, "place": "1", "message": "", **more}


def lesson(session: Session, path: str = LESSON) -> str:
    session.rollback()
    return open_draft(session, KEY).files[path].decode()


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_is_put_in_and_opens_again_with_what_was_typed(
    page: Page, cast: Cast, session: Session, kind: str
) -> None:
    if kind == "placement":
        ladder = "/// ladder\nid: rungs-there\ncaption: c\nbands:\n  - {id: a, title: A}\nrungs:\n"
        ladder += (
            "  - {id: x, title: X, band: a, meaning: m}\n  - {id: y, title: Y, band: a, meaning: m}\n///\n"
        )
        save_text(session, OTHER, insert_block(lesson(session, OTHER), 999, ladder).encode())
    address = f"{BLOCKS}/new?kind={kind}"
    page.sign_in(cast.edda).get(address)
    response = page.post(address, fields(kind, GOOD[kind], session, message="One more"))
    there, _, name = response.headers["Location"].partition("#")
    assert there == "/studio/courses/good-course/lessons/first-steps"
    text = lesson(session)
    values = value_at(find_block(text, name).options, ())
    assert {key: value for key, value in values.items() if key != "id"} == GOOD[kind]
    assert text.index(f"id: {name}\n") < text.index("## Say it back")
    assert [
        each for each in check("course", open_draft(session, KEY).files).problems if each.level == "error"
    ] == []
    page.get(f"{BLOCKS}/{name}")
    before = open_draft(session, KEY).revision_id
    page.post(f"{BLOCKS}/{name}", fields(kind, values, session))
    assert open_draft(session, KEY).revision_id == before, "saving what is there changes nothing"


def test_all_kinds_are_offered(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get(f"{BLOCKS}/new")
    offered = {href.partition("kind=")[2] for href in page.links().values() if "kind=" in href}
    assert offered == SHAPES.keys() == GOOD.keys()


def test_a_change_keeps_comments_and_the_rest_of_the_lesson(page: Page, cast: Cast, session: Session) -> None:
    text = lesson(session).replace("question: say-back", "# shown twice in the spring\nquestion: say-back")
    text = text.replace(
        "/// practice\nid: say-back",
        "/// reveal\nid: aside\n# a note\nsummary: Old\ntext: Words.\n///\n\n/// practice\nid: say-back",
    )
    save_text(session, LESSON, text.encode())
    page.sign_in(cast.edda).get(f"{BLOCKS}/aside")
    page.post(
        f"{BLOCKS}/aside", fields("reveal", {"id": "aside", "summary": "New", "text": "Words."}, session)
    )
    assert lesson(session) == text.replace("summary: Old", "summary: New")


def test_a_save_has_its_author_and_message(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.edda)
    page.post(f"{BLOCKS}/new?kind=plan", fields("plan", GOOD["plan"], session))
    revision = _newest(session)
    assert (revision.made_by_id, revision.message) == (cast.edda.id, "Add a plan to first-steps")


def test_the_text_alone_is_answered_and_nothing_is_saved(page: Page, cast: Cast, session: Session) -> None:
    before = open_draft(session, KEY).revision_id
    address, form = f"{BLOCKS}/new?kind=plan", fields("plan", GOOD["plan"], session)
    response = page.sign_in(cast.edda).post(address, form, status=200, headers={"Accept": "text/plain"})
    assert response.mimetype == "text/plain"
    assert response.text.startswith("/// plan\nid: plan\nprompt: Your plan\n")
    assert response.text.endswith("\n///\n")
    session.rollback()
    assert open_draft(session, KEY).revision_id == before
    wrong = page.post(address, {**form, "when": ""}, status=422, headers={"Accept": "text/plain"})
    assert wrong.mimetype == "text/html"


def test_within_the_lessons_editor_the_form_asks_for_no_place(
    page: Page, cast: Cast, session: Session
) -> None:
    form = fields("checklist", GOOD["checklist"], session, do="add items")
    del form["place"], form["message"]
    page.sign_in(cast.edda).post(f"{BLOCKS}/new?kind=checklist", form, status=200)
    names = {one.get("name") for tag in ("input", "select") for one in page.elements(tag)}
    assert not names & {"place", "message"}


def test_a_picture_without_words_is_shown_again_with_the_fault_at_its_field(
    page: Page, cast: Cast, session: Session
) -> None:
    form = fields("figure", {"image": "images/note.png", "caption": "A <b>note</b>"}, session)
    response = page.sign_in(cast.edda).post(f"{BLOCKS}/new?kind=figure", form, status=422)
    assert "Words for people who cannot see it is empty." in page.text("error-summary")
    assert "A &lt;b&gt;note" in response.text
    assert page.links()["Words for people who cannot see it is empty."] == "#field-alt"


def test_a_check_of_the_kind_is_told_at_its_field(page: Page, cast: Cast, session: Session) -> None:
    story = {**GOOD["scenario"], "id": "x"}
    form = fields("scenario", story, session) | {"decisions.1.options.0.quality": "poor"}
    page.sign_in(cast.edda).post(f"{BLOCKS}/new?kind=scenario", form, status=422)
    found = next(text for text in page.links() if text.startswith("No option of visit is the best one."))
    assert page.links()[found] == "#field-decisions-1-options"


def test_rows_are_added_without_a_script_and_nothing_typed_is_lost(
    page: Page, cast: Cast, session: Session
) -> None:
    before = open_draft(session, KEY).revision_id
    form = fields("checklist", GOOD["checklist"], session, do="add items", place="2") | {
        "title": "Just typed"
    }
    page.sign_in(cast.edda).post(f"{BLOCKS}/new?kind=checklist", form, status=200)
    areas = {one.get("name"): (one.text or "").strip() for one in page.elements("textarea")}
    assert "items.2.text" in areas
    assert areas["title"] == "Just typed"
    place = next(one for one in page.elements("select") if one.get("name") == "place")
    assert [one.get("value") for one in place if "selected" in one.attrib] == ["2"]
    assert open_draft(session, KEY).revision_id == before


def test_two_who_change_other_blocks_both_have_their_way(page: Page, cast: Cast, session: Session) -> None:
    first = fields("plan", GOOD["plan"], session)
    page.sign_in(cast.edda)
    page.post(f"{BLOCKS}/new?kind=plan", first)
    old = open_draft(session, KEY).revision_id
    form = fields("plan", {**GOOD["plan"], "id": "plan", "when": "it rings"}, session)
    save_text(session, LESSON, lesson(session).replace("Most calls", "Many calls").encode())
    assert old != open_draft(session, KEY).revision_id
    page.post(f"{BLOCKS}/plan", form)
    assert "Many calls" in lesson(session)
    assert "when: it rings" in lesson(session)


def test_two_who_change_the_same_block_both_keep_their_text(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.edda).post(f"{BLOCKS}/new?kind=plan", fields("plan", GOOD["plan"], session))
    form = fields("plan", {**GOOD["plan"], "id": "plan", "when": "it rings"}, session)
    save_text(session, LESSON, lesson(session).replace("the phone rings", "somebody calls").encode())
    both = page.post(f"{BLOCKS}/plan", form)
    assert both.location == f"/studio/courses/good-course/kept/{_newest(session).id}"
    assert "somebody calls" in lesson(session)


def test_a_form_whose_session_has_gone_is_shown_again(page: Page, cast: Cast, session: Session) -> None:
    form = fields("plan", {**GOOD["plan"], "when": "it <rings>"}, session, csrf_token="old")
    response = page.sign_in(cast.edda).post(f"{BLOCKS}/new?kind=plan", form, status=400)
    assert "it &lt;rings&gt;" in response.text
    assert "Press Save once more." in page.text("error-summary")


@pytest.mark.parametrize("address", ["new?kind=nothing", "new?kind=", "nothing", "%2e%2e"])
def test_what_is_not_there_is_not_found(page: Page, cast: Cast, address: str) -> None:
    page.sign_in(cast.edda).get(f"{BLOCKS}/{address}", status=404)


@pytest.mark.parametrize("base", ["", "x", "-1", "1e9", "9" * 30])
def test_a_base_that_is_no_revision_is_refused(page: Page, cast: Cast, session: Session, base: str) -> None:
    form = fields("plan", GOOD["plan"], session, base=base)
    page.sign_in(cast.edda).post(f"{BLOCKS}/new?kind=plan", form, status=400)


@pytest.mark.parametrize(
    "text", ["a\n///\n# b", "/// practice", "x\n---\ny", "{{ 1 }}", "a: b", "- a", "&a *b"]
)
def test_words_that_look_like_marks_stay_words(page: Page, cast: Cast, session: Session, text: str) -> None:
    form = fields("reflection", {"prompt": text, "hint": text}, session)
    response = page.sign_in(cast.edda).post(f"{BLOCKS}/new?kind=reflection", form)
    name = response.headers["Location"].partition("#")[2]
    assert value_at(find_block(lesson(session), name).options, ("prompt",)) == text


def test_the_form_has_one_button_that_return_presses_and_it_saves(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get(f"{BLOCKS}/new?kind=scenario")
    form = next(one for one in page.elements("form") if one.get("id") == "block-form")
    first = next(form.iter("button"))
    assert (first.get("value"), "hidden" in first.attrib) == ("save", True)


def _newest(session: Session) -> Revision:
    session.rollback()
    return session.scalars(select(Revision).order_by(Revision.id.desc()).limit(1)).one()


def test_the_places_of_a_lesson_take_no_longer_than_its_length_allows() -> None:
    text = "---\ntitle: A\n---\n" + f"\n## a{' ' * 3_900}x {{#a}}\n" * 14
    started = process_time()
    assert line_of(text, "0") == 4
    assert process_time() - started < 1
