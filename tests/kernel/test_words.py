"""Counting words, sentences and syllables."""

import pytest

from app.kernel.words import count_words, plain, reading_grade, sentences, syllables


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("One two.", 2), ("co-production", 1), ("don't stop", 2), ("£1,200.50 each", 2), ("a – b", 2)],
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert count_words(text) == count


def test_a_passage_ends_a_sentence_and_a_figure_does_not() -> None:
    assert sentences(["One. Two? “Three.” Four", "five at 3.5 metres"]) == [
        "One.",
        "Two?",
        "“Three.",
        "Four",
        "five at 3.5 metres",
    ]


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("table", 2), ("make", 1), ("makes", 1), ("planned", 1), ("wanted", 2), ("resident", 3),
     ("co-production", 4), ("rhythm", 1), ("the", 1)],
)  # fmt: skip
def test_syllables_of_common_words(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_the_published_formula() -> None:
    # 100 words of one syllable in 10 sentences: 0.39 * 10 + 11.8 * 1 - 15.59
    assert reading_grade(["The cat sat on the mat and had a nap."] * 10) == pytest.approx(0.11)


def test_a_few_words_have_no_grade() -> None:
    assert reading_grade(["The cat sat on the mat."]) is None


def test_a_term_that_is_explained_counts_as_one_easy_word() -> None:
    # Ten words in each sentence once the term is one word, and all of one syllable.
    hard = ["The equality impact assessments met on the mat and a nap."] * 10
    eased = reading_grade(hard, ["impact", "Equality impact assessment"])
    assert eased == pytest.approx(0.39 * 9 + 11.8 - 15.59)
    as_written = reading_grade(hard)
    assert as_written is not None
    assert as_written > eased


def test_a_term_at_the_start_of_a_sentence_still_begins_one() -> None:
    text = ["A cat sat. Commissioning sat on the mat and had a nap."] * 10
    assert reading_grade(text, ["commissioning"]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_a_term_within_another_word_is_left_alone() -> None:
    text = ["The well-planned plan sat on the mat and had planning in mind."] * 10
    assert reading_grade(text, ["planned", "plan"]) == reading_grade(text)


def test_two_ways_of_typing_compare_as_equal() -> None:
    assert plain("It’s  “a\u00a0b” – c") == plain('It\'s "a b"\n- c')
