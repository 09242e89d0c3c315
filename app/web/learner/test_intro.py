"""The door of the test: what is asked and by which rules; then the name to print and the pledge."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField

from app.assessment.attempts import open_attempt
from app.assessment.policy import read_policy, sentences
from app.assessment.wording import in_words
from app.certification.names import printed_name_problem, tidy_name
from app.kernel.codes import new_seed
from app.kernel.db import writing
from app.kernel.errors import NotAllowed
from app.library.model import CompiledCourse
from app.web.learner.test_standing import Standing, opens_again_on, renews, standing_at
from app.web.shared.certificate_news import certificate_news
from app.web.shared.contents import course_path, minutes_in_words, test_minutes
from app.web.shared.context import db, now, settings, shelf, signed_in
from app.web.shared.forms import Form, said_by, show_form
from app.web.shared.keys import why_no_certificate

blueprint = Blueprint("test_intro", __name__, template_folder="templates")

PLEDGE = "Your own work. Open notes are fine. We may withdraw a certificate gained any other way."
UNPLEDGED = "Tick the box to say that the test is your own work."


class Start(Form):
    printed_name = StringField(
        "Name to print on your certificate",
        filters=[lambda typed: typed if typed is None else tidy_name(typed)],
        validators=[said_by(printed_name_problem)],
    )
    pledge = BooleanField(PLEDGE, validators=[said_by(lambda ticked: None if ticked else UNPLEDGED)])


@blueprint.get("/courses/<slug>/test")
def show(slug: str) -> ResponseReturnValue:
    """What to know before the start; or how the test stands, once there is one."""
    compiled = shelf().course(db.session(), slug)
    return _page(compiled, standing_at(compiled), Start(printed_name=signed_in().full_name))


@blueprint.post("/courses/<slug>/attempts")
def start(slug: str) -> ResponseReturnValue:
    """Open an attempt, or go on with the one that is open."""
    compiled = shelf().course(db.session(), slug)
    standing, form = standing_at(compiled), Start()
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
            seed=new_seed(),
            renewing=renews(course),
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
        tomorrow=opens_again_on(attempt),
        questions=in_words(slots),
        minutes=minutes_in_words(test_minutes(compiled)),
        rules=sentences(policy, slots),
        news=certificate_news(course, signed_in()) if attempt and standing.state != "open" else "",
        no_certificate=why_no_certificate(compiled, signed_in()),
    )
