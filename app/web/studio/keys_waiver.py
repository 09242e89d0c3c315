"""A second person's waiver: a colleague who saw the test's answers may earn the certificate all the same."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField, TextAreaField

from app.kernel.codes import read_code
from app.kernel.db import writing
from app.kernel.errors import NotAllowed, NotFound
from app.kernel.problems import CONTROL
from app.learning.issuing import Issuing
from app.learning.key_records import KeyRecord, key_records
from app.learning.waiving import LONGEST_REASON, can_be_waived, waive
from app.library.model import CompiledCourse
from app.web.shared.context import db, now, settings, shelf, signed_in
from app.web.shared.forms import Form, said_by, show_form, text_of

blueprint = Blueprint("keys_waiver", __name__, template_folder="templates")

OWN = "You cannot waive this for yourself. Ask another editor."


def _tidy(typed: str | None) -> str | None:
    return None if typed is None else " ".join(CONTROL.sub(" ", typed).split())


def _reason_problem(typed: str) -> str | None:
    if not typed:
        return "Say why, in a sentence. Everybody who edits can read it."
    return f"Say it in {LONGEST_REASON} characters at most." if len(typed) > LONGEST_REASON else None


class Waiver(Form):
    edition = SelectField("For which edition?", coerce=int)
    reason = TextAreaField("Why?", filters=[_tidy], validators=[said_by(_reason_problem)])


@blueprint.get("/studio/courses/<slug>/answers/<code>/waiver")
def show(slug: str, code: str) -> ResponseReturnValue:
    """What a waiver does, and its form."""
    whose = _whose(slug, code)
    return _page(slug, whose, _form(slug, whose))


@blueprint.post("/studio/courses/<slug>/answers/<code>/waiver")
def save(slug: str, code: str) -> ResponseReturnValue:
    """Waive. Where the person has passed already, the certificate is made and sent."""
    whose = _whose(slug, code)
    form = _form(slug, whose)
    if not form.validate_on_submit():
        return _page(slug, whose, form)
    by_id = signed_in().id
    with writing(db.session) as session:
        waive(
            session,
            person_id=whose.person_id,
            course=slug,
            edition=form.edition.data,
            reason=text_of(form.reason),
            by_id=by_id,
            prepare=_prepare,
            now=now(),
        )
    return redirect(url_for("answer_keys.show", slug=slug), 303)


def editions_to_waive(session: Session, slug: str, person_id: int) -> list[int]:
    """The editions of a course whose certificate this person could be let earn."""
    live = next((each for each in shelf().courses(session) if each.course.slug == slug), None)
    return can_be_waived(
        session,
        person_id=person_id,
        course=slug,
        edition=live.course.edition if live else 0,
        questions=live.quiz.places if live else (),
    )


def _whose(slug: str, named: str) -> KeyRecord:
    """The person whom one of these openings is of. Raises NotFound and NotAllowed."""
    code = read_code(named)
    for record in key_records(db.session(), slug):
        if code in {each.code for each in record.openings}:
            if record.person_id == signed_in().id:
                raise NotAllowed(OWN)
            return record
    raise NotFound("There is nothing to waive here.")


def _form(slug: str, whose: KeyRecord) -> Waiver:
    form = Waiver()
    editions = editions_to_waive(db.session(), slug, whose.person_id)
    if not editions:
        raise NotFound("There is nothing to waive here.")
    form.edition.choices = [(edition, f"Edition {edition}") for edition in editions]
    return form


def _page(slug: str, whose: KeyRecord, form: Waiver) -> ResponseReturnValue:
    return show_form("studio/answers-waiver.html", form, slug=slug, name=whose.name)


def _prepare(session: Session, revision_id: int) -> tuple[CompiledCourse, Issuing]:
    """The course as it was passed, and what a certificate that is made now is issued with."""
    compiled = shelf().at(session, revision_id)
    design_revision_id, _ = shelf().design(session, compiled.course.design)
    return compiled, Issuing(
        site=shelf().site(session),
        design_revision_id=design_revision_id,
        base_url=settings().base_url,
        loopback=settings().loopback,
        zone=settings().time_zone,
    )
