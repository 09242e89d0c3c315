"""Where each field of a certificate stands, in reading order. Pure; points from the page's upper left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.certification.sheet import CodeField, Field, LogoField, RowsField, Sheet, TextField
from app.certification.styles import MM
from app.certification.typesetting import Lines, Measure, Piece, SetLine, fill, fit, paragraphs, stack, wrap
from app.certification.wording import left_out

PARAGRAPH = 0.3  # between the paragraphs of one description, in ems
TIGHTEST = 40  # per cent; a list that would still be too long then keeps this size


@dataclass(frozen=True)
class SetRow:
    """A term and its description, paragraph by paragraph."""

    term: tuple[SetLine, ...]
    description: tuple[tuple[SetLine, ...], ...]


@dataclass(frozen=True)
class SetField:
    """A field in its place. It has `text` or `rows`; neither where it is a logo, a code, or left out."""

    field: Field
    x: float
    top: float
    bottom: float
    text: tuple[SetLine, ...] = ()
    rows: tuple[SetRow, ...] = ()

    @property
    def lines(self) -> tuple[SetLine, ...]:
        """All its lines, in reading order."""
        described = [(row.term, *row.description) for row in self.rows]
        return (*self.text, *(line for parts in described for part in parts for line in part))


def lay_out(sheet: Sheet, words: Mapping[str, str], measure: Measure) -> list[SetField]:
    """Every field in its place, in reading order. What is left out takes no room."""
    setting = _Setting(sheet, words, measure)
    placed: list[SetField] = []
    bottom = sheet.margins.top * MM
    for field in sheet.fields:
        if field.at is not None:
            x, top = field.at[0] * MM, field.at[1] * MM
        else:
            x, top = sheet.margins.left * MM, bottom + (field.below or 0) * MM
        if isinstance(field, TextField) and left_out(field.text, words):
            placed.append(SetField(field, x, bottom, bottom))
            continue
        placed.append(setting.field(field, x, top))
        bottom = placed[-1].bottom
    return placed


@dataclass(frozen=True)
class _Setting:
    sheet: Sheet
    words: Mapping[str, str]
    measure: Measure

    def field(self, field: Field, x: float, top: float) -> SetField:
        if isinstance(field, LogoField):
            return SetField(field, x, top, top + field.height * MM)
        if isinstance(field, CodeField):
            return SetField(field, x, top, top + field.size * MM)
        if isinstance(field, TextField):
            return self._text(field, x, top)
        return self._rows(field, x, top)

    def _text(self, field: TextField, x: float, top: float) -> SetField:
        plain, strong = self.sheet.fonts[field.font], self.sheet.fonts[field.strong or field.font]
        pieces = fill(field.text, self.words, plain, strong)
        size, lines = fit(pieces, field.width * MM, (field.size, field.smallest), field.lines, self.measure)
        placed, bottom = self._stack(lines, x, top, size, field.colour)
        return SetField(field, x, top, bottom, placed)

    def _rows(self, field: RowsField, x: float, top: float) -> SetField:
        plain, strong = self.sheet.fonts[field.font], self.sheet.fonts[field.strong]
        told = [
            (fill(term, self.words, plain, strong), fill(description, self.words, strong, plain))
            for term, description in field.rows
            if not left_out(description, self.words)
        ]
        for percent in range(100, TIGHTEST, -4):
            rows, bottom = self._rows_at(field, told, x, top, percent / 100)
            if bottom <= field.lowest * MM:
                break
        return SetField(field, x, top, bottom, rows=tuple(rows))

    def _rows_at(
        self,
        field: RowsField,
        told: Sequence[tuple[list[Piece], list[Piece]]],
        x: float,
        top: float,
        scale: float,
    ) -> tuple[list[SetRow], float]:
        size, gap, indent = field.size * scale, field.gap * MM * scale, field.term_width * MM
        placed, bottom = [], top
        for term, description in told:
            terms = wrap(term, indent / size, self.measure)
            left, left_end = self._stack(terms, x, bottom, size, field.term_colour)
            right, right_end = self._description(description, field, x, bottom, size)
            placed.append(SetRow(left, right))
            bottom = max(left_end, right_end) + gap
        return placed, bottom - gap if placed else top

    def _description(
        self, pieces: list[Piece], field: RowsField, x: float, top: float, size: float
    ) -> tuple[tuple[tuple[SetLine, ...], ...], float]:
        indent, bottom, found = field.term_width * MM, top, []
        for paragraph in paragraphs(pieces):
            lines = wrap(paragraph, (field.width * MM - indent) / size, self.measure)
            placed, bottom = self._stack(lines, x + indent, bottom, size, field.colour)
            found.append(placed)
            bottom += PARAGRAPH * size
        return tuple(found), bottom - PARAGRAPH * size

    def _stack(
        self, lines: Lines, x: float, top: float, size: float, colour: str
    ) -> tuple[tuple[SetLine, ...], float]:
        return stack(lines, x, top, size, self.sheet.palette[colour])
