"""How much a drawing asks of whoever shows it, once everything that it refers to stands where it is used."""

from collections.abc import Iterator

from app.kernel.errors import Refusal
from app.library.drawings.allowed import REFERENCE
from app.library.drawings.copying import Element

HEAVIEST = 50_000  # elements to draw
LONGEST_CHAIN = 5  # parts that use parts that use parts

TOO_MUCH = "This drawing repeats its parts too often. Save it as a PNG."


def check_weight(root: Element) -> None:
    """Refuse a drawing whose parts hold each other in a ring, or multiply."""
    parts = {element.attributes["id"]: element for element in _all(root) if "id" in element.attributes}
    if _Scale(parts).weight(root) > HEAVIEST:
        raise Refusal(TOO_MUCH)


class _Scale:
    """Weighs each part that has an id once."""

    def __init__(self, parts: dict[str, Element]) -> None:
        self._parts = parts
        self._known: dict[str, int] = {}
        self._within: set[str] = set()

    def weight(self, element: Element) -> int:
        own = 1 + sum(self._part(name) for name in _references(element))
        return own + sum(self.weight(child) for child in element.children if isinstance(child, Element))

    def _part(self, name: str) -> int:
        if name not in self._parts:
            return 0
        if name not in self._known:
            if name in self._within or len(self._within) >= LONGEST_CHAIN:
                raise Refusal(TOO_MUCH)
            self._within.add(name)
            self._known[name] = self.weight(self._parts[name])
            self._within.discard(name)
        return self._known[name]


def _all(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from _all(child)


def _references(element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name == "href":
            yield value.removeprefix("#")
        else:
            yield from REFERENCE.findall(value)
