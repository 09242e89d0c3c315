"""Questions that are one question in other words: within a slot, and between practice and the test. Pure."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations, islice, product

from app.assessment.model import Place, Quiz, Slot
from app.assessment.questions import Classify, Question
from app.assessment.texts import options
from app.kernel.problems import Problem
from app.kernel.words import words

ALIKE = 0.7  # the share of words that come in the same order; honest variants of one slot stay below 0.4
MOST_PAIRS = 5000  # a test of 100 questions beside 40 of practice has 4,000
MOST_WORDS = 80  # of each case that is compared, so that no text takes long

Case = tuple[bool, list[str]]  # whether it is sorted, and the words that put it


def about_twins(slot: Slot, places: Mapping[str, Place]) -> Iterator[Problem]:
    """Questions of a slot that put nearly the same case: whoever missed one has met the other."""
    cases = [(question, _case(question)) for question in slot.questions]
    for (earlier, one), (later, other) in islice(combinations(cases, 2), MOST_PAIRS):
        if _are_alike(one, other):
            sentence = f"{later.id} reads nearly like {earlier.id}, which stands in the same slot."
            yield _warning(places[later.id], sentence, "Write it about another situation.")


def about_bank(quiz: Quiz, practice: Mapping[str, Question]) -> Iterator[Problem]:
    """Questions of the test that people have met as practice, or whose id a practice question has too."""
    asked = [question for slot in quiz.slots for question in slot.questions]
    for question in asked:
        if question.id in practice:
            sentence = f"A practice question has the id {question.id} too."
            yield _warning(quiz.places[question.id], sentence, "Rename one of the two.")
    cases = [(question, _case(question)) for question in asked]
    practised = [(question, _case(question)) for question in practice.values()]
    for (question, one), (met, other) in islice(product(cases, practised), MOST_PAIRS):
        if _are_alike(one, other):
            sentence = (
                f"{question.id} reads nearly like the practice question {met.id}, which people have met."
            )
            yield _warning(quiz.places[question.id], sentence, "Write one of them about another situation.")


def _are_alike(one: Case, other: Case) -> bool:
    if one[0] is not other[0]:
        return False
    matcher = SequenceMatcher(None, one[1], other[1], autojunk=False)
    return matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE


def _case(question: Question) -> Case:
    """The stem puts the case; of a classify question, whose stem says how to sort, the rows do."""
    sorted_ = isinstance(question, Classify)
    said = " ".join(text.words for text in options(question)) if sorted_ else question.stem
    return sorted_, words(said.casefold())[:MOST_WORDS]


def _warning(place: Place, sentence: str, fix: str) -> Problem:
    path, line, column = place
    return Problem(path=path, line=line, column=column, level="warning", sentence=sentence, fix=fix)
