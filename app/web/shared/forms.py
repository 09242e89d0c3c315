"""What every form shares: a token whose refusal keeps what was typed, and fields that say what is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import render_template, request
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import StopValidation

from app.people.addresses import name_problem, read_address, read_name
from app.people.passwords import password_problem

OPEN_TOO_LONG = (
    "This page had been open for a long time, or your browser does not keep cookies. "
    "Look through what you typed and send it again."
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a token. `about` is what is known of the person, for judging a new password."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def wrap_formdata(self, _form: FlaskForm, _given: Any) -> Any:
            """Text fields alone. The library also reads JSON and files, in which a name need not be text."""
            return request.form if request.method == "POST" else None

    def __init__(self, *, about: tuple[str, ...] = (), **given: Any) -> None:
        self.about = about
        super().__init__(**given)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        good: bool = super().validate(extra_validators)
        if self.csrf_token.errors:
            self.csrf_token.errors = [OPEN_TOO_LONG]
        return good


class Button(Form):
    """A form that is nothing but its button."""


def said_by(problem: Callable[[str], str | None]) -> Callable[[FlaskForm, Any], None]:
    """A validator out of a function that gives a sentence, or None."""

    def check(_form: FlaskForm, field: Any) -> None:
        if sentence := problem(field.data or ""):
            raise StopValidation(sentence)

    return check


def _address_problem(typed: str) -> str | None:
    if not typed.strip():
        return "Enter your e-mail address."
    return (
        None if read_address(typed) else "Enter an e-mail address in the usual form, like name@example.org."
    )


def shown(typed: str | None) -> str | None:
    """What was typed, fit to be shown again: a control character becomes the mark for "cannot be shown"."""
    return None if typed is None else CONTROL.sub("\ufffd", typed)


def _read(reader: Callable[[str], str | None]) -> Callable[[str | None], str | None]:
    return lambda typed: None if typed is None else (reader(typed) or shown(typed))


def address_field(label: str = "E-mail address") -> EmailField:
    """An e-mail address; its data is in the one spelling that we store."""
    return EmailField(label, filters=[_read(read_address)], validators=[said_by(_address_problem)])


def name_field(label: str = "Your full name") -> StringField:
    return StringField(label, filters=[_read(read_name)], validators=[said_by(name_problem)])


def password_field(label: str = "Password") -> PasswordField:
    """A password that they have."""
    return PasswordField(label, validators=[said_by(lambda typed: None if typed else "Enter your password.")])


def new_password_field(label: str = "Password") -> PasswordField:
    """A password that they choose. What the form holds or is told about them makes it easier to guess."""

    def check(form: Form, field: Any) -> None:
        facts = [str(form[name].data or "") for name in ("email", "full_name") if name in form]
        if sentence := password_problem(field.data or "", (*facts, *form.about)):
            raise StopValidation(sentence)

    return PasswordField(label, validators=[check])


def remember_field() -> BooleanField:
    return BooleanField("Keep me signed in for 30 days (not on a shared computer)")


def text_of(field: StringField) -> str:
    """What was typed, as the field read it."""
    return field.data or ""


def show_form(template: str, form: Form, **values: Any) -> tuple[str, int]:
    """The page of a form: 422 where something in it has to be put right."""
    wrong = bool(form.errors)
    return render_template(template, form=form, has_errors=wrong, **values), 422 if wrong else 200
