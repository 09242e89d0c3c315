"""How large a drawing is, in CSS pixels, from what its root says."""

import re

from app.kernel.errors import Refusal
from app.library.drawings.copying import Element

LARGEST_SIDE = 2000  # CSS pixels; a drawing that says more is shown smaller, which costs it nothing
PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}

_NUMBER = r"(?:[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})"
_LENGTH = re.compile(rf"({_NUMBER})(px|pt|pc|mm|cm|in|)")
_VIEW_BOX = re.compile(rf"-?{_NUMBER}[\s,]+-?{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})")


def framed(root: Element) -> tuple[Element, int, int]:
    """The root with a view box, so that it shrinks whole, and its width and height.

    Raises Refusal for a drawing that does not say how large it is.
    """
    box = _VIEW_BOX.fullmatch(root.attributes.get("viewBox", ""))
    width, height = _length(root, "width"), _length(root, "height")
    if box and not (width and height):
        width, height = float(box[1]), float(box[2])
    if not (width and height):
        raise Refusal("This drawing does not say how large it is. Save it with a width and a height.")
    if not box:
        view = {"viewBox": f"0 0 {round(width, 2):g} {round(height, 2):g}"}
        root = Element(root.tag, root.attributes | view, root.children)
    scale = min(1, LARGEST_SIDE / max(width, height))
    return root, max(1, round(width * scale)), max(1, round(height * scale))


def _length(root: Element, name: str) -> float:
    found = _LENGTH.fullmatch(root.attributes.get(name, ""))
    return float(found[1]) * PIXELS[found[2]] if found else 0
