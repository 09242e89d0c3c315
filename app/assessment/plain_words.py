"""Warnings about the words of one question: too long, uneven, said twice, or marked up in vain. Pure."""

import re
from collections.abc import Iterator

from app.assessment.questions import Classify, Flaw, Question
from app.assessment.texts import options, reasons, texts
from app.kernel.words import LONGEST_SENTENCE, count_words, plain, sentences

MOST_UNLIKE = 2.5  # times as long as the shortest choice
SHORT_ENOUGH = 60  # characters: a choice up to here does not stand out by its length

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|!?\[[^\]]*\]\([^)]*\)")


def about_plain_words(question: Question) -> Iterator[Flaw]:
    """What would be easier to read, or fairer to choose from."""
    yield from _about_sentences(question)
    yield from _about_markup(question)
    yield from _about_reasons(question)
    if not isinstance(question, Classify):
        yield from _about_lengths(question)


def _about_sentences(question: Question) -> Iterator[Flaw]:
    for text in texts(question):
        for sentence in sentences([plain(text.words)]):
            if (count := count_words(sentence)) > LONGEST_SENTENCE:
                said = f"This sentence has {count} words: {' '.join(sentence.split()[:6])[:80]} ..."
                fix = f"Split it up: {LONGEST_SENTENCE} at most read well."
                yield Flaw(text.where, said, fix, "warning")


def _about_markup(question: Question) -> Iterator[Flaw]:
    for text in texts(question):
        if found := _MARKUP.search(text.words):
            said = f"People will see {found[0][:40]} as it is typed here."
            fix = "Take it out: questions hold words, *emphasis* and **strong** words, no HTML and no links."
            yield Flaw(text.where, said, fix, "warning")


def _about_reasons(question: Question) -> Iterator[Flaw]:
    seen: set[str] = set()
    for text in reasons(question):
        reason = plain(text.words).casefold()
        if reason in seen:
            fix = "Say what this one gets right or wrong."
            yield Flaw(text.where, "This reason is given twice in this question.", fix, "warning")
        seen.add(reason)


def _about_lengths(question: Question) -> Iterator[Flaw]:
    lengths = [len(text.words) for text in options(question)]
    longest, shortest = max(lengths), min(lengths)
    if longest > SHORT_ENOUGH and longest > MOST_UNLIKE * shortest:
        said = f"The choices are of very unlike length: {shortest} to {longest} characters."
        fix = "Bring them closer together, so that none stands out."
        yield Flaw(("choices",), said, fix, "warning")
