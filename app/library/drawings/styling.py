"""Style sheets within a drawing, turned into attributes: a copy has no sheet and no style of its own.

Only rules for a class, an element or an id are understood, which is what drawing programs write.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.kernel.errors import Refusal
from app.library.drawings.allowed import LOOKS, may_stand

MOST_RULES = 500
MOST_LOOKS = 2_000_000  # characters that the rules give to all elements together

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(r"([.#]?)([^\W\d][\w\-]*)")
_WEIGHTS = {"": 0, ".": 1, "#": 2}


@dataclass(frozen=True)
class Rule:
    """What a selector of one part gives: its mark (none, . or #), its name, and looks by property.

    `size` is how many characters the looks have.
    """

    mark: str
    name: str
    looks: Mapping[str, str]
    size: int


@dataclass
class Room:
    """How many characters the rules may still give. A rule is short, and each element may repeat it."""

    left: int = MOST_LOOKS

    def take(self, size: int) -> None:
        """Use so much of it. Raises Refusal where there is no more."""
        self.left -= size
        if self.left < 0:
            raise Refusal("This drawing styles its parts too often. Save it as a PNG.")


def read_sheet(text: str) -> list[Rule]:
    """The rules of a sheet that can be understood, weakest first."""
    rules = [
        Rule(found[1], found[2], looks, sum(map(len, [*looks, *looks.values()])))
        for selectors, declared in _parts(_COMMENT.sub(" ", text))
        if (looks := dict(declarations(declared)))
        for selector in selectors.split(",")
        if (found := _SELECTOR.fullmatch(selector.strip()))
    ]
    return sorted(rules[:MOST_RULES], key=lambda rule: _WEIGHTS[rule.mark])


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """What stands before and within each pair of braces that holds no other."""
    for part in text.split("}")[:-1]:
        before, brace, declared = part.rpartition("{")
        if brace:
            yield before.rpartition("{")[2], declared


def looks_of(tag: str, attributes: Mapping[str, str], rules: list[Rule], room: Room) -> dict[str, str]:
    """The looks that an element has from the rules and from its own style. Raises Refusal."""
    names = {"": {tag}, ".": set(attributes.get("class", "").split()), "#": {attributes.get("id", "")}}
    found: dict[str, str] = {}
    for rule in rules:
        if rule.name in names[rule.mark]:
            room.take(rule.size)
            found |= rule.looks
    return found | dict(declarations(attributes.get("style", "")))


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """The looks in `fill: red; stroke: none` that may stand in a drawing."""
    for each in text.split(";"):
        name, _, value = each.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if name == "marker":
            yield from (
                (f"marker-{place}", value)
                for place in ("start", "mid", "end")
                if may_stand("marker-end", value)
            )
        elif name in LOOKS and value and may_stand(name, value):
            yield name, value
