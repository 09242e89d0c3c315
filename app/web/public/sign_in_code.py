"""Signing in by a code from a letter: ask for it, then type it."""

from flask import current_app, redirect, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from app.kernel.db import writing
from app.people.registration import find_person
from app.people.sign_in_codes import keep_code, new_code, read_code, spaced, use_code
from app.people.tables import User
from app.web.mailing import send_letter
from app.web.public.sign_in import next_page
from app.web.shared import sessions
from app.web.shared.context import db, now, person
from app.web.shared.forms import Form, address_field, remember_field, said_by, show_form, shown, text_of

WRONG = "This code is not right, has been used, or is more than 15 minutes old. You can ask for a new one."
ASKED_FOR = "code_asked_for"  # in the session: the address that a code was asked for, known to us or not


def _code_problem(typed: str) -> str | None:
    return None if typed.strip() else "Enter the code."


class AskForCode(Form):
    email = address_field()


class EnterCode(Form):
    code = StringField(
        "Code",
        filters=[shown],
        validators=[said_by(_code_problem)],
        render_kw={"inputmode": "numeric"},
    )
    remember = remember_field()


def ask() -> ResponseReturnValue:
    """Send a code. The page is the same whether or not there is an account."""
    then = next_page()
    if person():
        return redirect(then, 303)
    form = AskForCode()
    if form.validate_on_submit():
        _send_code(text_of(form.email))
        session[ASKED_FOR] = text_of(form.email)
        return redirect(url_for("security.enter_code", next=then), 303)
    return show_form("security/ask_for_code.html", form, then=then)


def enter() -> ResponseReturnValue:
    """Sign in with the code."""
    then, address = next_page(), session.get(ASKED_FOR)
    if person():
        return redirect(then, 303)
    if address is None:
        return redirect(url_for("security.send_code", next=then), 303)
    form = EnterCode()
    if form.validate_on_submit():
        if found := _use_code(address, text_of(form.code)):
            sessions.sign_in(found, remembered=form.remember.data, by="email")
            return redirect(then, 303)
        form.code.errors = [WRONG]
    return show_form("security/enter_code.html", form, then=then, address=address)


def account_asked_for() -> str:
    """What a try at a code is counted by: the account in the session, whatever else the form says."""
    return f"account {session.get(ASKED_FOR, '')}"


def _send_code(address: str) -> None:
    with writing(db.session) as written:
        found = find_person(written, address)
        if found is not None and found.active:
            code = new_code()
            keep_code(written, secret=_secret(), person_id=found.id, code=code, now=now())
            send_letter(written, "code", found.email, person=found, code=spaced(code))


def _use_code(address: str, typed: str) -> User | None:
    code = read_code(typed)
    if code is None:
        return None
    with writing(db.session) as written:
        return use_code(written, secret=_secret(), address=address, code=code, now=now())


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
