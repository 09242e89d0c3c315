"""A warning about the words of the whole test. Its sentences are judged one by one in `assessment`."""

from collections.abc import Iterator, Sequence

from app.assessment.model import Quiz
from app.assessment.texts import texts
from app.kernel.problems import Problem
from app.kernel.words import reading_grade
from app.library.readability import HIGHEST_GRADE


def about_test_words(quiz: Quiz, terms: Sequence[str]) -> Iterator[Problem]:
    """Whether the test as a whole is hard to read. `terms` are those that the course explains."""
    said = [text.words for slot in quiz.slots for each in slot.questions for text in texts(each)]
    grade = reading_grade(said, terms)
    if grade is not None and grade > HIGHEST_GRADE:
        yield Problem(
            path=quiz.slots[0].place.path,
            line=1,
            level="warning",
            sentence=f"The test reads at grade {grade:.1f}. {HIGHEST_GRADE:.0f} or less reads well.",
            fix="Shorten sentences, and use shorter words.",
        )
