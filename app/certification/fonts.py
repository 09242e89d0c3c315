"""The typefaces of documents: Fira Sans, and one each for Arabic and Hebrew. Each is read once."""

from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import fontpkg_fira_sans
import fontpkg_heebo
import fontpkg_noto_sans_arabic
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FAMILY = "Fira Sans"
WEIGHTS = ("Thin", "ExtraLight", "Light", "Regular", "Medium", "SemiBold", "Bold", "ExtraBold", "Black")
ITALICS = ("Italic", *(f"{weight} Italic" for weight in WEIGHTS if weight != "Regular"))
NAMES = tuple(f"{FAMILY} {style}" for style in (*WEIGHTS, *ITALICS))

# Each steps in, whatever the style, for letters that the family does not have.
STAND_INS = {
    "Noto Sans Arabic": Path(fontpkg_noto_sans_arabic.ROOT) / "files" / "NotoSansArabic[wdth,wght].ttf",
    "Heebo": Path(fontpkg_heebo.ROOT) / "files" / "Heebo[wght].ttf",
}

_REGISTERING = Lock()


@cache
def font(name: str) -> TTFont:
    """One of NAMES or STAND_INS, registered with ReportLab. Raises KeyError for any other name."""
    if name not in NAMES and name not in STAND_INS:
        raise KeyError(name)
    with _REGISTERING:
        # ReportLab keeps the first font of a name and says nothing, so a name is registered once only.
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(_file(name)), asciiReadable=False))
        return pdfmetrics.getFont(name)


@lru_cache(maxsize=4096)
def width(text: str, name: str) -> float:
    """How wide a text runs, in ems: the points at a size of one point."""
    return float(font(name).stringWidth(text, 1))


def has_glyph(character: str, name: str = f"{FAMILY} Regular") -> bool:
    """Whether the typeface can draw a character. All styles of the family hold the same characters."""
    return ord(character) in font(name).face.charToGlyph


@lru_cache(maxsize=4096)
def face_for(character: str, name: str) -> str:
    """The typeface that draws a character: `name` itself, or the first stand-in that has it.

    Raises ValueError where none has: a missing letter would be drawn as an empty box, and nobody would hear.
    """
    for face in (name, *STAND_INS):
        if has_glyph(character, face):
            return face
    raise ValueError(f"no typeface has the character U+{ord(character):04X}")


def _file(name: str) -> Path:
    if name in STAND_INS:
        return STAND_INS[name]
    style = name.removeprefix(f"{FAMILY} ").replace(" ", "")
    return Path(fontpkg_fira_sans.ROOT) / "files" / f"FiraSans-{style}.ttf"
