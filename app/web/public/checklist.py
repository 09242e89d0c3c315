"""A checklist by itself, to print: as a learner saved it, or as the address of a guest's form says."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from app.catalogue.blocks import Checklist
from app.kernel.errors import NotFound, Refusal
from app.library.model import CompiledCourse
from app.web.shared.blocks.checklist import checklist_panel, read_checklist
from app.web.shared.blocks.kept import my_answers
from app.web.shared.blocks.parts import Asked, Saved, own_fields
from app.web.shared.contents import lesson_path, source_line
from app.web.shared.context import db, now, settings, shelf
from app.web.shared.frame import reader
from app.web.shared.lesson_page import find_lesson

blueprint = Blueprint("checklist", __name__, template_folder="templates")
EMPTY_LINES = 3  # to write on by hand


@dataclass(frozen=True)
class Line:
    """One line of the list, and whether it is ticked."""

    text: str
    ticked: bool


@blueprint.get("/courses/<slug>/<lesson>/checklist/<block>")
def show(slug: str, lesson: str, block: str) -> str:
    session = db.session()
    compiled = shelf().course(session, slug)
    found = find_lesson(compiled, lesson)
    asked = found.blocks.get(block)
    if not isinstance(asked, Checklist):
        raise NotFound("There is no such checklist in this lesson.")
    panel = checklist_panel(
        asked, Asked(compiled=compiled, learner=True, query={}, saved=_saved(session, compiled, asked))
    )
    lines = [Line(item.text, item.id in panel.ticked) for item in asked.items]
    return render_template(
        "public/checklist.html",
        checklist=asked,
        course=compiled.course,
        lines=[*lines, *(Line(text, False) for text in panel.own if text)],
        empty_lines=EMPTY_LINES,
        back=f"{lesson_path(compiled.course, found)}#{asked.id}",
        source=source_line(compiled.course, f"{settings().base_url}{lesson_path(compiled.course, found)}"),
    )


def _saved(session: Session, compiled: CompiledCourse, block: Checklist) -> Saved | None:
    """What the address says, or else what the reader has saved."""
    query = own_fields(request.args.to_dict(flat=False), block.id)
    if query:
        try:
            body = read_checklist(block, compiled, query)
        except Refusal as refusal:
            raise BadRequest(str(refusal)) from refusal
        return Saved(kind=block.kind, body=body or {}, saved_at=now())
    who = reader()
    return my_answers(session, who.id, compiled.course.slug, [block]).get(block.id) if who else None
