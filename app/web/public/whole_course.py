"""The whole course on one page, to print: every lesson, for learners with their own answers. No test."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from app.catalogue.model import Lesson
from app.library.model import CompiledCourse
from app.web.shared.blocks.kept import my_answers
from app.web.shared.blocks.parts import Saved
from app.web.shared.contents import course_path, facts, minutes_in_words, reading_by_need
from app.web.shared.context import db, settings, shelf
from app.web.shared.frame import reader
from app.web.shared.lesson_page import Visit, lesson_frame, lesson_outcomes, lesson_panels
from app.web.shared.moving import moved, place_of

blueprint = Blueprint("whole_course", __name__, template_folder="templates")

# The script of a panel looks for its answer under the panel's own id, and here that is another.
IN_PLACE = ' data-behaviour="in-place"'


@dataclass(frozen=True, kw_only=True)
class Part:
    """One lesson on the page of all. `text_html` comes from our own templates."""

    id: str
    title: str
    outcomes: list[str]
    text_html: str


@blueprint.get("/courses/<slug>/print")
def show(slug: str) -> str:
    session, who = db.session(), reader()
    compiled = shelf().course(session, slug)
    course = compiled.course
    blocks = [block for lesson in course.lessons for block in lesson.blocks.values()]
    kept = my_answers(session, who.id, course.slug, blocks) if who else {}
    return render_template(
        "public/whole_course.html",
        course=course,
        in_words=minutes_in_words,
        facts=[*facts(course), ("On the site", settings().base_url + course_path(course))],
        outcomes=[outcome.text for outcome in course.outcomes],
        parts=[_part(compiled, lesson, who.id if who else None, kept) for lesson in course.lessons],
        reading=reading_by_need(course.further_reading),
    )


def _part(compiled: CompiledCourse, lesson: Lesson, person_id: int | None, kept: dict[str, Saved]) -> Part:
    visit = Visit(compiled=compiled, lesson=lesson, person_id=person_id, query={})
    panels = lesson_panels(visit, kept)
    text = render_template(
        "public/lesson_text.html", lesson=lesson, panels=panels, frame=lesson_frame(visit, panels)
    )
    slugs = [one.slug for one in compiled.course.lessons]
    return Part(
        id=place_of(lesson.slug),
        title=lesson.title,
        outcomes=lesson_outcomes(compiled.course, lesson),
        text_html=moved(text.replace(IN_PLACE, ""), lesson.slug, slugs),
    )
