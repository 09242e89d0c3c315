"""Which letters a document can print, so that none stands as an empty box or keeps it from being made."""

import unicodedata

from app.certification.shaping import NON_JOINER, can_draw, joins

SCRIPTS = "Latin, Greek, Cyrillic, Vietnamese, Arabic and Hebrew letters"

_HIGHEST = 0xFFFF  # the PDF's text layer goes wrong above this, so such a letter could not be read back


def strange_in(text: str) -> list[str]:
    """The characters of a composed text (NFC) that cannot be printed, in their order. Lines may end in it."""
    return [text[place] for place in range(len(text)) if not _can_be_printed(text, place)]


def words_problem(text: str) -> str | None:
    """Why authored words cannot be printed, in a sentence; None where they can."""
    strange = strange_in(unicodedata.normalize("NFC", text))
    shown = list(dict.fromkeys(character for character in strange if character.isprintable()))
    if not strange:
        return None
    if not shown:
        return "Certificates cannot print these words: they hold a character that cannot be seen."
    return f"Certificates cannot print {', '.join(shown[:5])}. They can print {SCRIPTS}."


def _can_be_printed(text: str, place: int) -> bool:
    character = text[place]
    if character == "\n":
        return True
    if character == NON_JOINER:  # parts the letters of many Persian names
        return joins(text[place - 1 : place]) and joins(text[place + 1 : place + 2])
    # Control and format characters go by their class: the typeface has an empty glyph for a few of them.
    return ord(character) <= _HIGHEST and unicodedata.category(character)[0] != "C" and can_draw(character)
