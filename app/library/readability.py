"""Warnings about words and minutes. They keep nothing from being published: the author decides."""

from collections.abc import Collection, Iterator, Mapping

from app.assessment.model import Quiz
from app.assessment.questions import Question
from app.catalogue.lessons import ReadLesson
from app.catalogue.reading import ReadCourse
from app.kernel.problems import Problem
from app.kernel.words import LONGEST_SENTENCE, count_words, reading_grade, sentences
from app.library.estimate import FORMULA, estimate_course, estimate_lesson, is_off

HIGHEST_GRADE = 9.0


def about_words(read: ReadCourse) -> Iterator[Problem]:
    """Lessons that are hard to read, and sentences that are too long."""
    terms = [each.term for each in read.glossary]
    for each in read.lessons:
        prose, grade = _prose(each), grade_of(each, terms)
        if grade is not None and grade > HIGHEST_GRADE:
            yield _hard(each, grade, reading_grade(prose) if terms else None)
        for sentence in sentences(prose):
            if (count := count_words(sentence)) > LONGEST_SENTENCE:
                yield Problem(
                    path=each.path,
                    line=each.line_of(sentence),
                    level="warning",
                    sentence=f"This sentence has {count} words: {' '.join(sentence.split()[:6])[:80]} ...",
                    fix=f"Split it up: {LONGEST_SENTENCE} at most read well.",
                )


def grade_of(each: ReadLesson, terms: Collection[str]) -> float | None:
    """The reading grade of a lesson and its blocks, its glossary's terms being easy words; None if short."""
    return reading_grade(_prose(each), terms)


def _prose(each: ReadLesson) -> list[str]:
    """What is read in a lesson: its paragraphs, and the texts of its blocks."""
    said = [passage.text for passage in each.passages if not passage.heading]
    return said + [text for block in each.lesson.blocks.values() for text in block.passages]


def about_minutes(read: ReadCourse, quiz: Quiz | None, practice: Mapping[str, Question]) -> Iterator[Problem]:
    """Minutes that are more than a quarter away from the estimate. The course's need a readable test."""
    for each in read.lessons:
        estimate = estimate_lesson(each.lesson, practice)
        if is_off(each.lesson.minutes, estimate):
            yield _off(each.path, each.minutes_place, each.lesson.minutes, estimate.minutes)
    course = read.course
    if course is not None and quiz is not None and not read.unread:
        whole = estimate_course(course, quiz, practice)
        if is_off(course.minutes, whole):
            yield _off(read.path, read.place("minutes"), course.minutes, whole.minutes)


def _hard(each: ReadLesson, grade: float, as_written: float | None) -> Problem:
    """`grade` takes the glossary's terms for easy words; `as_written` is given where there are any."""
    other = as_written is not None and f"{as_written:.1f}" != f"{grade:.1f}"
    beside = f" ({as_written:.1f} with the glossary's terms as they stand)" if other else ""
    return Problem(
        path=each.path,
        line=1,
        level="warning",
        sentence=f"This lesson reads at grade {grade:.1f}{beside}. {HIGHEST_GRADE:.0f} or less reads well.",
        fix="Shorten sentences, and use shorter words.",
    )


def _off(path: str, place: tuple[int, int], stated: int, estimated: int) -> Problem:
    line, column = place
    return Problem(
        path=path,
        line=line,
        column=column,
        level="warning",
        sentence=f"minutes says {stated}, but the estimate is {estimated} ({FORMULA}).",
        fix=f"Write {estimated}, or change the text.",
    )
