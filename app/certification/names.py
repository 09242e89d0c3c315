"""The name that a certificate prints: what can be printed, and when two spellings are the same name."""

import re
import unicodedata

from app.certification.fonts import has_glyph

LONGEST = 60

_HIGHEST = 0xFFFF  # the PDF's text layer goes wrong above this, so such a name could not be read back
_SPACES = re.compile(r"\s+")
_LOOKALIKES = str.maketrans(dict.fromkeys("‘’ʼ`´", "'") | dict.fromkeys("‐‑‒–", "-"))


def tidy_name(text: str) -> str:
    """The name as it is printed: composed characters (NFC), single spaces, none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def printed_name_problem(text: str) -> str | None:
    """Why a name cannot be printed, in a sentence for the person who typed it; None where it can."""
    name = tidy_name(text)
    if not name:
        return "Type the name to print on your certificate."
    if len(name) > LONGEST:
        room = f"The certificate has room for {LONGEST} characters"
        return f"{room}, and this name has {len(name)}. Try a shorter form."
    strange = [character for character in name if not _can_be_printed(character)]
    if strange:
        return _sentence_about(strange)
    if not any(character.isalpha() for character in name):
        return "A name needs at least one letter."
    return None


def same_name(one: str, other: str) -> bool:
    """Whether a checker meant this name: capitals, spaces and the shape of dashes do not matter."""
    return _folded(one) == _folded(other)


def _can_be_printed(character: str) -> bool:
    # Control and format characters go by their class: the typeface has an empty glyph for a few of them.
    return ord(character) <= _HIGHEST and unicodedata.category(character)[0] != "C" and has_glyph(character)


def _sentence_about(strange: list[str]) -> str:
    shown = list(dict.fromkeys(character for character in strange if character.isprintable()))
    if not shown:
        return "This name holds an invisible character. Type it again here, rather than pasting it."
    return (
        f"We are sorry: our certificates cannot print {', '.join(shown[:5])} yet. They can print Latin, "
        "Greek, Cyrillic and Vietnamese letters. Use the spelling in one of these that you like best."
    )


def _folded(name: str) -> str:
    plain = tidy_name(name).translate(_LOOKALIKES)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", plain).casefold())
