"""What a learner saves within a course: a lesson done, an answer to a practice question, a reflection.

Each saves and redirects. What cannot be read or kept is shown again on the lesson's page, as it was typed.
"""

from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from app.assessment.questions import BadResponse, Form, Question, ResponseBody, parse
from app.catalogue.model import Lesson, Practice, Reflection
from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.learning.progress import mark_done
from app.learning.reflections import TooLong, save_reflection
from app.learning.responses import save_block_response
from app.library.model import CompiledCourse
from app.web.shared.contents import lesson_path, test_path
from app.web.shared.context import db, now, shelf, signed_in
from app.web.shared.lesson_page import Visit, find_lesson, lesson_page
from app.web.shared.panels import Typed, practice_field, reflection_field
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
    if isinstance(asked, Practice):
        return _practise(compiled, found, asked)
    if isinstance(asked, Reflection):
        return _reflect(compiled, found, asked)
    raise NotFound("There is no such question in this lesson any more.")


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
    if isinstance(asked, Reflection):
        return _give_back(compiled, found, asked, RENEWED, 400)
    return redirect(_place(compiled, found, asked.id if asked else ""), 303)


def _practise(compiled: CompiledCourse, lesson: Lesson, block: Practice) -> Response:
    question, form = compiled.practice[block.question], request.form.to_dict(flat=False)
    body = _complete(question, form, practice_field(block.id))
    if body is None:
        return redirect(_place(compiled, lesson, block.id, _echo(form, block)), 303)
    person_id = signed_in().id
    with writing(db.session) as session:
        save_block_response(
            session,
            person_id=person_id,
            course=compiled.course.slug,
            lesson=lesson.slug,
            block=block.id,
            kind=question.type,
            body=body,
            now=now(),
        )
    return redirect(_place(compiled, lesson, block.id), 303)


def _reflect(compiled: CompiledCourse, lesson: Lesson, block: Reflection) -> Response | tuple[str, int]:
    if reflection_field(block.id) not in request.form:
        raise BadRequest  # an empty text deletes what was kept; a form without one says nothing
    person_id = signed_in().id
    try:
        with writing(db.session) as session:
            save_reflection(
                session,
                person_id=person_id,
                course=compiled.course.slug,
                lesson=lesson.slug,
                block=block.id,
                typed=_typed(block),
                now=now(),
            )
    except TooLong as refusal:
        return _give_back(compiled, lesson, block, str(refusal), 422)
    return redirect(_place(compiled, lesson, block.id), 303)


def _course_and_lesson(slug: str, lesson: str) -> tuple[CompiledCourse, Lesson]:
    compiled = shelf().course(db.session(), slug)
    return compiled, find_lesson(compiled, lesson)


def _complete(question: Question, form: Form, field: str) -> ResponseBody | None:
    """The answer if it is whole and the question's own."""
    try:
        body = parse(question, form, field)
    except BadResponse:
        return None
    return body if question.is_complete(body) else None


def _echo(form: Form, block: Practice) -> dict[str, list[str]]:
    """The answer as a query: the lesson's page reads it like a guest's, and says what is wrong with it."""
    field = practice_field(block.id)
    own = {name: values for name, values in form.items() if name == field or name.startswith(f"{field}-")}
    short = len(urlencode(own, doseq=True)) <= LONGEST_ECHO
    return {"practice": [block.id], **(own if short else {})}


def _place(compiled: CompiledCourse, lesson: Lesson, block: str, query: Form | None = None) -> str:
    """The lesson's address at this block, with the way back to a result where the reader came from one."""
    back = request.args.get("back", "")[:LONGEST_ECHO]
    values = urlencode({**({"back": [back]} if back else {}), **(query or {})}, doseq=True)
    path = lesson_path(compiled.course, lesson)
    return path + (f"?{values}" if values else "") + (f"#{block}" if block else "")


def _typed(block: Reflection) -> str:
    return request.form.get(reflection_field(block.id), "")


def _give_back(
    compiled: CompiledCourse, lesson: Lesson, block: Reflection, complaint: str, status: int
) -> tuple[str, int]:
    session, person_id = db.session(), signed_in().id
    visit = Visit(
        compiled=compiled,
        lesson=lesson,
        person_id=person_id,
        query={},
        back=own_attempt(session, person_id, request.args.get("back", "")),
        typed=Typed(block=block.id, text=_typed(block), complaint=complaint),
    )
    html, _ = lesson_page(session, visit)
    return html, status
