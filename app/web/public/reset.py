"""Setting a password by a letter: one that was forgotten, or a first one for somebody who was added."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.people.changing import change_name, set_password
from app.people.links import Link, Purpose, holds
from app.people.registration import find_person
from app.people.tables import User
from app.web.mailing import read_letter_link, send_letter, send_link
from app.web.public.confirm import link_over
from app.web.public.register import LETTER_TO
from app.web.shared import sessions
from app.web.shared.context import db, now
from app.web.shared.forms import Form, address_field, name_field, new_password_field, show_form, text_of
from app.web.shared.passwords import hashed


class Forgot(Form):
    email = address_field()


class NewPassword(Form):
    password = new_password_field("New password")


class FirstPassword(Form):
    full_name = name_field()
    password = new_password_field()


def ask() -> ResponseReturnValue:
    """Send a link. The page is the same whether or not there is an account."""
    form = Forgot()
    if form.validate_on_submit():
        _send(text_of(form.email))
        session[LETTER_TO] = text_of(form.email)
        return redirect(url_for("security.reset_sent"), 303)
    return show_form("security/forgot.html", form)


def sent() -> ResponseReturnValue:
    """Look in your mail."""
    return render_template("security/reset_sent.html", address=session.get(LETTER_TO, ""))


def show(token: str) -> ResponseReturnValue:
    """A new password, by the link of a letter."""
    link, found = _read(Purpose.RESET, token)
    if link is None or found is None:
        return link_over(url_for("security.forgot_password"))
    form = NewPassword(about=(found.email, found.full_name))
    if not form.validate_on_submit():
        return show_form("security/new_password.html", form, person=found)
    return _set_password(link, hashed(text_of(form.password)))


def show_invited(token: str) -> ResponseReturnValue:
    """A name and a first password, by the link of an invitation."""
    link, found = _read(Purpose.INVITE, token)
    if link is None or found is None:
        return link_over(url_for("security.forgot_password"))
    form = FirstPassword(full_name=found.full_name, about=(found.email,))
    if not form.validate_on_submit():
        return show_form("security/first_password.html", form, person=found)
    return _set_password(link, hashed(text_of(form.password)), text_of(form.full_name))


def _read(purpose: Purpose, token: str) -> tuple[Link | None, User | None]:
    link = read_letter_link(purpose, token)
    found = db.session.get(User, link.person_id) if link else None
    return (link, found) if link and holds(link, found) else (None, None)


def _set_password(link: Link, password_hash: str, full_name: str = "") -> ResponseReturnValue:
    try:
        with writing(db.session) as written:
            found = set_password(written, link, password_hash, now())
            if full_name:
                change_name(written, found.id, full_name)
            else:
                send_letter(written, "password-changed", found.email, person=found)
    except NotFound:
        return link_over(url_for("security.forgot_password"))
    sessions.sign_out()
    return redirect(url_for("security.login", changed="yes"), 303)


def _send(address: str) -> None:
    with writing(db.session) as written:
        found = find_person(written, address)
        if found is not None and found.active:
            send_link(written, "reset", Purpose.RESET, found)
