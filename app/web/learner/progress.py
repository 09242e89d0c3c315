"""What a learner saves within a course: a lesson done, an answer to one of its blocks.

Each saves and redirects. What cannot be read or kept is shown again on the lesson's page, as it was typed.
"""

from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from app.assessment.questions import Form
from app.catalogue.block import Block
from app.catalogue.model import Lesson
from app.kernel.db import writing
from app.kernel.errors import NotFound, Refusal
from app.learning.progress import mark_done
from app.library.model import CompiledCourse
from app.web.shared.blocks import door_of
from app.web.shared.blocks.kept import keep_answer
from app.web.shared.blocks.parts import Typed, Unfinished, own_fields
from app.web.shared.contents import lesson_path, test_path
from app.web.shared.context import db, now, shelf, signed_in
from app.web.shared.lesson_page import Visit, find_lesson, lesson_page
from app.web.shared.returning import own_attempt

blueprint = Blueprint("progress", __name__)

LONGEST_ECHO = 1000  # characters of an answer that go back into an address; an honest one has far fewer
RENEWED = (
    "You have signed in again since you opened this page, so nothing is saved yet. Press Save once more."
)


@blueprint.post("/courses/<slug>/<lesson>/done")
def done(slug: str, lesson: str) -> Response:
    compiled, found = _course_and_lesson(slug, lesson)
    course, person_id = compiled.course, signed_in().id
    lessons = [each.slug for each in course.lessons]
    with writing(db.session) as session:
        following = mark_done(
            session, person_id=person_id, course=course.slug, lesson=found.slug, lessons=lessons, now=now()
        )
    return redirect(f"/courses/{course.slug}/{following}" if following else test_path(course), 303)


@blueprint.post("/courses/<slug>/<lesson>/responses/<block>")
def respond(slug: str, lesson: str, block: str) -> Response | tuple[str, int]:
    compiled, found = _course_and_lesson(slug, lesson)
    asked = found.blocks.get(block)
    read = door_of(asked).read if asked else None
    if asked is None or read is None:
        raise NotFound("There is no such question in this lesson any more.")
    form, person_id = request.form.to_dict(flat=False), signed_in().id
    try:
        body = read(asked, compiled, form)
    except Unfinished:
        return redirect(_place(compiled, found, asked.id, _echo(form, asked)), 303)
    except Refusal as refusal:
        return _give_back(compiled, found, asked, str(refusal), 422)
    with writing(db.session) as session:
        keep_answer(
            session,
            person_id=person_id,
            compiled=compiled,
            lesson=found.slug,
            block=asked,
            body=body,
            now=now(),
        )
    return redirect(_place(compiled, found, asked.id + (door_of(asked).landing if body else "")), 303)


@blueprint.get("/courses/<slug>/<lesson>/done")
@blueprint.get("/courses/<slug>/<lesson>/responses/<block>")
def turn_back(slug: str, lesson: str, block: str = "") -> Response:
    """Signing in, or reloading, asks for the address that was posted to: the lesson is what was meant."""
    compiled, found = _course_and_lesson(slug, lesson)
    return redirect(_place(compiled, found, block if block in found.blocks else ""), 303)


@blueprint.errorhandler(CSRFError)
def keep_what_was_typed(_error: CSRFError) -> Response | tuple[str, int]:
    """A form opened before signing in again has an old token: what was typed comes back with a new one."""
    values = request.view_args or {}
    compiled, found = _course_and_lesson(values["slug"], values["lesson"])
    asked = found.blocks.get(values.get("block", ""))
    if asked is None or door_of(asked).read is None or door_of(asked).by_address:
        return redirect(_place(compiled, found, asked.id if asked else ""), 303)
    return _give_back(compiled, found, asked, RENEWED, 400)


def _course_and_lesson(slug: str, lesson: str) -> tuple[CompiledCourse, Lesson]:
    compiled = shelf().course(db.session(), slug)
    return compiled, find_lesson(compiled, lesson)


def _echo(form: Form, block: Block) -> dict[str, list[str]]:
    """The answer as a query: the lesson's page reads it like a guest's, and says what is wrong with it."""
    own = own_fields(form, block.id)
    short = len(urlencode(own, doseq=True)) <= LONGEST_ECHO
    return {"practice": [block.id], **(own if short else {})}


def _place(compiled: CompiledCourse, lesson: Lesson, block: str, query: Form | None = None) -> str:
    """The lesson's address at this block, with the way back to a result where the reader came from one."""
    back = request.args.get("back", "")[:LONGEST_ECHO]
    values = urlencode({**({"back": [back]} if back else {}), **(query or {})}, doseq=True)
    path = lesson_path(compiled.course, lesson)
    return path + (f"?{values}" if values else "") + (f"#{block}" if block else "")


def _give_back(
    compiled: CompiledCourse, lesson: Lesson, block: Block, complaint: str, status: int
) -> tuple[str, int]:
    session, person_id = db.session(), signed_in().id
    visit = Visit(
        compiled=compiled,
        lesson=lesson,
        person_id=person_id,
        query={},
        back=own_attempt(session, person_id, request.args.get("back", "")),
        typed=Typed(block=block.id, form=request.form.to_dict(flat=False), complaint=complaint),
    )
    html, _ = lesson_page(session, visit)
    return html, status
