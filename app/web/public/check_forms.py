"""What a checker may type or bring. The pages may be shared by caches, so these forms carry no token."""

from wtforms import FileField, Form, StringField
from wtforms.validators import StopValidation

from app.certification.dropped import LARGEST
from app.kernel.codes import read_code

LONGEST_TYPED = 200  # characters; a printed name has 60 at most, a code with its spaces 32
TOO_LARGE = "This file is larger than 2 MB. Every PDF that we issue is smaller, so it is not one of ours."


def _visible(typed: str | None) -> str:
    """What was typed, at a sensible length, without control characters: no page may hold those."""
    return "".join(
        character if character.isprintable() else " " for character in (typed or "")[:LONGEST_TYPED]
    )


class CodeForm(Form):
    code = StringField("The code on the certificate", filters=[_visible])

    def validate_code(self, field: StringField) -> None:
        """Refuse what cannot be a code, so that a slip of the finger is told from a forgery."""
        if not (field.data or "").strip():
            raise StopValidation("Enter the code that is printed on the certificate.")
        if read_code(field.data or "") is None:
            raise StopValidation("This is not a certificate's code. A code has 26 letters and figures.")


class NameForm(Form):
    name = StringField("Name on the certificate", filters=[_visible])

    def validate_name(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation("Enter the name that is printed on the certificate.")


class PdfForm(Form):
    """One file. `body` is its bytes once it was validated, at most as many as a PDF of ours may have."""

    pdf = FileField("The certificate's PDF")
    body = b""

    def validate_pdf(self, field: FileField) -> None:
        self.body = field.data.stream.read(LARGEST + 1) if field.data else b""
        if not self.body:
            raise StopValidation("Choose the PDF that you want to check.")
        if len(self.body) > LARGEST:
            raise StopValidation(TOO_LARGE)
