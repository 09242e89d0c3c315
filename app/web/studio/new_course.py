"""A new course: what it is called and where it stands. It starts as a sample that passes every check."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.validators import Optional, StopValidation

from app.kernel.db import writing
from app.kernel.errors import NotFound, Refusal
from app.kernel.fields import DAY
from app.library.drafting import begin
from app.library.live import live_sources
from app.library.naming import slug_from
from app.library.starting import new_course
from app.web.shared.context import db, now, shelf, signed_in, today
from app.web.shared.forms import Form, said_by, show_form, shown, text_of
from app.web.studio.lines import line_field

blueprint = Blueprint("new_course", __name__, template_folder="templates")

FROM_THE_SAMPLE = "A new course, from the sample"


def _day_problem(typed: str) -> str | None:
    try:
        if DAY.fullmatch(typed.strip()) and date.fromisoformat(typed.strip()):
            return None
    except ValueError:
        pass
    return "Enter a day such as 2026-10-01."


def _after_the_law(form: Form, field: Any) -> None:
    if not form.law_as_at.errors and field.data < form.law_as_at.data:
        raise StopValidation("The review comes after the day on which the law was looked at.")


class NewCourse(Form):
    title = line_field("Title", "Enter a title.", 200, printed=True)
    slug = StringField("Short name", [Optional()], filters=[shown])
    programme = SelectField("Programme")
    nation = line_field(
        "Where its law applies", "Say where the law in it applies, such as England.", 100, printed=True
    )
    law_as_at = StringField("Law as at", filters=[shown], validators=[said_by(_day_problem)])
    review_by = StringField("Review by", filters=[shown], validators=[said_by(_day_problem), _after_the_law])


@blueprint.route("/studio/courses/new", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Ask what the course is called; then its sample becomes a draft, and its desk is shown."""
    form = NewCourse(**(_proposed() if request.method == "GET" else {}))
    form.programme.choices = {each.id: each.title for each in shelf().site(db.session()).programmes}
    if form.validate_on_submit():
        slug = text_of(form.slug).strip() or slug_from(text_of(form.title), "course")
        try:
            _begin(form, slug)
            return redirect(url_for("desk.show", slug=slug), 303)
        except Refusal as refused:
            form.slug.errors = [str(refused)]
    return show_form("studio/new-course.html", form)


def _proposed() -> dict[str, Any]:
    """What a blank form proposes. One that is sent says for itself, or lacks it."""
    year_on = today() + timedelta(days=365)
    return {"nation": "England", "law_as_at": today().isoformat(), "review_by": year_on.isoformat()}


def _begin(form: NewCourse, slug: str) -> None:
    """Raises Refusal for a name that a course cannot have, or that one has."""
    by_id = signed_in().id
    files = new_course(
        slug,
        text_of(form.title),
        programme=form.programme.data,
        design=_design(),
        law_as_at=date.fromisoformat(text_of(form.law_as_at).strip()),
        review_by=date.fromisoformat(text_of(form.review_by).strip()),
        nation=text_of(form.nation),
    )
    with writing(db.session) as session:
        begin(session, ("course", slug), files, by_id=by_id, message=FROM_THE_SAMPLE, now=now())


def _design() -> str:
    """The certificate's design: the standard one, or another that is there. Raises NotFound."""
    designs = [slug for kind, slug in live_sources(db.session()) if kind == "design"]
    if not designs:
        raise NotFound("There is no certificate for a course yet.")
    return "standard" if "standard" in designs else designs[0]
