"""One question out of a file, by itself: found whatever is wrong elsewhere, and answered right and wrong."""

from pathlib import Path

import pytest

from app.assessment.questions import grade, parse, present
from app.assessment.trying import fields, find_question, right_answer, wrong_answer

GOOD = Path(__file__).parents[1] / "authored/good/quizzes/good-course"
TEST, PRACTICE = (GOOD / "test.yml").read_text(), (GOOD / "practice.yml").read_text()


@pytest.mark.parametrize("id_", ["hear-a", "note-b", "kinds-c"])
def test_each_type_has_an_answer_that_secures_it_and_a_whole_one_that_does_not(id_: str) -> None:
    found, _ = find_question("test.yml", TEST, id_)
    assert found
    assert found.question
    for answer, secured in ((right_answer, True), (wrong_answer, False)):
        body = answer(found.question)
        assert parse(found.question, fields(body, "answer"), "answer") == body
        assert found.question.is_complete(body)
        assert grade(found.question, body).secured is secured


def test_it_comes_with_its_slot_and_what_else_the_slot_asks() -> None:
    found, problems = find_question("test.yml", TEST, "hear-b")
    assert found
    assert (found.title, found.section) == ("Hearing the whole story", "first-steps#hear-it-all")
    assert (found.siblings, problems) == (("hear-a", "hear-b", "hear-c"), [])
    practised, _ = find_question("practice.yml", PRACTICE, "say-back")
    assert practised
    assert (practised.title, practised.siblings) == ("", ())


def test_a_mistake_elsewhere_does_not_matter_and_its_own_is_told_in_its_place() -> None:
    broken = TEST.replace(
        "        type: single-choice\n        stem: A caller begins with a leak", "        stem: A"
    )
    found, _ = find_question("test.yml", broken, "hear-b")
    assert found
    assert found.question
    assert present(found.question, ("a", "b", "c", "d")).stem.startswith("A caller begins with the boiler")
    faulty, _ = find_question("test.yml", broken, "hear-a")
    assert faulty
    assert faulty.question is None
    assert [each.line for each in faulty.problems] == [broken.split("\n").index("      - id: hear-a") + 1]


@pytest.mark.parametrize(
    "text", ["", "a: [", "slots: 5", "slots: [{questions: {id: x}}, 3, null]", "[1, 2]", "7"]
)
def test_what_is_no_quiz_has_no_question(text: str) -> None:
    assert find_question("test.yml", text, "x")[0] is None
