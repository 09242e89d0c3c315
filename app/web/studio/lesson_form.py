"""The form in which a lesson is written: its front matter as fields, its Markdown as one large text."""

import re
from collections.abc import Iterable

from flask import request
from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from app.catalogue.lesson_parts import Parts, in_plain_lines
from app.catalogue.model import Outcome
from app.kernel.errors import Refusal
from app.web.shared.forms import Form, shown, text_of
from app.web.studio.numbers import number_in

LONGEST_TEXT = 200_000  # characters; four times what a lesson may have, so that nothing typed is cut
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
ALWAYS, IN_FIELDS = {"text", "message", "base_id"}, {"title", "minutes"}


def _one_line(_form: Form, field: StringField) -> None:
    if len(text_of(field)) > 300:
        raise StopValidation(f"{field.label.text} is too long: 300 characters are the most.")
    if CONTROL.search(text_of(field)):
        raise StopValidation(
            f"{field.label.text} holds a character that cannot be kept. Take out each \ufffd."
        )


def _whole_text(_form: Form, field: TextAreaField) -> None:
    if len(text_of(field)) > LONGEST_TEXT:
        raise StopValidation("This is far more than one lesson can hold. Take some of it out.")
    if found := CONTROL.search(in_plain_lines(text_of(field))):
        line = in_plain_lines(text_of(field)).count("\n", 0, found.start()) + 1
        raise StopValidation(f"Line {line} holds a character that cannot be kept. Take out each \ufffd.")


class LessonForm(Form):
    """One lesson. `whole` is "yes" where the front matter is part of the text."""

    title = StringField("Title", [_one_line])
    minutes = StringField("Minutes", [_one_line], render_kw={"inputmode": "numeric", "autocomplete": "off"})
    outcomes = SelectMultipleField(
        "Outcomes that it leads to",
        filters=[lambda ticked: [shown(each) for each in ticked or ()]],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        choices=[],
    )
    text = TextAreaField("Text of the lesson", [_whole_text])
    message = StringField("What did you change?", [Optional(), _one_line])
    base_id = HiddenField()
    whole = HiddenField()


def lesson_form(parts: Parts, outcomes: Iterable[Outcome], base_id: int) -> LessonForm:
    """The form with these parts of a kept lesson in it, or with what was sent."""
    form = LessonForm(
        title=parts.title,
        minutes=parts.minutes,
        outcomes=list(parts.outcomes),
        text=parts.text,
        base_id=str(base_id),
        whole="" if parts.in_fields else "yes",
    )
    known = {outcome.id: outcome.text for outcome in outcomes}
    strangers = {
        id_: f"{id_} (not among the outcomes of the course)" for id_ in parts.outcomes if id_ not in known
    }
    form.outcomes.choices = list({**known, **strangers}.items())
    return form


def base_typed() -> int:
    """The revision that the form was made from. Raises Refusal for a form that is not whole."""
    sent = request.form
    needed = ALWAYS if sent.get("whole") == "yes" else ALWAYS | IN_FIELDS
    number = number_in(sent.get("base_id", ""))
    if needed - sent.keys() or number is None:
        raise Refusal("Something of this form is missing. Load the page again, then send it once more.")
    return number


def parts_typed(form: LessonForm) -> Parts:
    """What was typed, fit to be checked."""
    return Parts(
        title=shown(form.title.data) or "",
        minutes=shown(form.minutes.data) or "",
        outcomes=tuple(form.outcomes.data or ()),
        text=CONTROL.sub("\ufffd", in_plain_lines(text_of(form.text))),
        in_fields=form.whole.data != "yes",
    )


def fit_to_show(form: LessonForm) -> None:
    """Put a mark in the place of each character that a page cannot show."""
    parts = parts_typed(form)
    form.title.data, form.minutes.data, form.text.data = parts.title, parts.minutes, parts.text
    form.message.data = shown(form.message.data)
