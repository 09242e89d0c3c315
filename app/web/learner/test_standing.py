"""How the signed-in person stands with a course's test: what opens it, where it is, when it opens again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.assessment.attempts import AttemptView, latest
from app.assessment.policy import reopens_at
from app.catalogue.model import Course
from app.kernel.clock import day_in_words, local_day
from app.learning.progress import my_progress
from app.learning.renewing import may_renew
from app.library.model import CompiledCourse
from app.web.shared.contents import Step, steps
from app.web.shared.context import db, now, settings, signed_in, today

State = Literal["shut", "ready", "open", "passed", "tomorrow"]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How this person stands with this test. `left` are the lessons to be marked done before it opens.

    `renewing` where they have passed it and may take it again, since their certificate expires.
    """

    state: State
    done: Collection[str]
    left: tuple[Step, ...]
    attempt: AttemptView | None
    renewing: bool = False


def standing_at(compiled: CompiledCourse) -> Standing:
    """Where the signed-in person is. Two SQL, and a third once they have passed."""
    session, person_id, course = db.session(), signed_in().id, compiled.course
    progress = my_progress(session, person_id, course.slug)
    left = progress.left([lesson.slug for lesson in course.lessons])
    rungs = zip(course.lessons, steps(compiled, progress.done), strict=False)
    attempt = latest(session, person_id=person_id, course=course.slug)
    passed = attempt is not None and attempt.passed and attempt.edition == course.edition
    renewing = passed and renews(course)
    return Standing(
        state="passed" if passed and not renewing else _state(attempt, is_ready=not left),
        done=progress.done,
        left=tuple(step for lesson, step in rungs if lesson.slug in left),
        attempt=attempt,
        renewing=renewing,
    )


def opens_again_on(attempt: AttemptView | None) -> str:
    """The day in words on which a new test opens after this one ended, or "" where it has not ended."""
    if attempt is None or attempt.closed_at is None:
        return ""
    return day_in_words(local_day(_reopens_at(attempt.closed_at), settings().time_zone))


def renews(course: Course) -> bool:
    """Whether the signed-in person may take a test again that they have passed. One SQL."""
    person_id = signed_in().id
    return may_renew(
        db.session(), person_id=person_id, course=course.slug, edition=course.edition, today=today()
    )


def _state(attempt: AttemptView | None, *, is_ready: bool) -> State:
    if attempt and attempt.closed_at is None:
        return "open"
    if attempt and attempt.closed_at and not attempt.passed and now() < _reopens_at(attempt.closed_at):
        return "tomorrow"
    return "ready" if is_ready else "shut"


def _reopens_at(closed_at: datetime) -> datetime:
    return reopens_at(closed_at, settings().time_zone)
