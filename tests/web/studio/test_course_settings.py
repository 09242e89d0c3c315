"""The course file by form: what is changed is written, the rest of the file stays as its author wrote it."""

from typing import Any

from sqlalchemy.orm import Session

from app.catalogue.reading import CourseFile
from app.kernel.patching import value_at
from app.library.checked import check
from app.library.drafting import open_draft
from app.web.studio.course_settings import LEFT_ALONE
from app.web.studio.shapes import filled, parts_of
from tests.library.drafts import KEY, save_text
from tests.page import Page, classes
from tests.web.studio.shapes.test_shapes import sent

THERE = "/studio/courses/good-course/settings"
PATH = "content/good-course/course.yml"


def text(session: Session) -> str:
    session.rollback()
    return open_draft(session, KEY).files[PATH].decode()


def values(session: Session, **changed: Any) -> dict[str, Any]:
    return {**value_at(text(session), ()), **changed}


def form(session: Session, told: dict[str, Any], **more: str) -> dict[str, str]:
    parts = parts_of(CourseFile, "course", without=LEFT_ALONE)
    base = str(open_draft(session, KEY).revision_id)
    return {**sent(parts, filled(parts, told)).to_dict(), "base": base, "message": "", **more}


def test_the_form_shows_what_stands_and_saving_it_changes_nothing(edda: Page, session: Session) -> None:
    edda.get(THERE)
    assert "Words that the course explains" in edda.text()
    before = open_draft(session, KEY).revision_id
    edda.post(THERE, form(session, values(session)))
    session.rollback()
    assert open_draft(session, KEY).revision_id == before


def test_a_change_touches_its_own_line_and_keeps_comments(edda: Page, session: Session) -> None:
    marked = text(session).replace("minutes: 4\n", "minutes: 4  # counted in May\n")
    save_text(session, PATH, marked.encode())
    response = edda.post(THERE, form(session, values(session, title="Calls: a course", second_person=True)))
    assert response.headers["Location"] == f"{THERE}?saved"
    assert set(text(session).split("\n")) - set(marked.split("\n")) == {
        'title: "Calls: a course"',
        "second_person: true",
    }
    assert "minutes: 4  # counted in May\n" in text(session)
    edda.follow(response)
    assert "Saved in the draft." in edda.text()


def test_another_design_is_chosen_once_it_is_live(edda: Page, session: Session) -> None:
    edda.post("/studio/designs/new", {"title": "Ours", "slug": "ours", "copied": "standard"})
    edda.get(THERE)
    assert "Ours" not in edda.text()
    edda.get("/studio/designs/ours/publication")
    seen = next(one.get("value", "") for one in edda.elements("input") if one.get("name") == "revision")
    edda.post("/studio/designs/ours/publication", {"revision": seen})
    edda.get(THERE)
    assert "Ours" in edda.text()
    edda.post(THERE, form(session, values(session, design="ours")))
    assert values(session)["design"] == "ours"
    edda.get("/studio/designs/ours")
    assert "Used by A good course." in edda.text()


def test_outcomes_terms_reading_and_related_are_added_and_taken_out(edda: Page, session: Session) -> None:
    told = values(session, glossary=[], minutes=5, review_by="2028-01-01")
    told["outcomes"] = [*told["outcomes"], {"id": "", "text": "Agree on a day.", "shown_by": "test"}]
    told["further_reading"] = [*told["further_reading"], {**told["further_reading"][0], "title": "Another"}]
    edda.post(THERE, form(session, told))
    now = values(session)
    assert "glossary" not in now
    assert now["outcomes"][-1] == {"id": "agree-day", "text": "Agree on a day.", "shown_by": "test"}
    assert (now["minutes"], now["review_by"]) == (5, "2028-01-01")
    assert [each["title"] for each in now["further_reading"]] == ["A short guide to calls", "Another"]
    problems = check("course", open_draft(session, KEY).files).problems
    assert [each.sentence for each in problems if each.level == "error"] == [
        "Nothing shows the outcome agree-day: it needs a slot of the test."
    ]


def test_a_related_course_is_written_as_its_name(edda: Page, session: Session) -> None:
    save_text(session, PATH, text(session).replace("related:\n", "related:\n  - good-letters\n").encode())
    edda.get(THERE)
    assert "good-letters (not there any more)" in edda.text()
    told = values(session)
    assert told["related"][0] == "good-letters"
    told["related"] = told["related"][1:]
    edda.post(THERE, form(session, told))
    assert [each["kind"] for each in values(session)["related"]] == ["webinar"]


def test_each_mistake_is_told_at_its_field_and_what_was_typed_is_kept(edda: Page, session: Session) -> None:
    told = values(session, title="", minutes="half", law_as_at="yesterday", credit="A <b>bold</b> claim")
    edda.post(THERE, form(session, told, programme="nowhere"), status=422)
    summary = next(one for one in edda.elements("div") if "error-summary" in classes(one))
    faults = {"".join(one.itertext()): one.get("href") for one in summary.iter("a")}
    assert faults == {
        "Title is empty.": "#field-title",
        "Programme: choose one of those that there are.": "#field-programme",
        "Minutes must be a whole number.": "#field-minutes",
        "Law as at must be a day such as 2026-10-01.": "#field-law-as-at",
    }
    typed = {one.get("name"): one.get("value") for one in edda.elements("input")}
    assert (typed["minutes"], typed["law_as_at"]) == ("half", "yesterday")
    edda.post(THERE, form(session, values(session, credit="A <b>bold</b> claim")), status=422)
    assert edda.links()["HTML is not used in lessons. Write it in Markdown, or put a space after <."] == (
        "#field-credit"
    )


def test_two_who_change_other_fields_both_have_their_way(edda: Page, session: Session) -> None:
    mine = form(session, values(session, title="Mine"))
    save_text(session, PATH, text(session).replace("minutes: 4", "minutes: 6").encode())
    edda.post(THERE, mine)
    assert (values(session)["title"], values(session)["minutes"]) == ("Mine", 6)


def test_two_who_change_the_same_field_both_keep_their_text(edda: Page, session: Session) -> None:
    mine = form(session, values(session, title="Mine"))
    save_text(session, PATH, text(session).replace("A good course", "Theirs").encode())
    both = edda.post(THERE, mine)
    assert values(session)["title"] == "Theirs"
    edda.get(both.location)
    assert "Both texts are kept" in edda.text()


def test_a_row_is_added_without_a_script(edda: Page, session: Session) -> None:
    edda.post(THERE, form(session, values(session, title="Typed"), do="add glossary"), status=200)
    names = {one.get("name"): (one.text or "").strip() for one in edda.elements("textarea")}
    assert "glossary.1.term" in names
    assert names["title"] == "Typed"
    assert values(session)["title"] == "A good course"


def test_a_form_whose_session_has_gone_is_shown_again(edda: Page, session: Session) -> None:
    edda.post(THERE, form(session, values(session, title="Mine"), csrf_token="old"), status=400)
    assert "Mine" in {(one.text or "").strip() for one in edda.elements("textarea")}
