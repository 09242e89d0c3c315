"""The forms about pictures, and the file that one of them sends."""

import re
from collections.abc import Callable

from flask import request
from wtforms import FileField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.kernel.errors import Refusal
from app.library.uploads import Upload, read_upload
from app.web.shared.forms import Form, said_by, shown

LONGEST = 300  # characters, as in a figure block
WORDS = "What does it tell somebody who cannot see it?"
ACCEPTED = "image/png,image/jpeg,image/webp,image/gif,image/svg+xml"


def _on_one_line(typed: str | None) -> str | None:
    return None if typed is None else shown(re.sub(r"[ \t\r\n]+", " ", typed))


def _line_problem(typed: str) -> str | None:
    if "\ufffd" in typed:  # what a control character is shown as
        return "Leave out the signs that cannot be seen."
    if len(typed) > LONGEST:
        return f"Write this in {LONGEST} characters at most. It has {len(typed)} now."
    return None


def _words_problem(typed: str) -> str | None:
    if not typed.strip():
        return "Say in a sentence what the picture tells. People who cannot see it hear this instead."
    return _line_problem(typed)


def _file_field() -> FileField:
    return FileField("Picture", render_kw={"accept": ACCEPTED})


def _line_field(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[_on_one_line], validators=[Optional(), said_by(_line_problem)])


def _words_field() -> TextAreaField:
    return TextAreaField(WORDS, filters=[_on_one_line], validators=[said_by(_words_problem)])


class Sending(Form):
    """A new picture, with its words asked for at once."""

    picture = _file_field()
    alt = _words_field()


class Placing(Form):
    """A figure in a lesson. `place` is a lesson and a place in it, such as what-it-is:2."""

    alt = _words_field()
    caption = _line_field("Caption")
    credit = _line_field("Where it is from")
    place = SelectField("Where does it go?", validators=[InputRequired("Choose where it goes.")])


class Replacing(Form):
    """Another picture in the place of one whose hash is `seen`."""

    picture = _file_field()


def sent_picture(read: Callable[[str, bytes], Upload] = read_upload) -> Upload:
    """The picture that came with this request, as `read` makes it fit to keep. Raises Refusal."""
    file = request.files.get("picture")
    if file is None or not file.filename:
        raise Refusal("Choose a picture.")
    return read(file.filename, file.read())
