"""What of a design stands empty, or does not keep to its place, with the words of one certificate. Pure."""

from collections.abc import Mapping

from app.certification.layout import SetField, lay_out
from app.certification.sheet import PAGE_HEIGHT, RowsField, Sheet, TextField
from app.certification.styles import MM
from app.certification.typesetting import Measure, SetLine
from app.certification.wording import OPTIONAL, PLACEHOLDER

SMALLEST = 6.0  # points; nobody reads less on paper
SLACK = 0.5  # points by which type may run over before anybody could see it


def overflowing(sheet: Sheet, words: Mapping[str, str], measure: Measure) -> list[tuple[int, str]]:
    """The mistakes that only real words show, as (place in `sheet.fields`, sentence), in the sheet's order.

    `words` has one entry a placeholder (`wording.printed`); `measure` is `shaping.measure`.
    """
    lowest = (PAGE_HEIGHT - sheet.margins.bottom) * MM
    return [
        (index, sentence)
        for index, placed in enumerate(lay_out(sheet, words, measure))
        for sentence in (*_empty(placed, words), *_too_large(placed, measure), *_too_low(placed, lowest))
    ]


def _empty(placed: SetField, words: Mapping[str, str]) -> list[str]:
    field = placed.field
    if isinstance(field, TextField):
        texts = [field.text]
    elif isinstance(field, RowsField):
        texts = [part for row in field.rows for part in row]
    else:
        return []
    names = dict.fromkeys(name for text in texts for name in PLACEHOLDER.findall(text))
    sentences = [
        f"There are no words for {{{name}}}."
        for name in names
        if name not in OPTIONAL and not words[name].strip()
    ]
    if not sentences and not names and not any(text.replace("**", "").strip() for text in texts):
        sentences.append("This field prints nothing.")
    return sentences


def _too_large(placed: SetField, measure: Measure) -> list[str]:
    field = placed.field
    if isinstance(field, TextField):
        if placed.text and placed.text[0].size < min(field.smallest, field.size):
            lines = "one line" if field.lines == 1 else f"{field.lines} lines"
            return [
                f"These words are too long for {lines} of {field.width:g} mm at {field.smallest:g} points."
            ]
    elif isinstance(field, RowsField):
        return _list_too_large(field, placed, measure)
    return []


def _list_too_large(field: RowsField, placed: SetField, measure: Measure) -> list[str]:
    sentences = []
    if placed.bottom > field.lowest * MM + SLACK:
        end = f"{placed.bottom / MM:.0f} mm down"
        sentences.append(f"This list ends {end}, past its lowest place at {field.lowest:g} mm.")
    if any(line.size < SMALLEST for line in placed.lines):
        sentences.append(f"This list needs type of less than {SMALLEST:g} points to keep to its place.")
    terms = [line for row in placed.rows for line in row.term]
    descriptions = [line for row in placed.rows for paragraph in row.description for line in paragraph]
    for lines, room in ((terms, field.term_width), (descriptions, field.width - field.term_width)):
        if any(_width(line, measure) > room * MM + SLACK for line in lines):
            sentences.append(f"A word in this list is wider than its {room:g} mm.")
    return sentences


def _too_low(placed: SetField, lowest: float) -> list[str]:
    if placed.bottom <= lowest + SLACK:
        return []
    end = f"{placed.bottom / MM:.0f} mm down"
    return [f"This field ends {end}, over the bottom margin at {lowest / MM:g} mm."]


def _width(line: SetLine, measure: Measure) -> float:
    pieces = [*line.pieces[:-1], (line.pieces[-1][0].rstrip(" "), line.pieces[-1][1])] if line.pieces else []
    return sum(measure(text, font) for text, font in pieces) * line.size
