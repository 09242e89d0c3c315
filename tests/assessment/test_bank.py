"""Changing the text of a test by ids: what is meant changes, comments and order stay."""

from pathlib import Path

import pytest

from app.assessment.bank import (
    add_question,
    add_slot,
    find_question,
    move_question,
    move_slot,
    put_question,
    put_slot,
    question_at,
    questions_in,
    retire_question,
    retire_slot,
    slots_in,
)
from app.kernel.errors import NotFound, Refusal

GOOD = Path(__file__).parents[1] / "authored" / "good" / "quizzes" / "good-course"
TEST, PRACTICE = (GOOD / "test.yml").read_text(), (GOOD / "practice.yml").read_text()


def ids(text: str) -> list[tuple[str, list[str]]]:
    return [(slot.id, [each["id"] for each in slot.questions]) for slot in slots_in(text)]


def test_a_question_changes_and_every_other_line_stays() -> None:
    text = TEST.replace("      - id: hear-b", "      # heard in May\n      - id: hear-b")
    values = {**question_at(text, "hear-b"), "stem": "Another stem?"}
    changed = put_question(text, "hear-b", values)
    before, after = text.split("\n"), changed.split("\n")
    changed_lines = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new for _, new in changed_lines] == ["        stem: Another stem?"]
    assert changed_lines[0][0].startswith("        stem: A caller begins with the boiler")


def test_questions_are_added_moved_and_retired() -> None:
    values = {**question_at(TEST, "hear-a"), "id": "hear-d"}
    assert ids(add_question(TEST, "hear", values))[0] == ("hear", ["hear-a", "hear-b", "hear-c", "hear-d"])
    assert ids(move_question(TEST, "hear-c", "hear", 0))[0] == ("hear", ["hear-c", "hear-a", "hear-b"])
    moved = ids(move_question(TEST, "hear-a", "note", 1))
    assert moved[:2] == [("hear", ["hear-b", "hear-c"]), ("note", ["note-a", "hear-a", "note-b", "note-c"])]
    assert ids(retire_question(TEST, "hear-b"))[0] == ("hear", ["hear-a", "hear-c"])


def test_slots_change_and_are_added_moved_and_retired() -> None:
    changed = put_slot(TEST, "note", {"title": "Notes", "outcome": "agree"})
    assert slots_in(changed)[1].values["title"] == "Notes"
    assert len(slots_in(changed)[1].questions) == 3
    assert [slot for slot, _ in ids(move_slot(TEST, "kinds", 0))] == ["kinds", "hear", "note"]
    assert [slot for slot, _ in ids(retire_slot(TEST, "hear"))] == ["note", "kinds"]
    new = {"id": "new", "title": "New", "outcome": "agree", "section": "a#b", "questions": [{"id": "q"}]}
    assert ids(add_slot(TEST, new))[-1] == ("new", ["q"])


def test_practice_begins_with_its_first_question_and_ends_with_its_last() -> None:
    assert [each["id"] for each in questions_in(add_question("", "", {"id": "first"}))] == ["first"]
    assert [each["id"] for each in questions_in(add_question(PRACTICE, "", {"id": "b"}))] == ["say-back", "b"]
    assert retire_question(PRACTICE, "say-back") == ""
    assert find_question(PRACTICE, "say-back") == ("questions", 0)


def test_what_the_test_cannot_be_without_stays() -> None:
    one = retire_question(retire_question(TEST, "hear-a"), "hear-b")
    with pytest.raises(Refusal, match="only question"):
        retire_question(one, "hear-c")
    with pytest.raises(Refusal, match="only question"):
        move_question(one, "hear-c", "note", 0)
    alone = retire_slot(retire_slot(TEST, "hear"), "note")
    with pytest.raises(Refusal, match="only part"):
        retire_slot(alone, "kinds")


@pytest.mark.parametrize("text", [TEST, "slots: 3", "slots: [1, {questions: 2}, {questions: [x]}]", "a: b"])
def test_an_id_that_is_not_there_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        find_question(text, "nowhere")
    with pytest.raises(NotFound):
        retire_slot(text, "nowhere")
