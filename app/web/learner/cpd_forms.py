"""The forms of My CPD: what was done elsewhere, and what is said of a course."""

from datetime import date

from flask import request
from werkzeug.exceptions import BadRequest
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, StopValidation

from app.learning.cpd import KINDS, METHODS, Kind
from app.learning.cpd_activities import Activity
from app.learning.cpd_typed import (
    LONGEST_OBJECTIVE,
    LONGEST_OUTCOME,
    LONGEST_PROVIDER,
    LONGEST_TITLE,
    line_problem,
    one_line,
    read_day,
    read_time,
)
from app.web.shared.context import today
from app.web.shared.forms import Form, said_by, shown, text_of

KIND_WORDS = {
    "structured": "Structured: planned, with set aims, such as a course or a conference",
    "self-directed": "Self-directed: on your own account, such as reading",
}
CHOOSE = {"": "Choose"}


def _tidy(typed: str | None) -> str | None:
    return None if typed is None else one_line(typed)


def _line(label: str, longest: int, asked: str) -> TextAreaField:
    check = said_by(lambda text: line_problem(text, longest, asked))
    return TextAreaField(label, filters=[_tidy], validators=[check])


def _optional_line(label: str, longest: int, field: type[StringField] = TextAreaField) -> StringField:
    check = said_by(lambda text: line_problem(text, longest))
    return field(label, filters=[_tidy], validators=[Optional(), check])


def _kind() -> RadioField:
    return RadioField(
        "Type", choices=KIND_WORDS, validators=[InputRequired("Choose a type. You decide which it is.")]
    )


def _day_problem(typed: str) -> str | None:
    read = read_day(typed, today())
    return read if isinstance(read, str) else None


class Timed(Form):
    """A form with hours and minutes, which belong together. `least` is the fewest minutes that it takes."""

    least = 1
    hours = StringField("Hours", filters=[shown])
    minutes = StringField("Minutes", filters=[shown])

    def validate_hours(self, _field: StringField) -> None:
        """Said at the hours: WTForms calls this by its name."""
        if isinstance(said := self.read_minutes(), str):
            raise StopValidation(said)

    def read_minutes(self) -> int | str:
        """All of it in minutes, or what is wrong."""
        return read_time(text_of(self.hours), text_of(self.minutes), least=self.least)


class ActivityForm(Timed):
    """Something done elsewhere. Its fields stand in the order of the page, and so do its mistakes."""

    title = _line("What was it about?", LONGEST_TITLE, "Say what it was about.")
    on = StringField("When?", filters=[shown], validators=[said_by(_day_problem)])
    method = SelectField(
        "How did you learn?",
        choices={**CHOOSE, **METHODS},
        validators=[InputRequired("Choose how you learned.")],
    )
    hours = StringField("Hours", filters=[shown])
    minutes = StringField("Minutes", filters=[shown])
    kind = _kind()
    provider = _optional_line("Who offered it?", LONGEST_PROVIDER, StringField)
    objective = _optional_line("What was your aim?", LONGEST_OBJECTIVE)
    outcome = _optional_line("What do you take from it?", LONGEST_OUTCOME)

    def told(self) -> Activity:
        """What a good form tells."""
        day, minutes = read_day(text_of(self.on), today()), self.read_minutes()
        assert isinstance(day, date)
        assert isinstance(minutes, int)
        return Activity(
            title=text_of(self.title),
            provider=text_of(self.provider),
            method=self.method.data,
            done_on=day,
            minutes=minutes,
            kind=chosen_kind(self.kind),
            objective=text_of(self.objective),
            outcome=text_of(self.outcome),
        )


class NoteForm(Form):
    """What a person says of a course that they completed here."""

    kind = _kind()
    objective = _optional_line("What was your aim?", LONGEST_OBJECTIVE)
    outcome = _optional_line("What do you take from it, in a line?", LONGEST_OUTCOME)


def chosen_kind(field: RadioField) -> Kind:
    """The type that a good form chose."""
    return next(kind for kind in KINDS if kind == field.data)


def refuse_parts(form: Form) -> None:
    """Raises BadRequest for a form that was sent without a field that ours sends, even if empty.

    A choice that was not made is not sent by any browser; the form says so itself.
    """
    choices = {field.name for field in form if field.type in {"RadioField", "BooleanField"}}
    if request.method == "POST" and {field.name for field in form} - choices - request.form.keys():
        raise BadRequest
