"""The XML of a drawing to a tree. No entity is expanded, nothing is fetched, and the tree has limits."""

from dataclasses import dataclass, field
from xml.parsers import expat

from app.kernel.errors import Refusal

MOST_NODES = 10_000
DEEPEST = 40
SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "http://www.w3.org/1999/xlink href"
XML_SPACE = "http://www.w3.org/XML/1998/namespace space"
RENAMED = {XLINK_HREF: "href", XML_SPACE: "xml:space"}

NOT_READ = "This drawing cannot be read. Save it again as plain SVG, or as a PNG."


@dataclass
class Node:
    """An element as it was written. `tag` is empty where it is not one of SVG's own."""

    tag: str
    attributes: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)


def read(body: bytes) -> Node:
    """The root of the drawing. Raises Refusal."""
    reader = _Reader()
    try:
        text = body.decode("utf-8-sig")
        reader.parser.Parse(text.encode(), True)
    except (UnicodeDecodeError, expat.ExpatError):
        raise Refusal(NOT_READ) from None
    if reader.root is None or reader.root.tag != "svg":
        raise Refusal("This file is not a drawing: it does not begin with svg.")
    return reader.root


class _Reader:
    """What the parser tells, put into a tree."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._nodes = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES or len(self._open) >= DEEPEST:
            raise Refusal("This drawing has too many parts. Make it simpler, or save it as a PNG.")
        node = Node(_tag(name), _plain(attributes))
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].children.append(text)

    def _entity(self, *_declared: object) -> None:
        raise Refusal("This drawing declares entities, which are not used here. Save it as plain SVG.")


def _tag(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if space in {"", SVG} else ""


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes without a namespace, and the two of other namespaces that SVG uses."""
    renamed = {RENAMED[name]: value for name, value in attributes.items() if name in RENAMED}
    return renamed | {name: value for name, value in attributes.items() if " " not in name}
