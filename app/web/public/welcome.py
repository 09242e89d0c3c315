"""The one-time link that makes the first administrator."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.people.accounts import admin_link_holds, use_admin_link
from app.web.public.confirm import link_over
from app.web.shared import sessions
from app.web.shared.context import db, now
from app.web.shared.forms import Form, address_field, name_field, new_password_field, show_form, text_of
from app.web.shared.limits import limited, linked_account
from app.web.shared.passwords import hashed

blueprint = Blueprint("welcome", __name__, template_folder="templates")


class FirstAdmin(Form):
    full_name = name_field()
    email = address_field()
    password = new_password_field()


def show(token: str) -> ResponseReturnValue:
    """The form; its POST makes the administrator, once."""
    if not admin_link_holds(db.session(), token, now()):
        return link_over("")
    form = FirstAdmin()
    if not form.validate_on_submit():
        return show_form("security/welcome.html", form)
    password_hash = hashed(text_of(form.password))
    try:
        with writing(db.session) as written:
            made = use_admin_link(
                written,
                token=token,
                address=text_of(form.email),
                full_name=text_of(form.full_name),
                password_hash=password_hash,
                now=now(),
            )
    except NotFound:
        return link_over("")
    sessions.sign_in(made, remembered=False, by="admin link")
    return redirect("/", 303)


blueprint.add_url_rule("/welcome/<token>", "show", limited(show, linked_account), methods=["GET", "POST"])
