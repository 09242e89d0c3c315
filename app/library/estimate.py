"""How long a course honestly takes: one fixed formula for every course, shown beside the minutes stated.

Prose and the reasons that practice gives are read at 200 words a minute. A practice question takes 30
seconds, a prompt that is not optional 60, each slot of the test 36. The figures are a decision of this house.
"""

from collections.abc import Iterable, Mapping

from app.assessment.model import Quiz
from app.assessment.questions import Classify, MultipleResponse, Question
from app.catalogue.blocks import Practice
from app.catalogue.model import Course, Lesson
from app.kernel.words import count_words
from app.library.model import Estimate

WORDS_A_MINUTE = 200
PRACTICE_SECONDS = 30
PROMPT_SECONDS = 60
SLOT_SECONDS = 36
FORMULA = (
    "words and practice reasons at 200 a minute, 30 seconds a practice question, 60 a prompt, "
    "36 a question of the test"
)


def estimate_lesson(lesson: Lesson, practice: Mapping[str, Question]) -> Estimate:
    """What one lesson takes."""
    return _estimate((lesson,), practice, 0)


def estimate_course(course: Course, quiz: Quiz, practice: Mapping[str, Question]) -> Estimate:
    """What the lessons and the test take together."""
    return _estimate(course.lessons, practice, len(quiz.slots))


def is_off(stated: int, estimate: Estimate) -> bool:
    """Whether the minutes stated are more than a quarter off. Rounding to whole minutes is always allowed."""
    exact = estimate.seconds / 60
    return stated != estimate.minutes and abs(stated - exact) > exact / 4


def _estimate(lessons: Iterable[Lesson], practice: Mapping[str, Question], slots: int) -> Estimate:
    words = questions = prompts = 0
    for lesson in lessons:
        words += lesson.words
        for block in lesson.blocks.values():
            words += block.load.words
            questions += block.load.questions
            prompts += block.load.prompts
            if isinstance(block, Practice):
                words += _feedback_words(practice.get(block.question))
    return Estimate(
        reading=round(words * 60 / WORDS_A_MINUTE),
        practice=questions * PRACTICE_SECONDS,
        prompts=prompts * PROMPT_SECONDS,
        test=slots * SLOT_SECONDS,
    )


def _feedback_words(question: Question | None) -> int:
    if question is None:
        return 0
    reasons = question.rows if isinstance(question, Classify) else question.choices
    miss = question.miss if isinstance(question, Classify | MultipleResponse) else ""
    return count_words(" ".join([miss, *(each.reason for each in reasons)]))
