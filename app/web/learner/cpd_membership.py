"""The professional body that a person belongs to, as their next certificates and their exports print it."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import StopValidation

from app.certification.names import tidy_name
from app.kernel.db import writing
from app.learning.cpd import Membership
from app.learning.membership import body_problem, number_problem, save_membership
from app.learning.record import settings_of
from app.web.learner.cpd_forms import refuse_parts
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Form, show_form, shown, text_of

blueprint = Blueprint("cpd_membership", __name__, template_folder="templates")


def _tidy(typed: str | None) -> str | None:
    return None if typed is None else tidy_name(shown(typed) or "")


class MembershipForm(Form):
    """Both, or neither for no membership."""

    body = StringField("Professional body", filters=[_tidy])
    number = StringField("Membership number", filters=[_tidy])

    def validate_body(self, field: StringField) -> None:
        """Said at its own field: WTForms calls this by its name."""
        if (self.body.data or self.number.data) and (said := body_problem(text_of(field))):
            raise StopValidation(said)

    def validate_number(self, field: StringField) -> None:
        """The same of the number."""
        if (self.body.data or self.number.data) and (said := number_problem(text_of(field))):
            raise StopValidation(said)


@blueprint.get("/my-cpd/membership")
def show() -> ResponseReturnValue:
    return _page()


@blueprint.post("/my-cpd/membership")
def save() -> ResponseReturnValue:
    """Keep it, let go of it where both fields are empty, or show what has to be put right."""
    return _page()


def _page() -> ResponseReturnValue:
    who = signed_in().id
    _, membership = settings_of(db.session(), who)
    form = MembershipForm(obj=membership)
    refuse_parts(form)
    if not form.validate_on_submit():
        return show_form("learner/cpd-membership.html", form)
    given = Membership(body=text_of(form.body), number=text_of(form.number)) if form.body.data else None
    with writing(db.session) as session:
        save_membership(session, person_id=who, membership=given, now=now())
    return redirect(url_for("record.show", done="membership" if given else "no-membership"), 303)
