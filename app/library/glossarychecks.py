"""What would be better about a course's glossary: terms said twice, never used, or explained at length."""

from collections.abc import Iterator

from app.catalogue.reading import ReadCourse
from app.kernel.problems import Level, Problem
from app.kernel.words import count_words

LONGEST_MEANING = 40  # words: it stands in a margin


def about_glossary(read: ReadCourse) -> Iterator[Problem]:
    """Each entry that should be mended, at its line."""
    seen: set[str] = set()
    used = {term for each in read.lessons for term in each.terms}
    for number, each in enumerate(read.glossary):
        name = " ".join(each.term.lower().split())
        if name in seen:
            yield _at(read, number, f"The glossary explains {each.term} twice.", "Keep one of them.", "error")
        elif read.whole and each.term not in used:
            fix = "Use it in a paragraph or a list, or take it out."
            yield _at(read, number, f"No lesson uses the term {each.term}.", fix)
        seen.add(name)
        if (words := count_words(each.meaning)) > LONGEST_MEANING:
            sentence = f"The meaning of {each.term} has {words} words, and it stands in a margin."
            yield _at(read, number, sentence, f"Bring it down to {LONGEST_MEANING} or fewer.")


def _at(read: ReadCourse, number: int, sentence: str, fix: str, level: Level = "warning") -> Problem:
    line, column = read.place("glossary", number)
    return Problem(path=read.path, line=line, column=column, level=level, sentence=sentence, fix=fix)
