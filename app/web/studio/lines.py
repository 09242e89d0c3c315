"""A field for one line of authored words."""

from wtforms import StringField
from wtforms.validators import StopValidation

from app.certification.printable import words_problem
from app.web.shared.forms import Form, shown


def line_field(label: str, empty: str, longest: int, *, printed: bool = False) -> StringField:
    """One line that is demanded, its spaces folded. `empty` is said where nothing was typed.

    What is `printed` on certificates has letters that they can print.
    """

    def check(_form: Form, field: StringField) -> None:
        typed = field.data or ""
        if not typed.strip():
            raise StopValidation(empty)
        if "\ufffd" in typed:
            raise StopValidation("Take out the characters that cannot be shown.")
        if len(typed) > longest:
            raise StopValidation(f"Use {longest} characters at most.")
        if printed and (sentence := words_problem(typed)):
            raise StopValidation(sentence)

    return StringField(label, filters=[_folded], validators=[check])


def _folded(typed: str | None) -> str | None:
    return shown(" ".join(typed.split())) if typed else typed
