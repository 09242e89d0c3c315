from pathlib import Path

import pytest

from app.assessment.policy import Policy
from app.assessment.questions import MultipleResponse, SingleChoice
from app.assessment.reading import read_practice, read_quiz

SHIPPED = Path(__file__).parents[2] / "quizzes"

QUIZ = """\
title: A test
slots:
"""
SLOT = """\
  - id: {slot}
    title: The {slot}
    outcome: describe
    section: lesson-one#{slot}
    questions:
"""
SINGLE = """\
      - id: {id}
        type: single-choice
        stem: What helps most here?
        teaches: The room decides who speaks.
        choices:
          - {{id: papers, text: Earlier papers and tea, reason: They know the papers.}}
          - {{id: space, text: Another room, reason: It is theirs., correct: true}}
          - {{id: numbers, text: More people, reason: It adds to the crowd.}}
"""
SORTING = """\
      - id: {id}
        type: classify
        stem: Which pitfall does each line show?
        teaches: Being told is not deciding.
        miss: Look at who can say no.
        categories:
          - {{id: tokenism, text: Tokenism}}
          - {{id: feedback, text: No feedback loop}}
          - {{id: time, text: No time}}
        rows:
          - {{id: ordered, text: Ordered first., category: tokenism, reason: Too late.}}
          - {{id: fares, text: Nobody is told., category: feedback, reason: Silence.}}
          - {{id: launch, text: The money is gone., category: time, reason: Spent.}}
"""


OTHER_ROWS = {
    1: {},
    2: {
        "Ordered first.": "A van was bought.",
        "Nobody is told.": "No letter went out.",
        "The money is gone.": "Work starts today.",
    },
    3: {
        "Ordered first.": "The chair has decided.",
        "Nobody is told.": "Minutes stay locked away.",
        "The money is gone.": "There are two days left.",
    },
}


def other_rows(number: int, text: str) -> str:
    for old, new in OTHER_ROWS[number].items():
        text = text.replace(old, new)
    return text


def quiz_text() -> str:
    """Three slots of three questions, without a problem."""
    text = QUIZ
    for slot in ("room", "loop", "bands"):
        text += SLOT.format(slot=slot)
        text += "".join(other_rows(number, SORTING.format(id=f"{slot}-{number}")) for number in (1, 2, 3))
    return text


def problems_of(text: str) -> list[str]:
    return [str(problem) for problem in read_quiz("test.yml", text)[1]]


def changed(*changes: tuple[str, str], question: str = SINGLE) -> str:
    """One slot of one question, with each change made; what a change replaces must be there."""
    text = QUIZ + SLOT.format(slot="room") + question.format(id="one")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_good_quiz_has_no_problem_and_knows_its_places():
    quiz, problems = read_quiz("test.yml", quiz_text())
    assert problems == []
    assert quiz is not None
    assert [slot.id for slot in quiz.slots] == ["room", "loop", "bands"]
    assert quiz.slots[0].place == ("test.yml", 3, 5)
    assert quiz.places["room-1"] == ("test.yml", 8, 9)
    assert len(quiz.places) == 9


@pytest.mark.parametrize("folder", sorted(path.name for path in SHIPPED.iterdir() if path.is_dir()))
def test_shipped_quizzes_have_no_problem(folder):
    for name, read in (("test.yml", read_quiz), ("practice.yml", read_practice)):
        found, problems = read(name, (SHIPPED / folder / name).read_text(encoding="utf-8"))
        assert [str(problem) for problem in problems] == []
        assert found


ERRORS = [
    (changed((", correct: true", "")), "test.yml:12:9: error: No choice is marked as correct."),
    (
        changed(("More people, reason: It adds to the crowd.", "More people, reason: Crowd., correct: true")),
        "test.yml:15:62: error: A second choice is marked as correct.",
    ),
    (changed((", reason: They know the papers.", "")), "test.yml:13:13: error: reason is missing."),
    (changed(("They know the papers.", '""')), "test.yml:13:56: error: reason is empty."),
    (changed(("id: numbers", "id: space")), "test.yml:15:14: error: Two choices have the id space."),
    (changed(("More people", "Another room")), "test.yml:15:27: error: Two choices say the same."),
    (
        changed(("          - {id: numbers, text: More people, reason: It adds to the crowd.}\n", "")),
        "test.yml:12:9: error: A choice question needs 3 choices or more. This has 2.",
    ),
    (
        changed(("        teaches: The room decides who speaks.\n", "")),
        "test.yml:8:9: error: teaches is missing.",
    ),
    (changed(("type: single-choice", "type: single-choise")), "test.yml:9:9: error: type must be one of: "),
    (changed(("        type: single-choice\n", "")), "test.yml:8:9: error: type is missing."),
    (
        changed(("stem:", "steam:")),
        "test.yml:10:9: error: There is no field called steam here. Did you mean stem?",
    ),
    (changed(("id: one", "id: One!")), "test.yml:8:9: error: id must be made of lower-case letters"),
    (changed(("lesson-one#room", "lesson-one")), "test.yml:6:5: error: section must be a lesson and one of"),
    (changed(("title: A test\n", "")), "test.yml:1:1: error: title is missing."),
    (
        changed(("category: time", "category: money"), question=SORTING),
        "test.yml:20:52: error: There is no category money here. The categories are: tokenism",
    ),
    (
        changed(("id: launch", "id: time"), question=SORTING),
        "test.yml:20:14: error: A row with a category's id gives the answer away.",
    ),
    (
        changed(("id: fares", "id: ordered"), question=SORTING),
        "test.yml:19:14: error: Two rows have the id ordered.",
    ),
    (
        changed(("id: feedback", "id: time"), ("category: feedback", "category: time"), question=SORTING),
        "test.yml:16:14: error: Two categories have the id time.",
    ),
    (
        changed(("        miss: Look at who can say no.\n", ""), question=SORTING),
        "test.yml:8:9: error: miss is missing.",
    ),
    (quiz_text().replace("id: loop-2", "id: room-1"), "error: Two questions have the id room-1."),
    (quiz_text().replace("id: loop\n", "id: room\n"), "error: Two slots have the id room."),
    (QUIZ + "  - just text\n", "test.yml:3:5: error: A slot must be a group of fields"),
    (QUIZ + SLOT.format(slot="room") + "      - text\n", "test.yml:8:9: error: A question must be a group"),
    (QUIZ.replace("slots:", "slots: []"), "test.yml:2:1: error: slots needs 1 or more, and has 0."),
    ("title: [", "test.yml:1:"),
    ("- a\n- b\n", "test.yml:1:1: error: This must be a group of fields"),
]


@pytest.mark.parametrize(("text", "expected"), ERRORS, ids=[expected[:70] for _, expected in ERRORS])
def test_an_error_is_told_at_its_place_and_keeps_the_quiz_back(text, expected):
    assert any(expected in problem for problem in problems_of(text)), problems_of(text)
    assert read_quiz("test.yml", text)[0] is None


MULTIPLE = SINGLE.replace("single-choice", "multiple-response").replace(
    "        choices", "        miss: Look.\n        choices"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            changed(question=MULTIPLE),
            "Only one choice is marked as correct. Mark another, or make this a single-choice",
        ),
        (changed((", correct: true", ""), question=MULTIPLE), "No choice is marked as correct."),
        (
            changed(
                ("They know the papers.", "P., correct: true"),
                ("It adds to the crowd.", "C., correct: true"),
                question=MULTIPLE,
            ),
            "Every choice is marked as correct",
        ),
    ],
)
def test_a_multiple_response_needs_some_right_and_some_wrong(text, expected):
    assert any(expected in problem for problem in problems_of(text)), problems_of(text)


def test_one_problem_does_not_hide_another():
    text = changed(("stem:", "steam:"), (", correct: true", "")) + SINGLE.format(id="two").replace(
        ", correct: true", ""
    )
    found = problems_of(text)
    assert any("steam" in problem for problem in found)
    assert any("No choice is marked" in problem and ":20:" in problem for problem in found)


def warnings_of(text: str) -> list[str]:
    quiz, problems = read_quiz("test.yml", text)
    assert quiz is not None, problems
    assert all(problem.level == "warning" for problem in problems)
    return [str(problem) for problem in problems]


LONG = "word " * 58 + "which is it?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            changed(),
            "test.yml:3:5: warning: The slot room has 1 of the questions that three rounds can need.",
        ),
        (changed(("What helps most here?", LONG)), "test.yml:10:9: warning: The stem has 61 words"),
        (
            changed(("What helps most", "Which does not help")),
            "test.yml:10:9: warning: The stem asks for what is not so",
        ),
        (
            changed(("More people", "All of the above")),
            'test.yml:15:27: warning: "All of the above" tests logic',
        ),
        (
            changed(("id: space", "id: right")),
            "test.yml:14:14: warning: The id right may give the answer away.",
        ),
        (changed(), "test.yml:1:1: warning: Somebody who guesses passes 70% of the time"),
    ],
)
def test_a_warning_names_what_could_be_better_and_does_not_keep_the_quiz_back(text, expected):
    assert any(problem.startswith(expected) for problem in warnings_of(text)), warnings_of(text)


def test_the_longest_choice_being_always_right_is_noticed_across_a_slot():
    said = "In the slot room the longest choice is always right."
    short = changed() + SINGLE.format(id="two") + SINGLE.format(id="three")
    assert not any(said in problem for problem in warnings_of(short))
    longest = short.replace("Another room", "Another room that is theirs and near")
    assert any(said in problem for problem in warnings_of(longest))
    once = longest.replace("Another room that is theirs and near", "Another room", 1)
    assert not any(said in problem for problem in warnings_of(once))


def test_a_negative_word_outside_the_question_is_no_warning():
    text = changed(("What helps most here?", "They do not speak. What helps most here?"))
    assert not any("what is not so" in problem for problem in warnings_of(text))


def test_the_guessing_warning_follows_the_policy():
    sitting = Policy(kind="one-sitting", rounds=1)
    assert any("33%" in str(problem) for problem in read_quiz("test.yml", changed(), sitting)[1])


def test_practice_is_read_without_a_teaching_sentence():
    text = "questions:\n" + SINGLE.format(id="one").replace(
        "        teaches: The room decides who speaks.\n", ""
    )
    questions, problems = read_practice("practice.yml", text)
    assert problems == []
    assert isinstance(questions["one"], SingleChoice)


def test_a_broken_practice_question_leaves_the_others():
    good = SINGLE.format(id="two")
    text = "questions:\n" + SINGLE.format(id="one").replace(", correct: true", "") + good
    questions, problems = read_practice("practice.yml", text)
    assert list(questions) == ["two"]
    assert [problem.line for problem in problems] == [6]


def test_how_many_to_choose_is_counted_from_the_keys():
    text = changed(("It adds to the crowd.", "C., correct: true"), question=MULTIPLE)
    quiz, _ = read_quiz("test.yml", text)
    question = quiz.slots[0].questions[0]
    assert isinstance(question, MultipleResponse)
    assert question.present(question.order("s")).instruction == "Choose two."
