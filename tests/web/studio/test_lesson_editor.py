"""The page on which a lesson is written, without JavaScript: save, check, preview, and two at once."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.drafting import open_draft
from app.library.tables import Revision
from tests.cast import Cast
from tests.library.drafts import KEY, good_files, save_text
from tests.page import Page
from tests.web.studio.writing import ADDRESS, PATH, form_on, told


def lesson(session: Session) -> str:
    session.rollback()
    return open_draft(session, KEY).files[PATH].decode()


def newest(session: Session) -> Revision:
    session.rollback()
    return session.scalars(select(Revision).order_by(Revision.id.desc()).limit(1)).one()


@pytest.fixture
def edda(page: Page, cast: Cast) -> Page:
    page.sign_in(cast.edda).get(ADDRESS)
    return page


def test_the_front_matter_stands_in_fields_and_the_markdown_in_one_text(edda: Page) -> None:
    form = form_on(edda)
    assert form["title"] == "First steps"
    assert form["outcomes"] == ["listen"]
    assert form["minutes"] == "1"
    assert str(form["text"]).startswith("## Hear it all {#hear-it-all}\n")
    assert told(edda) == []
    assert "Reading grade" in edda.text()


def test_saving_makes_a_revision_with_author_and_message(edda: Page, cast: Cast, session: Session) -> None:
    text = str(form_on(edda)["text"]).replace("whole story", "entire story")
    response = edda.post(ADDRESS, form_on(edda, text=text.replace("\n", "\r\n"), message="Shorter words"))
    assert lesson(session) == good_files()[PATH].decode().replace("whole story", "entire story")
    made = newest(session)
    assert (made.made_by_id, made.message) == (cast.edda.id, "Shorter words")
    edda.follow(response)
    assert "Saved in the draft." in edda.text("notice")
    assert "by Edda Lind: Shorter words" in edda.text()


def test_saving_what_has_not_changed_makes_no_revision(edda: Page, session: Session) -> None:
    before = newest(session).id
    edda.follow(edda.post(ADDRESS, form_on(edda)))
    assert newest(session).id == before
    assert "Nothing had changed" in edda.text("notice")


def test_fields_change_the_front_matter_and_nothing_else_of_it(
    page: Page, cast: Cast, session: Session
) -> None:
    commented = good_files()[PATH].decode().replace("title: First", "# For new staff\ntitle:   First", 1)
    save_text(session, PATH, commented.encode())
    page.sign_in(cast.edda).get(ADDRESS)
    page.post(ADDRESS, form_on(page, minutes="2", outcomes=["listen", "agree"]))
    wanted = commented.replace("minutes: 1", "minutes: 2").replace("[listen]", "[listen, agree]")
    assert lesson(session) == wanted


def test_a_draft_with_mistakes_is_saved_and_told_at_their_places(edda: Page, session: Session) -> None:
    text = str(form_on(edda)["text"]) + "\n<b>Loud</b>\n"
    edda.follow(edda.post(ADDRESS, form_on(edda, text=text, minutes="many")))
    assert "minutes: many" in lesson(session)
    assert any(one.startswith("Minutes") for one in told(edda))
    line = text.split("\n").index("<b>Loud</b>") + 1
    assert any(one.startswith(f"Line {line} ") and "<b>Loud</b>" in one for one in told(edda))


@pytest.mark.parametrize("deed", ["check", "preview"])
def test_checking_and_showing_keep_what_was_typed_and_save_nothing(
    edda: Page, session: Session, deed: str
) -> None:
    before = newest(session).id
    text = str(form_on(edda)["text"]).replace("say-back\n///", "gone\n///") + "\nMore *to read*.\n"
    edda.post(ADDRESS, form_on(edda, text=text, title="Another title", deed=deed), status=200)
    assert newest(session).id == before
    assert form_on(edda)["text"] == text
    assert form_on(edda)["title"] == "Another title"
    assert any("There is no practice question called gone" in one for one in told(edda))
    if deed == "preview":
        shown = edda.text("lesson-shown")
        assert "More to read." in shown
        assert "What stands here cannot be shown yet." in shown


def test_the_preview_can_be_looked_at_and_nothing_in_it_answered(edda: Page) -> None:
    edda.post(ADDRESS, form_on(edda, deed="preview"), status=200)
    shown = next(one for one in edda.elements("fieldset") if "lesson-shown" in one.get("class", ""))
    assert "disabled" in shown.attrib
    assert [one for one in shown.iter() if "data-behaviour" in one.attrib] == []
    assert "Say back what you heard" in "".join(shown.itertext())


def test_two_who_save_at_once_both_keep_their_text(edda: Page, cast: Cast, session: Session) -> None:
    mine = form_on(edda, text=str(form_on(edda)["text"]) + "\nFrom Edda.\n")
    theirs = good_files()[PATH] + b"\nFrom Ada.\n"
    save_text(session, PATH, theirs, by=cast.ada.id, message="A better end")
    both = edda.post(ADDRESS, mine, status=303)
    assert lesson(session).encode() == theirs
    edda.get(both.location)
    said = edda.text()
    assert "From Edda." in said
    assert "From Ada." in said
    assert "The draft was saved by Ada Fenwick" in said


def test_what_others_saved_elsewhere_in_the_course_is_kept(edda: Page, cast: Cast, session: Session) -> None:
    other = "content/good-course/20-next-steps.md"
    changed = good_files()[other] + b"\nFrom Ada.\n"
    save_text(session, other, changed, by=cast.ada.id)
    edda.post(ADDRESS, form_on(edda, title="My title"))
    assert open_draft(session, KEY).files[other] == changed
    assert "title: My title" in lesson(session)


def test_a_form_with_an_old_token_comes_back_as_it_was_typed(edda: Page, session: Session) -> None:
    before = newest(session).id
    edda.post(ADDRESS, form_on(edda, text="Typed long.", csrf_token="old"), status=400)
    assert form_on(edda)["text"] == "Typed long."
    assert newest(session).id == before


@pytest.mark.parametrize(
    "broken", ["No dashes at all.", "---\ntitle: [a, b\n---\nText.", "---\ntitle: {a: b}\n---\n"]
)
def test_a_lesson_whose_top_cannot_be_read_stands_whole_in_the_text(
    page: Page, cast: Cast, session: Session, broken: str
) -> None:
    save_text(session, PATH, broken.encode())
    page.sign_in(cast.edda).get(ADDRESS)
    assert form_on(page)["text"] == broken
    assert "title" not in form_on(page)
    page.post(ADDRESS, form_on(page, text="---\ntitle: Mended\noutcomes: [listen]\nminutes: 1\n---\nText."))
    page.get(ADDRESS)
    assert form_on(page)["title"] == "Mended"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "a\x00b"),
        ("text", "x" * 200_001),
        ("title", "x" * 301),
        ("title", "a\x1bb"),
        ("message", "\x07"),
        ("outcomes", ["listen", "<script>"]),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    edda: Page, session: Session, field: str, value: str
) -> None:
    before = newest(session).id
    edda.post(ADDRESS, form_on(edda, **{field: value}), status=422)
    assert edda.text("error-summary")
    assert newest(session).id == before


@pytest.mark.parametrize("base_id", ["", "0", "-1", "x", "9" * 30])
def test_a_form_without_its_revision_is_refused(edda: Page, base_id: str) -> None:
    edda.post(ADDRESS, form_on(edda, base_id=base_id), status=400)


def test_another_sources_revision_is_not_found(edda: Page, session: Session) -> None:
    live = {made.source_id: made.id for made in session.scalars(select(Revision))}
    own = int(str(form_on(edda)["base_id"]))
    other = next(id_ for id_ in live.values() if id_ != own)
    edda.post(ADDRESS, form_on(edda, base_id=str(other)), status=404)


def test_the_rest_of_the_course_is_counted(page: Page, cast: Cast, session: Session) -> None:
    broken = re.sub(rb"minutes: 1", b"minutes: x", good_files()["content/good-course/20-next-steps.md"])
    save_text(session, "content/good-course/20-next-steps.md", broken)
    page.sign_in(cast.edda).get(ADDRESS)
    assert "In the rest of the course: " in page.text()
    assert "to mend before publishing" in page.text()


def test_a_lesson_or_a_course_that_is_not_there(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda)
    page.get("/studio/courses/good-course/lessons/nowhere", status=404)
    page.get("/studio/courses/nowhere/lessons/first-steps", status=404)
    page.get("/studio/courses/good-course/kept/999", status=404)
