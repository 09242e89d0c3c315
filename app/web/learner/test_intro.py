"""The door of the test: what is asked and by which rules; then the name to print and the pledge."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField

from app.assessment.attempts import AttemptView, latest, open_attempt
from app.assessment.policy import read_policy, reopens_at, sentences
from app.assessment.wording import in_words
from app.certification.names import printed_name_problem, tidy_name
from app.kernel.clock import day_in_words, local_day
from app.kernel.db import writing
from app.kernel.errors import NotAllowed
from app.learning.progress import my_progress
from app.library.model import CompiledCourse
from app.web.learner import sitting
from app.web.shared.contents import Step, course_path, minutes_in_words, steps, test_minutes
from app.web.shared.context import db, now, settings, shelf, signed_in
from app.web.shared.forms import Form, said_by, show_form

blueprint = Blueprint("test_intro", __name__, template_folder="templates")

PLEDGE = "Your own work. Open notes are fine. We may withdraw a certificate gained any other way."
UNPLEDGED = "Tick the box to say that the test is your own work."

State = Literal["shut", "ready", "open", "passed", "tomorrow"]


class Start(Form):
    printed_name = StringField(
        "Name to print on your certificate",
        filters=[lambda typed: typed if typed is None else tidy_name(typed)],
        validators=[said_by(printed_name_problem)],
    )
    pledge = BooleanField(PLEDGE, validators=[said_by(lambda ticked: None if ticked else UNPLEDGED)])


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How this person stands with this test. `left` are the lessons to be marked done before it opens."""

    state: State
    left: tuple[Step, ...]
    attempt: AttemptView | None


@blueprint.get("/courses/<slug>/test")
def show(slug: str) -> ResponseReturnValue:
    """What to know before the start; or how the test stands, once there is one."""
    compiled = shelf().course(db.session(), slug)
    return _page(compiled, _standing(compiled), Start(printed_name=signed_in().full_name))


@blueprint.post("/courses/<slug>/attempts")
def start(slug: str) -> ResponseReturnValue:
    """Open an attempt, or go on with the one that is open."""
    compiled = shelf().course(db.session(), slug)
    standing, form = _standing(compiled), Start()
    if standing.attempt and standing.state == "open":
        return redirect(url_for("question.where", code=standing.attempt.code), 303)
    if standing.state == "ready" and not form.validate_on_submit():
        form.printed_name.data = "".join(filter(str.isprintable, form.printed_name.data or ""))
        return _page(compiled, standing, form)
    if standing.state in {"passed", "tomorrow"}:
        return redirect(url_for("test_intro.show", slug=slug), 303)
    code = _open(compiled, standing, form.printed_name.data or "")
    if standing.state == "ready":
        return redirect(url_for("question.show", code=code, position=1), 303)
    return redirect(url_for("question.where", code=code), 303)


@blueprint.get("/courses/<slug>/attempts")
def turn_back(slug: str) -> Response:
    """Signing in, or reloading, asks for the address that was posted to."""
    return redirect(url_for("test_intro.show", slug=slug), 303)


def _standing(compiled: CompiledCourse) -> Standing:
    session, person_id, course = db.session(), signed_in().id, compiled.course
    progress = my_progress(session, person_id, course.slug)
    left = progress.left([lesson.slug for lesson in course.lessons])
    rungs = zip(course.lessons, steps(compiled, progress.done), strict=False)
    attempt = latest(session, person_id=person_id, course=course.slug)
    return Standing(
        state=_state(attempt, course.edition, is_ready=not left),
        left=tuple(step for lesson, step in rungs if lesson.slug in left),
        attempt=attempt,
    )


def _state(attempt: AttemptView | None, edition: int, *, is_ready: bool) -> State:
    if attempt and attempt.closed_at is None:
        return "open"
    if attempt and attempt.passed and attempt.edition == edition:
        return "passed"
    if attempt and attempt.closed_at and not attempt.passed and now() < _reopens_at(attempt.closed_at):
        return "tomorrow"
    return "ready" if is_ready else "shut"


def _open(compiled: CompiledCourse, standing: Standing, printed_name: str) -> str:
    if standing.state == "shut":
        raise NotAllowed("The test opens when every lesson is marked as done.")
    person_id, course = signed_in().id, compiled.course
    with writing(db.session) as session:
        return open_attempt(
            session,
            person_id=person_id,
            course=course.slug,
            edition=course.edition,
            revision_id=compiled.revision_id,
            quiz=compiled.quiz,
            policy=read_policy(course.pass_policy),
            printed_name=printed_name,
            lessons_done=not standing.left,
            zone=settings().time_zone,
            now=now(),
            seed=sitting.new_seed(),
        )


def _page(compiled: CompiledCourse, standing: Standing, form: Start) -> tuple[str, int]:
    course, slots, attempt = compiled.course, len(compiled.quiz.slots), standing.attempt
    policy = attempt.policy if attempt and standing.state == "open" else read_policy(course.pass_policy)
    return show_form(
        "learner/test-intro.html",
        form,
        course=course,
        course_href=course_path(course),
        state=standing.state,
        left=standing.left,
        code=attempt.code if attempt else "",
        tomorrow=_tomorrow(attempt),
        questions=in_words(slots),
        minutes=minutes_in_words(test_minutes(compiled)),
        rules=sentences(policy, slots),
    )


def _tomorrow(attempt: AttemptView | None) -> str:
    if attempt is None or attempt.closed_at is None:
        return ""
    return day_in_words(local_day(_reopens_at(attempt.closed_at), settings().time_zone))


def _reopens_at(closed_at: datetime) -> datetime:
    return reopens_at(closed_at, settings().time_zone)
