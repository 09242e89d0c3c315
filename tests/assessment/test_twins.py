"""Which questions are one question in other words."""

from app.assessment.reading import read_practice, read_quiz
from app.assessment.twins import MOST_PAIRS, about_bank

SLOT = """\
title: A test
slots:
  - id: room
    title: The room
    outcome: describe
    section: lesson-one#room
    questions:
"""
SINGLE = """\
      - id: {id}
        type: single-choice
        stem: {stem}
        teaches: The room decides who speaks.
        choices:
          - {{id: papers, text: Earlier papers and tea, reason: They know the papers.}}
          - {{id: space, text: Another room, reason: It is theirs., correct: true}}
          - {{id: numbers, text: More people, reason: It adds to the crowd.}}
"""
SORTING = """\
      - id: {id}
        type: classify
        stem: Where does each line of the letter belong?
        teaches: Being told is not deciding.
        miss: Look at who can say no.
        categories: [{{id: first, text: First}}, {{id: last, text: Last}}]
        rows:
          - {{id: one, text: {one}, category: first, reason: It is news.}}
          - {{id: two, text: {two}, category: last, reason: It can wait.}}
"""
CAFE = "Nobody speaks at a meeting in the council chamber. What would help most?"


def twins(*questions: str) -> list[str]:
    """The ids that are said to read like an earlier question of their slot."""
    problems = read_quiz("test.yml", SLOT + "".join(questions))[1]
    return [problem.sentence.split()[0] for problem in problems if "reads nearly like" in problem.sentence]


def single(name: str, stem: str) -> str:
    return SINGLE.format(id=name, stem=stem)


def sorting(name: str, one: str, two: str) -> str:
    return SORTING.format(id=name, one=one, two=two)


def test_one_word_changed_is_the_same_question() -> None:
    assert twins(single("a", CAFE), single("b", CAFE.replace("council", "committee"))) == ["b"]


def test_another_situation_with_the_same_request_is_another_question() -> None:
    other = "Letters about the new heating come back unread from twelve flats. What would help most?"
    assert twins(single("a", CAFE), single("b", other)) == []


def test_capitals_and_marks_make_no_difference() -> None:
    assert twins(single("a", CAFE), single("b", CAFE.upper().replace(".", " -"))) == ["b"]


def test_the_rows_put_the_case_where_there_is_something_to_sort() -> None:
    dates = sorting("a", "The lift is closed on Monday.", "A cable is worn.")
    assert twins(dates, sorting("b", "Your rent goes up in April.", "Costs have risen for all of us.")) == []
    assert twins(dates, sorting("b", "The lift is closed on Friday.", "A cable is worn.")) == ["b"]


def test_a_choice_and_a_sorting_question_are_never_one() -> None:
    assert twins(single("a", "A cable is worn."), sorting("b", "A cable", "is worn.")) == []


def test_a_test_of_the_largest_size_is_compared_in_no_time() -> None:
    hostile = "".join(single(f"q-{number}", "a b " * 200) for number in range(150))
    quiz, problems = read_quiz("test.yml", SLOT + hostile)
    assert quiz is not None
    assert sum("reads nearly like" in problem.sentence for problem in problems) == MOST_PAIRS


def test_the_bank_stays_apart_from_practice() -> None:
    quiz, _ = read_quiz("test.yml", SLOT + single("a", CAFE) + single("b", "Who may say no here?"))
    practised = single("b", CAFE.replace("Nobody", "No resident"))
    practice, _ = read_practice("practice.yml", "questions:\n" + practised)
    assert quiz is not None
    found = [(problem.line, problem.sentence) for problem in about_bank(quiz, practice)]
    assert found == [
        (quiz.places["b"].line, "A practice question has the id b too."),
        (
            quiz.places["a"].line,
            "a reads nearly like the practice question b, which people have met.",
        ),
    ]
