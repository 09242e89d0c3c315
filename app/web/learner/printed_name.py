"""The name on a certificate is not right: its holder asks for another, and an administrator decides."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from app.certification.holding import held
from app.certification.name_requests import ask_for_name
from app.certification.names import printed_name_problem, tidy_name
from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Form, said_by, show_form, shown, text_of

blueprint = Blueprint("printed_name", __name__, template_folder="templates")


class Ask(Form):
    printed_name = StringField(
        "Name to print",
        filters=[lambda typed: shown(typed if typed is None else tidy_name(typed))],
        validators=[said_by(printed_name_problem)],
    )


@blueprint.get("/certificates/<code>/printed-name")
def show(code: str) -> ResponseReturnValue:
    """What asking does, and its form."""
    mine = held(db.session(), person_id=signed_in().id, code=code)
    return _page(mine.code, Ask(printed_name=mine.name_asked or mine.facts.printed_name))


@blueprint.post("/certificates/<code>/printed-name")
def ask(code: str) -> ResponseReturnValue:
    """Ask for this name."""
    person_id, form = signed_in().id, Ask()
    if not form.validate_on_submit():
        return _page(code, form)
    mine = held(db.session(), person_id=person_id, code=code)
    if text_of(form.printed_name) == mine.facts.printed_name:
        form.printed_name.errors = ["This is the name that is printed already."]
        return _page(code, form)
    with writing(db.session) as session:
        ask_for_name(
            session, person_id=person_id, code=mine.code, typed=text_of(form.printed_name), now=now()
        )
    return redirect(url_for("certificate.show", code=mine.code, _anchor="printed-name"), 303)


def _page(code: str, form: Ask) -> ResponseReturnValue:
    mine = held(db.session(), person_id=signed_in().id, code=code)
    if mine.withdrawn or mine.replaced_by:
        raise Conflict("This certificate is no longer the one that counts.")
    return show_form("learner/printed-name.html", form, mine=mine)
