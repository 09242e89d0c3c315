"""Where each field of a certificate stands, in reading order. Pure; points from the page's upper left."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.certification.sheet import CodeField, Field, LogoField, RowsField, Sheet, TextField
from app.certification.typesetting import Lines, Measure, Piece, fill, fit, paragraphs, wrap

MM = 72 / 25.4
LEADING = 1.28  # baseline to baseline, in ems
FIRST = 0.98  # top of a line to its baseline, in ems: Fira Sans with its share of the leading
PARAGRAPH = 0.3  # between the paragraphs of one description, in ems
TIGHTEST = 40  # per cent; a list that would still be too long then keeps this size


@dataclass(frozen=True)
class SetLine:
    """One line of type: its left end, its baseline down from the page's top, and its pieces."""

    x: float
    y: float
    size: float
    colour: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class SetField:
    """A field in its place. `lines` is empty for a logo and a code."""

    field: Field
    x: float
    top: float
    bottom: float
    lines: tuple[SetLine, ...] = ()


def lay_out(sheet: Sheet, words: Mapping[str, str], measure: Measure) -> list[SetField]:
    """Every field in its place, in reading order."""
    setting = _Setting(sheet, words, measure)
    placed: list[SetField] = []
    bottom = sheet.margins.top * MM
    for field in sheet.fields:
        if field.at is not None:
            x, top = field.at[0] * MM, field.at[1] * MM
        else:
            x, top = sheet.margins.left * MM, bottom + (field.below or 0) * MM
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
        placed, bottom = _stack(lines, x, top, size, field.colour)
        return SetField(field, x, top, bottom, tuple(placed))

    def _rows(self, field: RowsField, x: float, top: float) -> SetField:
        for percent in range(100, TIGHTEST, -4):
            lines, bottom = self._rows_at(field, x, top, percent / 100)
            if bottom <= field.lowest * MM:
                break
        return SetField(field, x, top, bottom, tuple(lines))

    def _rows_at(self, field: RowsField, x: float, top: float, scale: float) -> tuple[list[SetLine], float]:
        plain, strong, size = self.sheet.fonts[field.font], self.sheet.fonts[field.strong], field.size * scale
        indent = field.term_width * MM
        placed, bottom = [], top
        for term, description in field.rows:
            terms = wrap(fill(term, self.words, plain, strong), indent / size, self.measure)
            left, left_end = _stack(terms, x, bottom, size, field.term_colour)
            placed += left
            for paragraph in paragraphs(fill(description, self.words, strong, plain)):
                lines = wrap(paragraph, (field.width * MM - indent) / size, self.measure)
                right, bottom = _stack(lines, x + indent, bottom, size, field.colour)
                placed += right
                bottom += PARAGRAPH * size
            bottom = max(left_end, bottom - PARAGRAPH * size) + field.gap * MM * scale
        return placed, bottom - field.gap * MM * scale


def _stack(lines: Lines, x: float, top: float, size: float, colour: str) -> tuple[list[SetLine], float]:
    """Lines under each other, and where they end."""
    placed = [
        SetLine(x, top + size * (FIRST + LEADING * number), size, colour, pieces)
        for number, pieces in enumerate(lines)
    ]
    return placed, top + size * LEADING * len(lines)
