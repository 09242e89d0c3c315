"""Drawings (SVG): copied by a list of what a drawing may hold, never cleaned in place. Pure.

A copy holds shapes, text and colours, and refers to nothing but itself: no script, no style sheet, no link,
no picture within it, no movement. Copying a copy gives the same bytes.
"""

from dataclasses import dataclass

from app.kernel.errors import Refusal
from app.library.drawings.copying import copy
from app.library.drawings.measuring import framed
from app.library.drawings.reading import read
from app.library.drawings.weighing import check_weight
from app.library.drawings.writing import write

LARGEST_DRAWING = 500_000  # bytes
TOO_LARGE = "This drawing is larger than 500 KB. Make it simpler, or save it as a PNG."


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A safe copy of a drawing, with its width and height in CSS pixels."""

    body: bytes
    width: int
    height: int


def copy_drawing(body: bytes) -> Drawing:
    """The drawing in these bytes. Raises Refusal for what is no drawing, or too much of one."""
    if len(body) > LARGEST_DRAWING:
        raise Refusal(TOO_LARGE)
    root = copy(read(body))
    check_weight(root)
    whole, width, height = framed(root)
    written = write(whole)
    if len(written) > LARGEST_DRAWING:
        raise Refusal(TOO_LARGE)
    return Drawing(body=written, width=width, height=height)
