"""Changing one's e-mail address: ask with the password, then confirm from the letter sent to the new one."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.kernel.errors import Conflict, NotFound
from app.people.changing import change_address
from app.people.links import Link, Purpose, holds
from app.people.registration import find_person
from app.people.tables import User
from app.web.mailing import read_letter_link, send_letter, send_link
from app.web.shared import sessions
from app.web.shared.context import db, now, person, signed_in
from app.web.shared.forms import Button, Form, address_field, password_field, show_form, text_of
from app.web.shared.passwords import matches

WRONG_PASSWORD = "This is not your password."  # noqa: S105


class Address(Form):
    email = address_field("New e-mail address")
    password = password_field()


def ask() -> ResponseReturnValue:
    """Ask for a new address. The page is the same whether or not another account has it."""
    who, form = signed_in(), Address()
    if form.validate_on_submit():
        if matches(who, text_of(form.password)):
            _send(who.id, text_of(form.email))
            return redirect(url_for("account.show", done="letter"), 303)
        form.password.errors = [WRONG_PASSWORD]
    return show_form("learner/account_address.html", form, person=who)


def confirm(token: str) -> ResponseReturnValue:
    """The button that the letter to the new address leads to. It may be pressed on any device."""
    link = read_letter_link(Purpose.CHANGE_ADDRESS, token)
    if link is None or not holds(link, db.session.get(User, link.person_id)):
        return _link_over()
    form = Button()
    if form.validate_on_submit():
        return _change(link)
    return show_form("learner/account_address_confirm.html", form, address=link.address)


def _send(person_id: int, address: str) -> None:
    with writing(db.session) as written:
        taken = find_person(written, address)
        if taken is None:
            who = written.get_one(User, person_id)
            send_link(written, "new-address", Purpose.CHANGE_ADDRESS, who, to=address)
        elif taken.active:
            send_letter(written, "address-taken", taken.email, person=taken)


def _change(link: Link) -> ResponseReturnValue:
    current = person()
    here = current is not None and current.id == link.person_id
    try:
        with writing(db.session) as written:
            changed, old = change_address(written, link, now())
            send_letter(written, "address-changed", old, person=changed)
    except (NotFound, Conflict):
        return _link_over()
    if not here:
        return redirect(url_for("security.login"), 303)
    sessions.sign_in(changed, remembered=bool(session.get("remembered")), by="change")
    return redirect(url_for("account.show", done="address"), 303)


def _link_over() -> tuple[str, int]:
    return render_template("security/link_over.html", again_at=url_for("account.address")), 404
