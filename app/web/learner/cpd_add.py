"""Adding to My CPD what was done elsewhere."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.kernel.codes import new_code, read_code
from app.kernel.db import writing
from app.learning.cpd_activities import add_activity
from app.web.learner.cpd_forms import ActivityForm, refuse_parts
from app.web.shared.context import db, now, signed_in, today
from app.web.shared.forms import show_form

blueprint = Blueprint("cpd_add", __name__, template_folder="templates")


@blueprint.get("/my-cpd/add")
def show() -> ResponseReturnValue:
    return show_form("learner/cpd-add.html", ActivityForm(), code=new_code())


@blueprint.post("/my-cpd/add")
def add() -> ResponseReturnValue:
    """Keep it under the code that the form brought, so that sending it twice adds one."""
    form, code = ActivityForm(), read_code(request.form.get("code", ""))
    refuse_parts(form)
    if code is None:
        raise BadRequest
    if not form.validate_on_submit():
        return show_form("learner/cpd-add.html", form, code=code)
    with writing(db.session) as session:
        added = add_activity(
            session, person_id=signed_in().id, code=code, told=form.told(), today=today(), now=now()
        )
    return redirect(url_for("cpd_entry.show", code=added, done="added"), 303)
