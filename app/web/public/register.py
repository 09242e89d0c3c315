"""Making an account."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField
from wtforms.validators import ValidationError

from app.kernel.db import writing
from app.people.addresses import may_register
from app.people.links import Purpose
from app.people.registration import Registered, register
from app.web.mailing import address_of, send_letter, send_link
from app.web.public.sign_in import next_page
from app.web.shared.context import db, now, person, settings
from app.web.shared.forms import Form, address_field, name_field, new_password_field, show_form, text_of
from app.web.shared.passwords import hashed

LETTER_TO = "letter_to"  # in the session: the address that the "look in your mail" page names


class Register(Form):
    full_name = name_field()
    email = address_field()
    password = new_password_field()

    def validate_email(self, field: EmailField) -> None:
        """Refuse an address from elsewhere, where only some domains may register."""
        rule = settings()
        if not may_register(field.data or "", rule.registration, rule.email_domains):
            raise ValidationError(f"Use your work address, which ends in {endings()}.")


def show() -> ResponseReturnValue:
    """The form; a POST makes the account, or writes to the one there is. The page is the same for both."""
    if settings().registration == "invited":
        return render_template("security/register_invited.html")
    then = next_page()
    if person():
        return redirect(then, 303)
    form = Register()
    if form.validate_on_submit():
        _register(text_of(form.email), text_of(form.full_name), hashed(text_of(form.password)), then)
        session[LETTER_TO] = text_of(form.email)
        return redirect(url_for("security.registered"), 303)
    return show_form("security/register.html", form, then=then, endings=endings())


def sent() -> ResponseReturnValue:
    """Look in your mail."""
    return render_template("security/register_sent.html", address=session.get(LETTER_TO, ""))


def endings() -> str:
    """The addresses that may register, as people say them: @one.example or @two.example."""
    return " or ".join(f"@{domain}" for domain in settings().email_domains)


def _register(address: str, full_name: str, password_hash: str, then: str) -> None:
    with writing(db.session) as written:
        found, outcome = register(
            written, address=address, full_name=full_name, password_hash=password_hash, now=now()
        )
        if outcome is Registered.NEW:
            send_link(written, "confirm", Purpose.CONFIRM, found, then=then)
        elif outcome is Registered.ALREADY and found.active:
            pages = {"sign_in": address_of("security.login"), "reset": address_of("security.forgot_password")}
            send_letter(written, "already", found.email, person=found, **pages)
