"""Signing in by password, and signing out."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.people.addresses import read_address
from app.people.registration import find_person
from app.web.shared import sessions
from app.web.shared.appearance import safe_path
from app.web.shared.context import db, person
from app.web.shared.forms import (
    Button,
    Form,
    address_field,
    password_field,
    remember_field,
    show_form,
    text_of,
)
from app.web.shared.passwords import matches

WRONG = "The e-mail address or the password is not right."


class SignIn(Form):
    email = address_field()
    password = password_field()
    remember = remember_field()


def show() -> ResponseReturnValue:
    """The form; a POST signs in. Every refusal says the same and takes as long."""
    then = next_page()
    if person():
        return redirect(then, 303)
    form = SignIn()
    if form.validate_on_submit():
        found = find_person(db.session(), read_address(text_of(form.email)) or "")
        right = matches(found, text_of(form.password))
        if found and right and found.active and found.confirmed_at is None:
            # Only who knows the password comes here, so this tells nobody else that there is an account.
            return redirect(url_for("security.send_confirmation", waiting="yes"), 303)
        if found and right and found.active:
            sessions.sign_in(found, remembered=form.remember.data, by="password")
            return redirect(then, 303)
        form.email.errors = [WRONG]
    return show_form("security/sign_in.html", form, then=then)


def out() -> ResponseReturnValue:
    """A button; its POST ends this browser's session."""
    if person() is None:
        return redirect("/", 303)
    form = Button()
    if not form.validate_on_submit():
        return show_form("security/sign_out.html", form)
    sessions.sign_out()
    return redirect("/", 303)


def next_page() -> str:
    """Where to go afterwards: a path on this site, never another host."""
    return safe_path(request.args.get("next", "/"))
