"""The name that a certificate prints, and what can be printed."""

import re
import unicodedata

from app.certification.printable import SCRIPTS, strange_in

LONGEST = 60

_SPACES = re.compile(r"\s+")


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
    if strange := strange_in(name):
        return _sentence_about(strange)
    if not any(character.isalpha() for character in name):
        return "A name needs at least one letter."
    return None


def _sentence_about(strange: list[str]) -> str:
    shown = list(dict.fromkeys(character for character in strange if character.isprintable()))
    if not shown:
        return "This name holds an invisible character. Type it again here, rather than pasting it."
    return (
        f"We are sorry: our certificates cannot print {', '.join(shown[:5])} yet. They can print {SCRIPTS}. "
        "Use the spelling in one of these that you like best."
    )
