"""A copy's tree to bytes, in one spelling."""

from xml.sax.saxutils import escape, quoteattr

from app.library.drawings.copying import Element
from app.library.drawings.reading import SVG


def write(root: Element) -> bytes:
    """The drawing as a file."""
    return (_written(root, f' xmlns="{SVG}"') + "\n").encode()


def _written(element: Element, space: str = "") -> str:
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in element.attributes.items())
    inside = "".join(
        escape(child) if isinstance(child, str) else _written(child) for child in element.children
    )
    start = f"<{element.tag}{space}{attributes}"
    return f"{start}>{inside}</{element.tag}>" if inside else f"{start}/>"
