"""A text as its lines are read: a paragraph that was broken into lines is one, and each has its heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BROKEN = 60  # letters: a line of at least so many goes on in the next, unless that begins something new
BEGINS = re.compile(r"\s*(?:[-*+>#|]|\d+[.)]\s|/{3}|:{3}|`{3}|[\w\-]+:(?:\s|$))")
HEADING = re.compile(r"#{1,6}\s+(.*)")
ANCHOR = re.compile(r"\{#[\w-]+\}$")
FIELD = re.compile(r"( *)((?:- )*)(?:\{)?([\w\-]+):\s*([^{}\[\]]*)")
NAMED = {"slots": "", "questions": "question "}
LONGEST_HEADING = 120


@dataclass(frozen=True)
class ReadLine:
    """A line as it is read: where it begins, counted from 1, and its words, its indent kept."""

    number: int
    text: str


def read_lines(text: str) -> list[ReadLine]:
    """The lines of a text that say something. Where the lines of a paragraph break does not matter."""
    found: list[ReadLine] = []
    goes_on = False
    parts: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        said = line.rstrip()
        if goes_on and said and not BEGINS.match(said):
            parts.append(" ".join(said.split()))
        else:
            if parts:
                found.append(ReadLine(start, " ".join(parts)))
            indent = said[: len(said) - len(said.lstrip())].expandtabs(4)
            parts, start = [indent + " ".join(said.split())] if said else [], number
        goes_on = len(said) >= BROKEN and not said.startswith("#")
    return [*found, ReadLine(start, " ".join(parts))] if parts else found


def headings(path: str, lines: list[ReadLine]) -> list[str]:
    """For each line the nearest heading above it: a section's, or its slot's and question's."""
    if path.endswith(".md"):
        return list(_sections(lines))
    if path.endswith((".yml", ".yaml")):
        return [_called(items) for items in _items(lines)]
    return [""] * len(lines)


def _sections(lines: list[ReadLine]) -> Iterator[str]:
    heading = ""
    for line in lines:
        found = HEADING.match(line.text)
        heading = ANCHOR.sub("", found[1].rstrip()).rstrip()[:LONGEST_HEADING] if found else heading
        yield heading


@dataclass
class _Item:
    """An entry of a list: how far it is set in, the list's name, and what the entry is called."""

    indent: int
    within: str
    id: str = ""
    title: str = ""


def _items(lines: list[ReadLine]) -> Iterator[tuple[_Item, ...]]:
    """For each line the entries that it stands in. Their titles may come later than the line."""
    lists: list[tuple[int, str]] = []
    items: list[_Item] = []
    kept = []
    for line in lines:
        found = FIELD.match(line.text)
        if found:
            indent, name, value = len(found[1]), found[3], found[4].strip().strip("'\"")
            if found[2]:
                items = [item for item in items if item.indent < indent]
                lists = [one for one in lists if one[0] <= indent]
                items.append(_Item(indent, lists[-1][1] if lists else ""))
            inner = indent + len(found[2])
            items = [item for item in items if item.indent < inner]
            lists = [one for one in lists if one[0] < inner]
            if not value:
                lists.append((inner, name))
            elif items and items[-1].indent + 2 == inner and name in {"id", "title"}:
                setattr(items[-1], name, value)
        kept.append(tuple(item for item in items if item.within in NAMED))
    yield from kept


def _called(items: tuple[_Item, ...]) -> str:
    names = [item.title or f"{NAMED[item.within]}{item.id}" for item in items if item.title or item.id]
    return ", ".join(names)[:LONGEST_HEADING]
