"""Warnings about a quiz that can be graded, but should be better: the item-writing rules, said one by one."""

import re
from collections.abc import Iterator

from app.assessment.guessing import MOST, blind_pass_rate
from app.assessment.model import Place, Quiz, Slot
from app.assessment.plain_words import about_plain_words
from app.assessment.policy import Policy
from app.assessment.questions import Choice, Classify, Flaw, Question
from app.kernel.problems import Problem

FEWEST_QUESTIONS = 3
LONGEST_STEM = 60  # words

_NEGATIVE = re.compile(
    r"\b(not|never|except|least|false|incorrect|untrue|unlikely)\b|n['’]t\b", re.IGNORECASE
)
_CATCH_ALL = re.compile(
    r"^\W*(all|none|both|neither|any) of (the )?(above|these|them|those)\b|^\W*(a and b|both a)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(r"(^|-)(correct|right|wrong|true|false|key|answer|distractor|best|worst)(-|$)")


def about_question(question: Question) -> Iterator[Flaw]:
    """What an item writer would mend in one question, in a test or in a lesson."""
    words = len(question.stem.split())
    if words > LONGEST_STEM:
        fix = f"Bring it down to {LONGEST_STEM} or fewer."
        yield Flaw(
            ("stem",), f"The stem has {words} words, and a tired reader loses the thread.", fix, "warning"
        )
    if _NEGATIVE.search(_asked(question.stem)):
        fix = "Ask for what is so."
        yield Flaw(
            ("stem",), "The stem asks for what is not so, which trips up careful readers.", fix, "warning"
        )
    if not isinstance(question, Classify):
        for number, choice in enumerate(question.choices):
            yield from _about_choice(number, choice)
    yield from about_plain_words(question)


def _about_choice(number: int, choice: Choice) -> Iterator[Flaw]:
    if _CATCH_ALL.search(choice.text):
        fix = "Write a choice that stands by itself."
        yield Flaw(
            ("choices", number, "text"),
            f'"{choice.text.rstrip(".")}" tests logic, not housing.',
            fix,
            "warning",
        )
    if _TELLING.search(choice.id):
        fix = "Name it after what it says: ids can be seen in the page."
        yield Flaw(("choices", number, "id"), f"The id {choice.id} may give the answer away.", fix, "warning")


def _asked(stem: str) -> str:
    """The sentences that ask, or the last one where none ends in a question mark."""
    parts = re.split(r"(?<=[.?])\s+", stem.strip())
    return " ".join(part for part in parts if part.endswith("?")) or parts[-1]


def about_slot(slot: Slot) -> Iterator[Problem]:
    """What would be better about a slot as a whole."""
    found = len(slot.questions)
    if found < FEWEST_QUESTIONS:
        fix = f"Write {FEWEST_QUESTIONS} or more, each about another situation."
        yield _warning(
            slot.place, f"The slot {slot.id} has {found} of the questions that three rounds can need.", fix
        )
    if found > 1 and all(_key_is_longest(question) for question in slot.questions):
        fix = "Cut the right choices, or give the others as much to say."
        yield _warning(slot.place, f"In the slot {slot.id} the longest choice is always right.", fix)


def _key_is_longest(question: Question) -> bool:
    if isinstance(question, Classify):
        return False
    keys = [len(choice.text) for choice in question.choices if choice.correct]
    others = [len(choice.text) for choice in question.choices if not choice.correct]
    return min(keys) > max(others)


def about_guessing(quiz: Quiz, policy: Policy) -> Iterator[Problem]:
    """Whether luck alone passes too often under the course's policy."""
    rate = blind_pass_rate(quiz, policy)
    if rate > MOST:
        sentence = (
            f"Somebody who guesses passes {rate:.0%} of the time, and {MOST:.0%} is the most that is fair."
        )
        fix = "Add slots, choices or categories."
        yield _warning(Place(quiz.slots[0].place.path, 1, 1), sentence, fix)


def _warning(place: Place, sentence: str, fix: str) -> Problem:
    path, line, column = place
    return Problem(path=path, line=line, column=column, level="warning", sentence=sentence, fix=fix)
