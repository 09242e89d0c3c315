"""The lesson page for one reader: a guest, or a learner with their place, answers and private text.

A guest's page is shared with everybody, so nothing here touches the session unless there is a learner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template
from sqlalchemy.orm import Session

from app.assessment.questions import Form
from app.catalogue.model import Course, Lesson
from app.kernel.errors import NotFound
from app.learning.progress import NOT_BEGUN, Progress, my_progress
from app.library.model import CompiledCourse
from app.web.shared.blocks import door_of
from app.web.shared.blocks.kept import my_answers
from app.web.shared.blocks.parts import Asked, Panel, Saved, Typed
from app.web.shared.contents import Step, lesson_path, minutes_in_words, source_line, steps
from app.web.shared.context import now, settings
from app.web.shared.moments import saved_in_words

Complaint = tuple[str, str]  # a sentence, and the id of what it is about
GONE = "That practice question is not in this lesson any more."


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One reader at one lesson. A guest has no id.

    `query` may answer a block; `back` is their own attempt that sent them here to read, or "".
    """

    compiled: CompiledCourse
    lesson: Lesson
    person_id: int | None
    query: Form
    back: str = ""
    typed: Typed | None = None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What every block's template needs of the page around it.

    `returning` is "" or the query that brings a learner back to a result; `saved` says when each block was
    saved, in words; `course` and `lesson` are slugs.
    """

    course: str
    lesson: str
    path: str
    learner: bool
    returning: str
    sign_in: str
    saved: Mapping[str, str]


def find_lesson(compiled: CompiledCourse, slug: str) -> Lesson:
    """The course's lesson with this slug. Raises NotFound."""
    lesson = compiled.course.lesson(slug)
    if lesson is None:
        raise NotFound("There is no such lesson in this course.")
    return lesson


def lesson_page(session: Session, visit: Visit) -> tuple[str, int]:
    """The page and its status. At most 3 SQL, and none for a guest."""
    course, lesson = visit.compiled.course, visit.lesson
    progress, kept = _kept(session, visit)
    is_done = lesson.slug in progress.done
    panels = lesson_panels(visit, kept)
    complaints = _complaints(visit, panels)
    ladder = steps(visit.compiled, progress.done, lesson.slug)
    previous, following = _neighbours(visit, ladder)
    html = render_template(
        "public/lesson.html",
        course=course,
        lesson=lesson,
        back=visit.back,
        done=is_done,
        outcomes=lesson_outcomes(course, lesson),
        where=_where(visit, is_done),
        steps=ladder,
        panels=panels,
        frame=lesson_frame(visit, panels),
        source=source_line(course, settings().base_url + lesson_path(course, lesson)),
        complaints=complaints,
        has_errors=bool(complaints),
        previous=previous,
        # Until a learner's lesson is done, the one way on is the button that says so.
        following=following if visit.person_id is None or is_done else None,
    )
    return html, _status(panels, complaints)


def lesson_panels(visit: Visit, kept: Mapping[str, Saved]) -> dict[str, Panel]:
    """What stands in each of the lesson's blocks, by the block's id."""
    panels: dict[str, Panel] = {}
    for block in visit.lesson.blocks.values():
        typed = visit.typed if visit.typed and visit.typed.block == block.id else None
        asked = Asked(
            compiled=visit.compiled,
            learner=visit.person_id is not None,
            query=visit.query,
            saved=kept.get(block.id),
            typed=typed,
        )
        panels[block.id] = door_of(block).panel(block, asked)
    return panels


def lesson_frame(visit: Visit, panels: Mapping[str, Panel]) -> Frame:
    """What the blocks' templates are told of the lesson's page."""
    zone, path = settings().time_zone, lesson_path(visit.compiled.course, visit.lesson)
    return Frame(
        course=visit.compiled.course.slug,
        lesson=visit.lesson.slug,
        path=path,
        learner=visit.person_id is not None,
        returning="?" + urlencode({"back": visit.back}) if visit.back else "",
        sign_in="/sign-in?" + urlencode({"next": path}),
        saved={
            panel.id: saved_in_words(panel.saved_at, now(), zone)
            for panel in panels.values()
            if panel.saved_at
        },
    )


def _kept(session: Session, visit: Visit) -> tuple[Progress, Mapping[str, Saved]]:
    """What the database keeps of this reader in this lesson. Of a guest it keeps nothing."""
    if visit.person_id is None:
        return NOT_BEGUN, {}
    course = visit.compiled.course.slug
    progress = my_progress(session, visit.person_id, course)
    return progress, my_answers(session, visit.person_id, course, visit.lesson.blocks.values())


def _complaints(visit: Visit, panels: Mapping[str, Panel]) -> list[Complaint]:
    complaints = [(panel.complaint, panel.place) for panel in panels.values() if panel.complaint]
    tried = visit.query.get("practice", [])
    known = {block.id for block in visit.lesson.blocks.values() if door_of(block).by_address}
    if tried and not (len(tried) == 1 and tried[0] in known):
        complaints.append((GONE, ""))
    return complaints


def _status(panels: Mapping[str, Panel], complaints: list[Complaint]) -> int:
    misread = any(not panel.readable for panel in panels.values())
    return 400 if misread or (GONE, "") in complaints else 200


def lesson_outcomes(course: Course, lesson: Lesson) -> list[str]:
    """What this lesson leads to, each with its number in the course."""
    return [
        f"Outcome {number}: {outcome.text}"
        for number, outcome in enumerate(course.outcomes, 1)
        if outcome.id in lesson.outcomes
    ]


def _where(visit: Visit, is_done: bool) -> str:
    lessons = visit.compiled.course.lessons
    left = "done" if is_done else f"about {minutes_in_words(visit.lesson.minutes)} left"
    return f"Lesson {lessons.index(visit.lesson) + 1} of {len(lessons)}, {left}"


def _neighbours(visit: Visit, ladder: Sequence[Step]) -> tuple[Step | None, Step]:
    """The steps before and after. Before the first lesson comes nothing, after the last one the test."""
    position = visit.compiled.course.lessons.index(visit.lesson)
    return ladder[position - 1] if position else None, ladder[position + 1]
