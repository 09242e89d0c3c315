"""A course as it is served: content and test checked against each other, with what it takes in minutes."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.assessment.model import Quiz
from app.assessment.questions import Question
from app.catalogue.model import Course


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """How long a course honestly takes, by one fixed formula, part by part, in seconds."""

    reading: int
    practice: int
    prompts: int
    test: int

    @property
    def seconds(self) -> int:
        """The whole."""
        return self.reading + self.practice + self.prompts + self.test

    @property
    def minutes(self) -> int:
        """The whole, rounded to the nearest minute and never less than one."""
        return max(1, round(self.seconds / 60))


@dataclass(frozen=True, kw_only=True)
class CompiledCourse:
    """A course without errors. `revision_id` is 0 until a revision of it has been stored."""

    course: Course
    quiz: Quiz
    practice: Mapping[str, Question]
    estimate: Estimate
    revision_id: int = 0
