"""A tree as it was written to a tree of what is allowed. What is not on the lists is not copied."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.library.drawings.allowed import ELEMENTS, GROUPS, LOOKS, WORDS, may_stand
from app.library.drawings.reading import Node
from app.library.drawings.styling import Room, Rule, looks_of, read_sheet

ANYWHERE = LOOKS | {"id", "xml:space"}


@dataclass
class Element:
    """An element of the copy. Text stands only within elements that hold words."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)


def copy(root: Node) -> Element:
    """The drawing's copy. Raises Refusal where its sheets give too much."""
    rules = read_sheet("\n".join(_sheets(root)))
    copied = _copied(root, rules, set(), Room())
    assert copied is not None, "the root is svg, which is on the list"
    return copied


def _sheets(node: Node) -> Iterator[str]:
    if node.tag == "style":
        yield "".join(child for child in node.children if isinstance(child, str))
    for child in node.children:
        if isinstance(child, Node):
            yield from _sheets(child)


def _copied(node: Node, rules: list[Rule], ids: set[str], room: Room) -> Element | None:
    tag = "g" if node.tag in GROUPS else node.tag
    if tag not in ELEMENTS:
        return None
    wanted = node.attributes | looks_of(node.tag, node.attributes, rules, room)
    known = ELEMENTS[tag] | ANYWHERE
    attributes = {
        name: " ".join(value.split())
        for name, value in wanted.items()
        if name in known and may_stand(name, " ".join(value.split()))
    }
    if attributes.get("id") in ids:
        del attributes["id"]
    ids.update({attributes["id"]} if "id" in attributes else ())
    element = Element(tag, attributes)
    for child in node.children:
        if isinstance(child, str):
            if tag in WORDS:
                element.children.append(child.replace("\r", " "))
        elif (copied := _copied(child, rules, ids, room)) is not None:
            element.children.append(copied)
    return element
