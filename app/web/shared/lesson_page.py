"""The lesson page for one reader: a guest, or a learner with their place, answers and private text.

A guest's page is shared with everybody, so nothing here touches the session unless there is a learner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template
from sqlalchemy.orm import Session

from app.assessment.questions import Form
from app.catalogue.model import Lesson, Practice
from app.kernel.errors import NotFound
from app.learning.progress import NOT_BEGUN, Progress, my_progress
from app.learning.reflections import SavedReflection, my_reflections
from app.learning.responses import SavedResponse, my_responses
from app.library.model import CompiledCourse
from app.web.shared.contents import Step, lesson_path, minutes_in_words, steps
from app.web.shared.context import now, settings
from app.web.shared.moments import saved_in_words
from app.web.shared.panels import Panel, PracticePanel, Typed, practice_panel, reflection_panel

Complaint = tuple[str, str]  # a sentence, and the id of what it is about
GONE = "That practice question is not in this lesson any more."


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One reader at one lesson. A guest has no id.

    `query` may answer a practice question; `back` is their own attempt that sent them here to read, or "".
    """

    compiled: CompiledCourse
    lesson: Lesson
    person_id: int | None
    query: Form
    back: str = ""
    typed: Typed | None = None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What the database keeps of one learner in one lesson. Of a guest it keeps nothing."""

    progress: Progress
    responses: Mapping[str, SavedResponse]
    reflections: Mapping[str, SavedReflection]


NOTHING = Kept(progress=NOT_BEGUN, responses={}, reflections={})


def find_lesson(compiled: CompiledCourse, slug: str) -> Lesson:
    """The course's lesson with this slug. Raises NotFound."""
    lesson = compiled.course.lesson(slug)
    if lesson is None:
        raise NotFound("There is no such lesson in this course.")
    return lesson


def lesson_page(session: Session, visit: Visit) -> tuple[str, int]:
    """The page and its status. At most 3 SQL, and none for a guest."""
    course, lesson = visit.compiled.course, visit.lesson
    kept = NOTHING if visit.person_id is None else _kept(session, visit, visit.person_id)
    panels = _panels(visit, kept)
    complaints = _complaints(visit, panels)
    ladder = steps(visit.compiled, kept.progress.done, lesson.slug)
    previous, following = _neighbours(visit, ladder)
    path = lesson_path(course, lesson)
    html = render_template(
        "public/lesson.html",
        course=course,
        lesson=lesson,
        learner=visit.person_id is not None,
        back=visit.back,
        done=lesson.slug in kept.progress.done,
        outcomes=_outcomes(visit),
        where=_where(visit),
        steps=ladder,
        panels=panels,
        saved=_saved(panels),
        complaints=complaints,
        has_errors=bool(complaints),
        path=path,
        returning="?" + urlencode({"back": visit.back}) if visit.back else "",
        sign_in="/sign-in?" + urlencode({"next": path}),
        previous=previous,
        following=following,
    )
    return html, _status(panels, complaints)


def _kept(session: Session, visit: Visit, person_id: int) -> Kept:
    course, blocks = visit.compiled.course.slug, visit.lesson.blocks.values()
    practice = [block.id for block in blocks if isinstance(block, Practice)]
    prompts = [block.id for block in blocks if not isinstance(block, Practice)]
    return Kept(
        progress=my_progress(session, person_id, course),
        responses=my_responses(session, person_id, course, practice),
        reflections=my_reflections(session, person_id, course, prompts),
    )


def _panels(visit: Visit, kept: Kept) -> dict[str, Panel]:
    panels: dict[str, Panel] = {}
    for block in visit.lesson.blocks.values():
        if isinstance(block, Practice):
            question = visit.compiled.practice[block.question]
            panels[block.id] = practice_panel(block, question, visit.query, kept.responses.get(block.id))
        else:
            typed = visit.typed if visit.typed and visit.typed.block == block.id else None
            learner = visit.person_id is not None
            panels[block.id] = reflection_panel(block, learner, kept.reflections.get(block.id), typed)
    return panels


def _complaints(visit: Visit, panels: Mapping[str, Panel]) -> list[Complaint]:
    complaints = [(panel.complaint, panel.place) for panel in panels.values() if panel.complaint]
    asked = visit.query.get("practice", [])
    known = {panel.id for panel in panels.values() if isinstance(panel, PracticePanel)}
    if asked and not (len(asked) == 1 and asked[0] in known):
        complaints.append((GONE, ""))
    return complaints


def _status(panels: Mapping[str, Panel], complaints: list[Complaint]) -> int:
    misread = any(isinstance(panel, PracticePanel) and not panel.readable for panel in panels.values())
    return 400 if misread or (GONE, "") in complaints else 200


def _saved(panels: Mapping[str, Panel]) -> dict[str, str]:
    """When each panel was saved, in words; a panel that was not is left out."""
    zone = settings().time_zone
    return {
        panel.id: saved_in_words(panel.saved_at, now(), zone) for panel in panels.values() if panel.saved_at
    }


def _outcomes(visit: Visit) -> list[str]:
    return [
        f"Outcome {number}: {outcome.text}"
        for number, outcome in enumerate(visit.compiled.course.outcomes, 1)
        if outcome.id in visit.lesson.outcomes
    ]


def _where(visit: Visit) -> str:
    lessons = visit.compiled.course.lessons
    left = minutes_in_words(visit.lesson.minutes)
    return f"Lesson {lessons.index(visit.lesson) + 1} of {len(lessons)}, about {left} left"


def _neighbours(visit: Visit, ladder: Sequence[Step]) -> tuple[Step | None, Step]:
    """The steps before and after. Before the first lesson comes nothing, after the last one the test."""
    position = visit.compiled.course.lessons.index(visit.lesson)
    return ladder[position - 1] if position else None, ladder[position + 1]
