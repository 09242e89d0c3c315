"""Questions by form: shown side by side, changed, added, moved and retired, the rest of the file kept."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.bank import question_at, questions_in, slots_in
from app.assessment.questions import SOURCES
from app.assessment.reading import SlotSource
from app.library.checked import check
from app.library.drafting import open_draft
from app.library.tables import Revision
from app.web.studio.shapes import filled, parts_of
from tests.cast import Cast
from tests.library.drafts import KEY, LESSON, save_text
from tests.page import Page
from tests.web.studio.shapes.test_shapes import sent

COURSE = "/studio/courses/good-course"
THERE = f"{COURSE}/questions"
TEST, PRACTICE = "quizzes/good-course/test.yml", "quizzes/good-course/practice.yml"


@pytest.fixture
def edda(page: Page, cast: Cast) -> Page:
    page.sign_in(cast.edda).post(f"{COURSE}/answers", {"back": THERE})
    return page


def text(session: Session, path: str = TEST) -> str:
    session.rollback()
    return open_draft(session, KEY).files[path].decode()


def newest(session: Session) -> Revision:
    session.rollback()
    return session.scalars(select(Revision).order_by(Revision.id.desc()).limit(1)).one()


def base(session: Session) -> str:
    session.rollback()
    return str(open_draft(session, KEY).revision_id)


def fields(session: Session, kind: str, values: dict[str, Any], **more: str) -> dict[str, str]:
    parts = parts_of(SOURCES[kind], kind)
    return {**sent(parts, filled(parts, values)).to_dict(), "base": base(session), "message": "", **more}


def errors(session: Session) -> list[str]:
    session.rollback()
    found = check("course", open_draft(session, KEY).files).problems
    return [each.sentence for each in found if each.level == "error"]


def ids(session: Session) -> list[tuple[str, list[str]]]:
    return [(slot.id, [each["id"] for each in slot.questions]) for slot in slots_in(text(session))]


def test_the_answers_are_asked_for_first(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda)
    pages = ("questions", "questions/new", "questions/hear-a", "questions/hear-a/move", "slots/hear")
    for address in (
        *pages,
        "questions/hear-a/retirement",
        "slots/new",
        "slots/hear/move",
        "slots/hear/retirement",
    ):
        page.get(f"{COURSE}/{address}")
        assert "Listen to the end of it." not in page.text()
        assert page.elements("form")[0].get("action", "").endswith("/answers"), address


def test_every_slot_shows_its_variants_with_key_reasons_and_ways_on(edda: Page) -> None:
    edda.get(THERE)
    said = edda.text()
    assert "Listen to the end of it. Right. The part that matters may come last." in said
    assert "A plumber mends a tap. A repair. Somebody comes to mend a thing." in said
    assert "Shows the outcome: Listen to the whole story before you act." in said
    assert "First steps: Hear it all" in said
    assert len(edda.elements("article")) == 10
    hrefs = edda.links().values()
    assert f"{COURSE}/play/hear-a" in hrefs
    assert f"{THERE}/note-b" in hrefs


def test_what_is_wrong_with_a_question_stands_beneath_it(edda: Page, session: Session) -> None:
    save_text(
        session,
        TEST,
        text(session).replace("teaches: Write the story", "teaches: Wrote the story", 1).encode(),
    )
    edda.get(THERE)
    article = next(one for one in edda.elements("article") if one.get("id") == "question-note-a")
    assert "The sentence that teaches note-a does not stand in" in "".join(article.itertext())


@pytest.mark.parametrize("question", ["hear-a", "note-b", "kinds-c"])
def test_a_question_opens_and_saving_it_as_it_is_changes_nothing(
    edda: Page, session: Session, question: str
) -> None:
    edda.get(f"{THERE}/{question}")
    values = question_at(text(session), question)
    before = newest(session).id
    edda.post(f"{THERE}/{question}", fields(session, values["type"], values))
    assert newest(session).id == before


def test_a_change_touches_its_own_lines_alone(edda: Page, cast: Cast, session: Session) -> None:
    marked = text(session).replace("      - id: hear-b", "      # heard in May\n      - id: hear-b")
    save_text(session, TEST, marked.encode())
    values = question_at(marked, "hear-b")
    values["choices"][2] |= {"text": "Book a visit.", "reason": "Too soon: nothing is known."}
    response = edda.post(f"{THERE}/hear-b", fields(session, "single-choice", values, message="Shorter"))
    assert response.headers["Location"] == f"{THERE}?saved#question-hear-b"
    old, new = marked.split("\n"), text(session).split("\n")
    assert len([1 for before, after in zip(old, new, strict=True) if before != after]) == 1
    assert question_at(text(session), "hear-b") == values
    assert (newest(session).made_by_id, newest(session).message) == (cast.edda.id, "Shorter")


def test_the_key_moves_by_a_tick_and_two_keys_are_told_at_the_second(edda: Page, session: Session) -> None:
    values = question_at(text(session), "hear-a")
    del values["choices"][0]["correct"]
    values["choices"][1]["correct"] = True
    edda.post(f"{THERE}/hear-a", fields(session, "single-choice", values))
    assert [bool(each.get("correct")) for each in question_at(text(session), "hear-a")["choices"]] == [
        *(False, True, False, False)
    ]
    form = fields(session, "single-choice", values) | {"choices.3.correct": "yes"}
    edda.post(f"{THERE}/hear-a", form, status=422)
    found = next(words for words in edda.links() if words.startswith("A second choice is marked"))
    assert edda.links()[found] == "#field-choices-3-correct"


def test_a_new_question_of_each_type_is_added_to_its_slot(edda: Page, session: Session) -> None:
    for number, (slot, question) in enumerate((("hear", "hear-a"), ("note", "note-a"), ("kinds", "kinds-a"))):
        values = question_at(text(session), question) | {"stem": f"Whose turn is it on day {number}?"}
        kind = values["type"]
        edda.get(f"{THERE}/new?slot={slot}")
        edda.get(f"{THERE}/new?slot={slot}&type={kind}")
        edda.post(f"{THERE}/new?slot={slot}&type={kind}", fields(session, kind, values))
    assert [(slot, found[-1]) for slot, found in ids(session)] == [
        ("hear", "whose-turn-day-0"),
        ("note", "whose-turn-day-1"),
        ("kinds", "whose-turn-day-2"),
    ]
    assert errors(session) == []


def test_a_practice_question_needs_no_teaching_sentence_and_one_of_the_test_does(
    edda: Page, session: Session
) -> None:
    values = {
        name: value for name, value in question_at(text(session), "hear-a").items() if name != "teaches"
    }
    edda.post(
        f"{THERE}/new?slot=hear&type=single-choice", fields(session, "single-choice", values), status=422
    )
    assert "Sentence that teaches it is empty." in edda.text("error-summary")
    edda.post(f"{THERE}/new?type=single-choice", fields(session, "single-choice", values))
    assert [each["id"] for each in questions_in(text(session, PRACTICE))] == [
        "say-back",
        "caller-begins-leak-comes",
    ]


def test_a_choice_is_added_without_a_script_and_named_after_its_words(edda: Page, session: Session) -> None:
    values = question_at(text(session), "hear-a")
    form = fields(session, "single-choice", values, do="add choices") | {"stem": "Half a thought"}
    edda.post(f"{THERE}/hear-a", form, status=200)
    assert "Half a thought" in [(one.text or "").strip() for one in edda.elements("textarea")]
    new = {"id": "new-1", "text": "Ring the right neighbour.", "reason": "It is nobody's turn."}
    form = fields(session, "single-choice", {**values, "choices": [*values["choices"], new]})
    edda.post(f"{THERE}/hear-a", form)
    assert question_at(text(session), "hear-a")["choices"][-1]["id"] == "ring-neighbour"


def test_questions_move_within_the_test(edda: Page, session: Session) -> None:
    edda.get(f"{THERE}/hear-c/move")
    edda.post(f"{THERE}/hear-c/move", {"place": "note 1", "base": base(session)})
    assert ids(session)[:2] == [
        ("hear", ["hear-a", "hear-b"]),
        ("note", ["note-a", "hear-c", "note-b", "note-c"]),
    ]
    edda.post(f"{THERE}/hear-b/move", {"place": "nowhere 0", "base": base(session)}, status=400)
    edda.get(f"{THERE}/say-back/move", status=404)


def test_a_question_is_retired_and_the_page_says_what_it_means(edda: Page, session: Session) -> None:
    edda.get(f"{THERE}/hear-b/retirement")
    assert "Whoever has it on their paper already still answers it." in edda.text()
    assert "Nobody is in the middle of the test just now." in edda.text()
    edda.post(f"{THERE}/hear-b/retirement", {"base": base(session), "message": ""})
    assert ids(session)[0] == ("hear", ["hear-a", "hear-c"])
    assert newest(session).message == "Retire the question hear-b"


def test_a_practice_question_that_a_lesson_shows_stays(edda: Page, session: Session) -> None:
    edda.get(f"{THERE}/say-back/retirement")
    assert "A lesson shows it." in edda.text()
    edda.post(f"{THERE}/say-back/retirement", {"base": base(session)}, status=400)
    body = open_draft(session, KEY).files[LESSON].decode()
    save_text(
        session, LESSON, body.replace("/// practice\nid: say-back\nquestion: say-back\n///\n", "").encode()
    )
    edda.post(f"{THERE}/say-back/retirement", {"base": base(session)})
    session.rollback()
    assert PRACTICE not in open_draft(session, KEY).files
    edda.get(THERE)


def test_slots_are_changed_added_moved_and_retired(edda: Page, session: Session) -> None:
    parts = parts_of(SlotSource, "slot", without=frozenset({"questions"}))
    values = {
        "id": "note",
        "title": "Writing: it down",
        "outcome": "agree",
        "section": "next-steps#agree-a-day",
    }
    form = {**sent(parts, filled(parts, values)).to_dict(), "base": base(session)}
    edda.get(f"{COURSE}/slots/note")
    edda.post(f"{COURSE}/slots/note", form)
    slot = slots_in(text(session))[1]
    assert {name: slot.values[name] for name in values} == values
    assert len(slot.questions) == 3
    question = fields(session, "single-choice", question_at(text(session), "hear-a") | {"stem": "Who rings?"})
    added = (
        {f"slot.{name}": value for name, value in form.items()} | {"slot.title": "Ringing back"} | question
    )
    edda.get(f"{COURSE}/slots/new")
    edda.get(f"{COURSE}/slots/new?type=single-choice")
    edda.post(f"{COURSE}/slots/new?type=single-choice", added)
    assert ids(session)[-1] == ("ringing-back", ["who-rings"])
    edda.get(f"{COURSE}/slots/ringing-back/move")
    edda.post(f"{COURSE}/slots/ringing-back/move", {"place": "0", "base": base(session)})
    edda.get(f"{COURSE}/slots/note/retirement")
    assert "their test stops there" in edda.text()
    edda.post(f"{COURSE}/slots/note/retirement", {"base": base(session)})
    assert [slot for slot, _ in ids(session)] == ["ringing-back", "hear", "kinds"]
    edda.get(THERE)


def test_retiring_a_slot_says_what_the_course_would_lack(edda: Page) -> None:
    edda.get(f"{COURSE}/slots/kinds/retirement")
    assert "Nothing shows the outcome agree: it needs a slot of the test." in edda.text()


def test_a_name_that_was_ever_live_is_not_given_again(edda: Page, session: Session) -> None:
    values = question_at(text(session), "hear-a") | {"stem": "Hear b?"}
    edda.post(f"{THERE}/hear-b/retirement", {"base": base(session), "message": ""})
    edda.post(f"{THERE}/new?slot=hear&type=single-choice", fields(session, "single-choice", values))
    assert ids(session)[0] == ("hear", ["hear-a", "hear-c", "hear-b-2"])


def test_a_slot_names_only_what_the_course_has(edda: Page, session: Session) -> None:
    form = {"id": "", "title": "", "outcome": "fly", "section": "../../x#y", "base": base(session)}
    edda.post(f"{COURSE}/slots/note", form, status=422)
    assert {words: href for words, href in edda.links().items() if href.startswith("#field")} == {
        "Title is empty.": "#field-title",
        "Outcome that it tests: choose one of those that there are.": "#field-outcome",
        "Section that teaches it: choose one of those that there are.": "#field-section",
    }


def test_two_who_change_other_questions_both_have_their_way(edda: Page, session: Session) -> None:
    form = fields(session, "single-choice", question_at(text(session), "hear-b") | {"stem": "Mine?"})
    save_text(
        session, TEST, text(session).replace("A caller begins with a leak.", "A caller rings.").encode()
    )
    edda.post(f"{THERE}/hear-b", form)
    assert (question_at(text(session), "hear-b")["stem"], "A caller rings." in text(session)) == (
        "Mine?",
        True,
    )


def test_two_who_change_the_same_question_both_keep_their_text(edda: Page, session: Session) -> None:
    form = fields(session, "single-choice", question_at(text(session), "hear-a") | {"stem": "Mine?"})
    save_text(
        session, TEST, text(session).replace("A caller begins with a leak.", "A caller rings.").encode()
    )
    both = edda.post(f"{THERE}/hear-a", form)
    assert both.location == f"{COURSE}/kept/{newest(session).id}"
    assert "A caller rings." in text(session)


def test_whoever_wrote_an_answer_has_seen_it(edda: Page, session: Session) -> None:
    form = fields(session, "single-choice", question_at(text(session), "hear-a") | {"stem": "Who is it?"})
    edda.post(f"{THERE}/new?slot=hear&type=single-choice", form)
    edda.get(THERE)
    assert "Who is it?" in edda.text(), "no second asking"


def test_hostile_words_are_shown_as_words(edda: Page, session: Session) -> None:
    hostile = "<script>alert(1)</script> {{ 7 }}"
    form = fields(session, "single-choice", question_at(text(session), "hear-a") | {"stem": hostile})
    edda.post(f"{THERE}/hear-a", form)
    assert "<script>alert" not in edda.get(THERE).text
    assert hostile in edda.text()


def test_a_form_whose_session_has_gone_is_shown_again(edda: Page, session: Session) -> None:
    form = fields(session, "single-choice", question_at(text(session), "hear-a") | {"stem": "Mine?"})
    edda.post(f"{THERE}/hear-a", {**form, "csrf_token": "old"}, status=400)
    assert "Mine?" in edda.text()


@pytest.mark.parametrize(
    "address",
    [
        "questions/nothing",
        "slots/nothing",
        "questions/new?type=nothing",
        "questions/new?slot=x",
        "slots/x/move",
    ],
)
def test_what_is_not_there_is_not_found(edda: Page, address: str) -> None:
    edda.get(f"{COURSE}/{address}", status=404)
