"""Erasing one's account: what goes, what stays and why; then the password, or a code from a letter."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from app.kernel.db import writing
from app.kernel.errors import NotAllowed
from app.learning.erasing import erase
from app.people.sign_in_codes import keep_code, new_code, read_code, spaced, spend
from app.people.tables import User
from app.web.learner.account_address import WRONG_PASSWORD
from app.web.mailing import send_letter
from app.web.shared import sessions
from app.web.shared.access import Access, may
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Button, Form, password_field, said_by, show_form, shown, text_of
from app.web.shared.limits import limited, own_account
from app.web.shared.passwords import matches

blueprint = Blueprint("account_erase", __name__, template_folder="templates")

WRONG_CODE = "This code is not right, has been used, or is more than 15 minutes old. You can ask for another."


class ByPassword(Form):
    password = password_field("Your password")


class ByCode(Form):
    code = StringField(
        "Code",
        filters=[shown],
        validators=[said_by(lambda typed: None if typed.strip() else "Enter the code from the letter.")],
        render_kw={"inputmode": "numeric"},
    )


def ask() -> ResponseReturnValue:
    """Say what erasing means; the POST erases, and ends every session."""
    who = signed_in()
    form = ByPassword() if who.password else ByCode()
    if form.validate_on_submit():
        field = form.password if isinstance(form, ByPassword) else form.code
        if problem := _refusal(who, form, text_of(field)):
            field.errors = [problem]
        else:
            sessions.sign_out()
            return redirect(url_for("account_erase.done"), 303)
    return _show(form, sent="sent" in request.args)


def send_code() -> ResponseReturnValue:
    """Send the code that an account without a password is erased with."""
    who, form = signed_in(), Button()
    if not form.validate_on_submit():
        return redirect(url_for("account_erase.ask"), 303)
    with writing(db.session) as written:
        person, code = written.get_one(User, who.id), new_code()
        keep_code(written, secret=_secret(), person_id=person.id, code=code, now=now())
        send_letter(written, "erasure-code", person.email, person=person, code=spaced(code))
    return redirect(url_for("account_erase.ask", sent="yes", _anchor="confirm"), 303)


def done() -> ResponseReturnValue:
    """It has happened."""
    return render_template("learner/account_erased.html")


def _show(form: ByPassword | ByCode, *, sent: bool) -> tuple[str, int]:
    edits, by_password = may(signed_in(), Access.EDITOR), isinstance(form, ByPassword)
    return show_form("learner/account_erase.html", form, by_password=by_password, sent=sent, edits=edits)


def _refusal(who: User, form: ByPassword | ByCode, typed: str) -> str:
    """What keeps the account from being erased, or "" once it has been."""
    if isinstance(form, ByPassword):
        return _erase(who.id) if matches(who, typed) else WRONG_PASSWORD
    code = read_code(typed)
    return _erase(who.id, code) if code else WRONG_CODE


def _erase(person_id: int, code: str | None = None) -> str:
    """Erase, with its last letter, where the code is right or none is asked for. A wrong code is counted."""
    try:
        with writing(db.session) as written:
            if code and not spend(written, secret=_secret(), person_id=person_id, code=code, now=now()):
                return WRONG_CODE
            erased = erase(written, person_id)
            send_letter(written, "erased", erased.address, person=None, certificates=erased.certificates)
    except NotAllowed as refused:
        return str(refused)
    return ""


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


_FORM = ["GET", "POST"]
_add = blueprint.add_url_rule
_add("/account/erasure", "ask", limited(ask, own_account, failures_only=True), methods=_FORM)
_add(
    "/account/erasure/code", "send_code", limited(send_code, own_account, sends_letter=True), methods=["POST"]
)
_add("/account/erased", "done", done)
