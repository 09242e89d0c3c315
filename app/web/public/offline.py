"""The offline copy of a course: one file to read and practise from, without a connection or a script.

It is the same for everybody and names no day, so a revision always gives the same bytes. It holds no test and
nothing of one: only lessons, and the practice questions with their reasons.
"""

import re
from dataclasses import dataclass

from flask import Blueprint, current_app, make_response, render_template
from flask.wrappers import Response

from app.assessment.questions import Explanation, explain
from app.catalogue.block import Block
from app.catalogue.blocks import Practice
from app.catalogue.model import BlockRef, Lesson
from app.library.model import CompiledCourse
from app.web.public.offline_pictures import course_pictures, with_pictures
from app.web.shared.blocks import door_of
from app.web.shared.blocks.parts import Panel
from app.web.shared.contents import (
    course_path,
    facts,
    minutes_in_words,
    reading_by_need,
    source_line,
    test_path,
)
from app.web.shared.context import db, settings, shelf
from app.web.shared.lesson_page import Visit, lesson_outcomes, lesson_panels
from app.web.shared.moving import moved, place_of
from app.web.shared.offline_sheet import offline_sheet

blueprint = Blueprint("offline", __name__, template_folder="templates")

CLASS = re.compile(r'\sclass="([^"]*)"')
FRAME = {"facts", "part"}  # the components of the file around its lessons
LARGEST = 150_000  # bytes; pictures that would make it larger give way to their words


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The style sheet, joined from our own files."""

    css_html: str


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the template of a block is told besides its panel. `site` is where the course can be taken."""

    block: Block
    site: str
    explanation: Explanation | None = None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of prose, or a block's panel with the template that shows it and what that needs to know."""

    html: str = ""
    template: str = ""
    panel: Panel | None = None
    around: Around | None = None


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
    pictures = course_pictures(session, compiled) if "<img" in html else {}
    response = make_response(with_pictures(html, pictures, LARGEST))
    if pictures:  # one that is removed for good must be gone from the next copy
        response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'attachment; filename="{compiled.course.slug}.html"'
    return response


def offline_copy(compiled: CompiledCourse, base_url: str) -> str:
    """The file, with its pictures still where the site has them. Needs the app, for its templates."""
    course = compiled.course
    chapters = [_chapter(compiled, lesson, base_url) for lesson in course.lessons]
    used = {name for each in chapters for names in CLASS.findall(each.text_html) for name in names.split()}
    return render_template(
        "public/offline.html",
        course=course,
        sheet=Sheet(css_html=offline_sheet(used | FRAME)),
        in_words=minutes_in_words,
        reading=reading_by_need(course.further_reading),
        facts=facts(course),
        outcomes=[outcome.text for outcome in course.outcomes],
        chapters=chapters,
        test_address=base_url + test_path(course),
        source=source_line(course, base_url + course_path(course)),
    )


def _chapter(compiled: CompiledCourse, lesson: Lesson, base_url: str) -> Chapter:
    site = base_url + course_path(compiled.course)
    text = render_template("public/offline_lesson.html", pieces=_pieces(compiled, lesson, site))
    return Chapter(
        id=place_of(lesson.slug),
        title=lesson.title,
        outcomes=lesson_outcomes(compiled.course, lesson),
        text_html=moved(text, lesson.slug, [one.slug for one in compiled.course.lessons]),
    )


def _pieces(compiled: CompiledCourse, lesson: Lesson, site: str) -> list[Piece]:
    panels = lesson_panels(Visit(compiled=compiled, lesson=lesson, person_id=None, query={}), {})
    pieces = []
    for segment in lesson.segments:
        if isinstance(segment, BlockRef):
            block = lesson.blocks[segment.block]
            around = Around(block=block, site=site, explanation=_reasons(compiled, block))
            pieces.append(Piece(template=template_of(block), panel=panels[block.id], around=around))
        else:
            pieces.append(Piece(html=segment.html))
    return pieces


def template_of(block: Block) -> str:
    """The offline template of the block's kind.

    Without one, a kind that is only read looks as it does on the lesson's page, and what is answered there is
    told in words.
    """
    names = [f"offline/{block.kind}.html", "offline/other.html"]
    door = door_of(block)
    if door.read is None and not door.by_address:
        names.insert(1, f"blocks/{block.kind}.html")
    return str(current_app.jinja_env.select_template(names).name)


def _reasons(compiled: CompiledCourse, block: Block) -> Explanation | None:
    """All that a practice question says of its answers."""
    return explain(compiled.practice[block.question], None) if isinstance(block, Practice) else None
