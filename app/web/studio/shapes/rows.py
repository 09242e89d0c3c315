"""Rows that are added, moved and taken out by a button's press: a form is changed and shown again."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from app.web.studio.shapes.parts import Part
from app.web.studio.shapes.typed import NotWhole, Typed, blank

SAVE = "save"
_DEED = re.compile(r"(add|up|down|out) ([a-z_]+(?:\.[0-9]{1,3}\.[a-z_]+)*)(?:\.([0-9]{1,3}))?")
NEW = "new-"  # begins the name that a row has until it is saved
TEMPORARY = re.compile(r"new-([0-9]{1,6})")


class Deed(NamedTuple):
    """What a button does to a list of rows. `row` is -1 for adding one."""

    what: str
    rows: tuple[str | int, ...]
    row: int = -1


def read_deed(sent: str) -> Deed | None:
    """The deed in the value of the button that was pressed, None for saving. Raises NotWhole."""
    if sent == SAVE:
        return None
    found = _DEED.fullmatch(sent)
    if found is None or (found[1] == "add") != (found[3] is None):
        raise NotWhole("This form has no such button. Load the page again.")
    where = tuple(int(each) if each.isdigit() else each for each in found[2].split("."))
    return Deed(found[1], where, -1 if found[3] is None else int(found[3]))


def change_rows(parts: Sequence[Part], typed: Typed, deed: Deed) -> str:
    """Do it to `typed`. The dotted name of the row, or of the list, that is to be looked at next.

    Raises NotWhole for a row that is not there.
    """
    part, rows = _rows_at(parts, typed, deed.rows)
    under = ".".join(str(each) for each in deed.rows)
    if deed.what == "add":
        if len(rows) >= part.most:
            return under
        rows.append(_fresh(part, typed))
        return f"{under}.{len(rows) - 1}"
    if deed.row >= len(rows):
        raise NotWhole("There is no such row in this form. Load the page again.")
    row = rows.pop(deed.row)
    if deed.what == "out":
        return f"{under}.{deed.row}" if deed.row < len(rows) else under
    there = min(max(deed.row + (1 if deed.what == "down" else -1), 0), len(rows))
    rows.insert(there, row)
    return f"{under}.{there}"


def started(parts: Sequence[Part]) -> Typed:
    """A blank form whose rows have names for the time being, so that other fields can choose them."""
    typed = blank(parts)
    _name(parts, typed, count(1))
    return typed


def drop_empty(parts: Sequence[Part], typed: Typed) -> None:
    """Take out rows in which nothing was typed, as far as enough of them stay."""
    for part in parts:
        if part.kind != "rows":
            continue
        rows: list[Typed] = typed[part.name]
        for number in reversed(range(len(rows))):
            drop_empty(part.parts, rows[number])
            if len(rows) > part.fewest and _is_empty(part.parts, rows[number]):
                del rows[number]


def _is_empty(parts: Sequence[Part], row: Typed) -> bool:
    for part in parts:
        if part.kind == "rows" and any(not _is_empty(part.parts, each) for each in row[part.name]):
            return False
        if part.kind not in {"rows", "name", "fixed"} and str(row[part.name] or "").strip():
            return False
    return True


def _rows_at(parts: Sequence[Part], typed: Typed, where: Sequence[str | int]) -> tuple[Part, list[Typed]]:
    name, *rest = where
    part = next((each for each in parts if each.name == name and each.kind == "rows"), None)
    if part is None:
        raise NotWhole("This form has no such list. Load the page again.")
    rows: list[Typed] = typed[part.name]
    if not rest:
        return part, rows
    number, *inner = rest
    if not isinstance(number, int) or number >= len(rows):
        raise NotWhole("There is no such row in this form. Load the page again.")
    return _rows_at(part.parts, rows[number], inner)


def _fresh(part: Part, whole: Typed) -> Typed:
    row = blank(part.parts)
    highest = max(
        (int(found[1]) for name in _names(whole) if (found := TEMPORARY.fullmatch(name))), default=0
    )
    _name(part.parts, row, count(highest + 1))
    return row


def _name(parts: Sequence[Part], group: Typed, numbers: Iterator[int]) -> None:
    if "id" in group:
        group["id"] = f"{NEW}{next(numbers)}"
    for part in parts:
        if part.kind == "rows":
            for row in group[part.name]:
                _name(part.parts, row, numbers)


def _names(group: Typed) -> Iterator[str]:
    yield str(group.get("id", ""))
    for value in group.values():
        if isinstance(value, list):
            for row in value:
                yield from _names(row)
