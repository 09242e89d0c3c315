"""A lesson, to read and to practise: for anybody, and with their own place and answers for learners."""

from flask import Blueprint, request

from app.web.shared.context import db, shelf
from app.web.shared.frame import reader
from app.web.shared.lesson_page import Visit, find_lesson, lesson_page
from app.web.shared.returning import own_attempt

blueprint = Blueprint("lesson", __name__, template_folder="templates")


@blueprint.get("/courses/<slug>/<lesson>")
def show(slug: str, lesson: str) -> tuple[str, int]:
    session = db.session()
    compiled = shelf().course(session, slug)
    found = find_lesson(compiled, lesson)
    who = reader()
    visit = Visit(
        compiled=compiled,
        lesson=found,
        person_id=who.id if who else None,
        query=request.args.to_dict(flat=False),
        back=own_attempt(session, who.id, request.args.get("back", "")) if who else "",
    )
    return lesson_page(session, visit)
