"""The typefaces of certificates: Fira Sans, from its font package. Each is read once per process."""

from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import fontpkg_fira_sans
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FAMILY = "Fira Sans"
WEIGHTS = ("Thin", "ExtraLight", "Light", "Regular", "Medium", "SemiBold", "Bold", "ExtraBold", "Black")
ITALICS = ("Italic", *(f"{weight} Italic" for weight in WEIGHTS if weight != "Regular"))
NAMES = tuple(f"{FAMILY} {style}" for style in (*WEIGHTS, *ITALICS))

_REGISTERING = Lock()


@cache
def font(name: str) -> TTFont:
    """One of NAMES, registered with ReportLab. Raises KeyError for any other name."""
    if name not in NAMES:
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


def _file(name: str) -> Path:
    style = name.removeprefix(f"{FAMILY} ").replace(" ", "")
    return Path(fontpkg_fira_sans.ROOT) / "files" / f"FiraSans-{style}.ttf"
