"""A person's own account: what it holds, their name, their password, and signing out everywhere."""

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.learning.follow_ups import coming_to
from app.learning.idling import is_warned
from app.learning.membership import membership_line
from app.people.changing import change_name, change_password, sign_out_everywhere
from app.web.learner import account_address
from app.web.learner.follow_up_choice import days_in_words
from app.web.mailing import send_letter
from app.web.shared import sessions
from app.web.shared.access import Access, may
from app.web.shared.context import db, settings, signed_in
from app.web.shared.forms import (
    Button,
    Form,
    name_field,
    new_password_field,
    password_field,
    show_form,
    text_of,
)
from app.web.shared.limits import limited, linked_account, own_account
from app.web.shared.passwords import hashed, matches

blueprint = Blueprint("account", __name__, template_folder="templates")
DONE = {
    "name": "Your name has been changed. Certificates that you have keep the name printed on them.",
    "password": "Your password has been changed. You have been signed out on every other device.",
    "address": "Your e-mail address has been changed.",
    "kept": "Your account stays as it is.",
    "letter": "We have sent a letter to the new address. It changes once you follow the link in it.",
}


class Name(Form):
    full_name = name_field()


class Password(Form):
    password = password_field("Your password now")
    new_password = new_password_field("New password")


def show() -> ResponseReturnValue:
    """The account, and what in it can be changed."""
    return _page(Button(), DONE.get(request.args.get("done", ""), ""))


def name() -> ResponseReturnValue:
    """Change the name that we call the person by."""
    who = signed_in()
    form = Name(obj=who)
    if form.validate_on_submit():
        with writing(db.session) as written:
            change_name(written, who.id, text_of(form.full_name))
        return redirect(url_for("account.show", done="name"), 303)
    return show_form("learner/account_name.html", form)


def password() -> ResponseReturnValue:
    """Change the password. Every other session ends; this one goes on under a new identifier."""
    who = signed_in()
    form = Password(about=(who.email, who.full_name))
    if form.validate_on_submit():
        if matches(who, text_of(form.password)):
            _change_password(who.id, hashed(text_of(form.new_password)))
            return redirect(url_for("account.show", done="password"), 303)
        form.password.errors = [account_address.WRONG_PASSWORD]
    return show_form("learner/account_password.html", form, person=who)


def sign_outs() -> ResponseReturnValue:
    """Sign out on every device, this one too."""
    who, form = signed_in(), Button()
    if not form.validate_on_submit():
        return _page(form)
    with writing(db.session) as written:
        sign_out_everywhere(written, who.id)
    sessions.sign_out()
    return redirect(url_for("security.login"), 303)


def _page(form: Button, done: str = "") -> ResponseReturnValue:
    who = signed_in()
    coming = [(each, days_in_words(each.days)) for each in coming_to(db.session(), who.id)]
    may_do = {"edits": may(who, Access.EDITOR), "manages": may(who, Access.ADMIN)}
    return show_form(
        "learner/account.html",
        form,
        person=who,
        membership=membership_line(db.session(), who.id),
        done=done,
        coming=coming,
        goes=settings().keep["idle"] > 0 and is_warned(db.session(), who.id),
        **may_do,
    )


def _change_password(person_id: int, password_hash: str) -> None:
    with writing(db.session) as written:
        changed = change_password(written, person_id, password_hash)
        send_letter(written, "password-changed", changed.email, person=changed)
    sessions.sign_in(changed, remembered=bool(session.get("remembered")), by="change")


_FORM = ["GET", "POST"]
_add = blueprint.add_url_rule
_add("/account", "show", show)
_add("/account/name", "name", name, methods=_FORM)
_add("/account/password", "password", limited(password, own_account, failures_only=True), methods=_FORM)
_add(
    "/account/address",
    "address",
    limited(account_address.ask, own_account, sends_letter=True),
    methods=_FORM,
)
_add(
    "/account/address/<token>",
    "confirm_address",
    limited(account_address.confirm, linked_account),
    methods=_FORM,
)
_add("/account/sign-outs", "sign_outs", sign_outs, methods=["POST"])
