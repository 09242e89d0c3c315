"""The offline copy of a course: one file to read and practise from, without a connection or a script.

It is the same for everybody and names no day, so a revision always gives the same bytes. It holds no test and
nothing of one: only lessons, and the practice questions with their reasons.
"""

from dataclasses import dataclass

from flask import Blueprint, current_app, make_response, render_template
from flask.wrappers import Response

from app.assessment.questions import Explanation, explain
from app.catalogue.block import Block
from app.catalogue.blocks import Practice
from app.catalogue.model import BlockRef, Lesson
from app.library.model import CompiledCourse
from app.web.public.offline_pictures import course_pictures, with_pictures
from app.web.shared.blocks.parts import Panel
from app.web.shared.contents import course_path, facts, minutes_in_words, source_line, test_path
from app.web.shared.context import db, settings, shelf
from app.web.shared.lesson_page import Visit, lesson_outcomes, lesson_panels
from app.web.shared.moving import moved, place_of
from app.web.shared.offline_sheet import offline_sheet

blueprint = Blueprint("offline", __name__, template_folder="templates")

LARGEST = 150_000  # bytes; pictures that would make it larger give way to their words


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The style sheet, joined from our own files."""

    css_html: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of prose, or a block with the template that shows it. `explanation` is that of a question."""

    html: str = ""
    template: str = ""
    block: Block | None = None
    panel: Panel | None = None
    explanation: Explanation | None = None


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One lesson of the copy. `text_html` comes from our own templates."""

    id: str
    title: str
    outcomes: list[str]
    text_html: str


@blueprint.get("/courses/<slug>/offline")
def show(slug: str) -> Response:
    session = db.session()
    compiled = shelf().course(session, slug)
    html = offline_copy(compiled, settings().base_url)
    html = with_pictures(html, course_pictures(session, compiled) if "<img" in html else {}, LARGEST)
    response = make_response(html)
    response.headers["Content-Disposition"] = f'attachment; filename="{compiled.course.slug}.html"'
    return response


def offline_copy(compiled: CompiledCourse, base_url: str) -> str:
    """The file, with its pictures still where the site has them. Needs the app, for its templates."""
    course = compiled.course
    return render_template(
        "public/offline.html",
        course=course,
        sheet=Sheet(css_html=offline_sheet()),
        minutes=minutes_in_words(course.minutes),
        facts=facts(course),
        outcomes=[outcome.text for outcome in course.outcomes],
        chapters=[_chapter(compiled, lesson, base_url) for lesson in course.lessons],
        course_address=base_url + course_path(course),
        test_address=base_url + test_path(course),
        source=source_line(course, base_url + course_path(course)),
    )


def _chapter(compiled: CompiledCourse, lesson: Lesson, base_url: str) -> Chapter:
    text = render_template(
        "public/offline_lesson.html",
        pieces=_pieces(compiled, lesson),
        site=base_url + course_path(compiled.course),
    )
    return Chapter(
        id=place_of(lesson.slug),
        title=lesson.title,
        outcomes=lesson_outcomes(compiled.course, lesson),
        text_html=moved(text, lesson.slug, [one.slug for one in compiled.course.lessons]),
    )


def _pieces(compiled: CompiledCourse, lesson: Lesson) -> list[Piece]:
    panels = lesson_panels(Visit(compiled=compiled, lesson=lesson, person_id=None, query={}), {})
    return [
        _piece(compiled, lesson.blocks[segment.block], panels[segment.block])
        if isinstance(segment, BlockRef)
        else Piece(html=segment.html)
        for segment in lesson.segments
    ]


def _piece(compiled: CompiledCourse, block: Block, panel: Panel) -> Piece:
    """The block with its kind's own template, or with the one that says in plain words what it asks."""
    found = current_app.jinja_env.select_template([f"offline/{block.kind}.html", "offline/other.html"])
    asked = compiled.practice[block.question] if isinstance(block, Practice) else None
    return Piece(
        template=str(found.name),
        block=block,
        panel=panel,
        explanation=explain(asked, None) if asked else None,
    )
