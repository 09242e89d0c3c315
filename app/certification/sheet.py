"""design.yml as written: one page, its margins, palette, typefaces, and its fields in reading order.

Lengths are millimetres, type sizes points. A field stands `at` a place (across and down from the page's upper
left corner) or `below` the field before it, by so many millimetres.
"""

from typing import Annotated, Literal

from pydantic import Field as Limits
from pydantic import model_validator

from app.kernel.fields import Authored, Colour, Line, Listed, Slug

PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # A4

Length = Annotated[float, Limits(ge=0, le=297)]
Margin = Annotated[float, Limits(ge=0, le=60)]  # what follows the certificate needs room between them
Size = Annotated[float, Limits(ge=6, le=72)]
Place = Annotated[tuple[Length, Length], Listed]
RowOfText = Annotated[tuple[Line, Line], Listed]


class Margins(Authored):
    top: Margin
    right: Margin
    bottom: Margin
    left: Margin


class Frame(Authored):
    """Thin lines round the page, each so far in from its edges."""

    insets: Annotated[tuple[Length, ...], Listed, Limits(max_length=5)]
    colour: Slug


class Placed(Authored):
    """What all fields share: where they stand. Exactly one of `at` and `below` is given."""

    at: Place | None = None
    below: Length | None = None

    @model_validator(mode="after")
    def _stands_somewhere(self) -> "Placed":
        if (self.at is None) == (self.below is None):
            raise ValueError("A field needs either at or below, and not both.")
        return self


class TextField(Placed):
    """Words with placeholders; **stars** set a part in the `strong` typeface.

    Text that is too wide first shrinks, down to `smallest`, and then takes another line, up to `lines`.
    """

    kind: Literal["text"]
    text: Line
    font: Slug
    strong: Slug | None = None
    size: Size
    smallest: Size = 6
    colour: Slug
    width: Length
    lines: Annotated[int, Limits(ge=1, le=12)] = 1


class RowsField(Placed):
    """A quiet list: terms in one column, descriptions in another. It shrinks rather than pass `lowest`."""

    kind: Literal["rows"]
    rows: Annotated[tuple[RowOfText, ...], Listed, Limits(min_length=1, max_length=20)]
    font: Slug
    strong: Slug
    size: Size
    colour: Slug
    term_colour: Slug
    term_width: Length
    width: Length
    lowest: Length
    gap: Length = 1


class LogoField(Placed):
    """The picture `file`, which lies beside design.yml."""

    kind: Literal["logo"]
    file: Line
    height: Annotated[float, Limits(ge=3, le=80)]


class CodeField(Placed):
    """The square code that opens the check page. Under 25 mm, phones have trouble with paper."""

    kind: Literal["qr"]
    size: Annotated[float, Limits(ge=25, le=60)]
    colour: Slug


Field = TextField | RowsField | LogoField | CodeField
AnyField = Annotated[Field, Limits(discriminator="kind")]


class Sheet(Authored):
    """design.yml as written."""

    title: Line
    page: Literal["A4"]
    margins: Margins
    palette: Annotated[dict[Slug, Colour], Limits(min_length=1, max_length=24)]
    fonts: Annotated[dict[Slug, Line], Limits(min_length=1, max_length=12)]
    frame: Frame | None = None
    stamp_colour: Slug
    fields: Annotated[tuple[AnyField, ...], Listed, Limits(min_length=1, max_length=30)]
