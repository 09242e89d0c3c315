"""A form as its template shows it: every field with its words, what stands in it and what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.kernel.fields import DAY
from app.web.shared.forms import CONTROL
from app.web.studio.shapes.faults import Faults, Where
from app.web.studio.shapes.parts import Part
from app.web.studio.shapes.typed import Typed, to_pick_from

UNNAMED = "(nothing typed yet)"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One field. `name` is what it is sent under, `id` its id in the page; `focus` is where to look next.

    `control` is the kind of control: input, area, choose, colour, tick, rows or hidden. `next_one` is
    the label of the button that adds a row, "" where there may be no more. `picked` is where picking a
    colour begins.
    """

    control: str
    name: str
    id: str
    label: str
    hint: str
    optional: bool
    value: str
    ticked: bool
    fault: str
    offer: tuple[tuple[str, str], ...]
    lines: int
    type: str
    rows: tuple["ShownRow", ...]
    next_one: str
    focus: bool
    picked: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """One row of a list, and whether it can move."""

    name: str
    id: str
    title: str
    parts: tuple[Shown, ...]
    up: bool
    down: bool
    fault: str
    focus: bool


class _Look(NamedTuple):
    """What every field is shown by: the faults, where to look next, and the whole form."""

    faults: Faults
    focus: str
    whole: Typed


def show_parts(
    parts: Sequence[Part], typed: Typed, faults: Faults, focus: str = "", under: str = ""
) -> tuple[Shown, ...]:
    """The whole form. `focus` is the dotted name of the row or list to be looked at next.

    `under` is put before every name, where a page has two of these in one form.
    """
    above: Where = (under,) if under else ()
    placed = {(*above, *where): fault for where, fault in faults.items()}
    return _parts(parts, typed, above, _Look(placed, focus, typed))


def summary(parts: Sequence[Shown], faults: Faults) -> list[tuple[str, str]]:
    """Each fault with the id of its field, in the order of the form; those of nothing in particular first."""
    found = [(faults[where], "") for where in ((), ("id",)) if where in faults]
    return found + _summary(parts)


def _summary(parts: Sequence[Shown]) -> list[tuple[str, str]]:
    found = []
    for part in parts:
        if part.fault:
            found.append((part.fault, part.id))
        for row in part.rows:
            if row.fault:
                found.append((row.fault, row.id))
            found += _summary(row.parts)
    return found


def _parts(parts: Sequence[Part], typed: Typed, where: Where, look: _Look) -> tuple[Shown, ...]:
    return tuple(
        _part(part, typed[part.name], (*where, part.name), look) for part in parts if part.kind != "fixed"
    )


def _part(part: Part, typed: Any, where: Where, look: _Look) -> Shown:
    name = _dotted(where)
    rows = _rows(part, typed, where, look) if part.kind == "rows" else ()
    control, type_, lines = _control(part, typed)
    return Shown(
        control=control,
        name=name,
        id=_id(where),
        label=part.words.label,
        hint=part.words.hint,
        optional=part.optional and part.kind not in {"tick", "rows"},
        value="" if part.kind in {"rows", "tick"} else _text(typed),
        ticked=typed is True,
        fault="" if part.kind == "name" else look.faults.get(where, ""),
        offer=_offer(part, typed, look.whole),
        lines=lines,
        type=type_,
        rows=rows,
        next_one=f"Add {_lower(part.words.one)}" if part.kind == "rows" and len(rows) < part.most else "",
        focus=name == look.focus,
        picked=to_pick_from(str(typed)) if part.kind == "colour" else "",
    )


def _rows(part: Part, typed: list[Typed], where: Where, look: _Look) -> tuple[ShownRow, ...]:
    last = len(typed) - 1
    return tuple(
        ShownRow(
            name=_dotted((*where, at)),
            id=_id((*where, at)),
            title=f"{part.words.one} {at + 1}",
            parts=_parts(part.parts, row, (*where, at), look),
            up=at > 0,
            down=at < last,
            fault=look.faults.get((*where, at), "") or look.faults.get((*where, at, "id"), ""),
            focus=_dotted((*where, at)) == look.focus,
        )
        for at, row in enumerate(typed)
    )


def _control(part: Part, typed: Any) -> tuple[str, str, int]:
    """The control, the type of an input, and the lines that an area has at least.

    Words stand in an area even where they are one line: it grows with them, and nothing typed is hidden.
    """
    if part.kind in {"choose", "tick", "rows", "colour", "name"}:
        return {"name": "hidden"}.get(part.kind, part.kind), "", 0
    if part.kind == "date" and (not typed or DAY.fullmatch(typed)):
        return "input", "date", 0  # a browser would drop what is no day, and it must be shown again
    if part.kind in {"date", "number", "decimal"}:
        return "input", "text", 0
    if part.kind == "long":
        return "area", "", 4
    return "area", "", 2 if part.words.roomy or part.kind == "texts" else 1


def _offer(part: Part, typed: Any, whole: Typed) -> tuple[tuple[str, str], ...]:
    """What may be chosen. What stands there and is not among it is kept: nothing is lost by looking."""
    if part.kind != "choose":
        return ()
    own: list[tuple[str, str]] = []
    if part.siblings:
        own = [(row["id"], _row_words(row, at)) for at, row in enumerate(whole[part.siblings], 1)]
    offer = [("", "Choose"), *own, *part.offer]
    if part.offer and part.offer[0][0] == "":
        offer = [part.offer[0], *own, *part.offer[1:]]
    if typed and typed not in {value for value, _ in offer}:
        offer.append((_text(typed), f"{_text(typed)[:60]} (not there any more)"))
    return tuple(offer)


def _row_words(row: Typed, number: int) -> str:
    words = next((str(value) for name, value in row.items() if name != "id" and str(value).strip()), "")
    short = " ".join(_text(words).split()) if not words.startswith("[") else ""
    return f"{number}: {short[:60] or UNNAMED}"


def _text(typed: Any) -> str:
    return "\n".join(CONTROL.sub("\ufffd", line) for line in str(typed).split("\n"))


def _lower(one: str) -> str:
    return (
        f"a {one[:1].lower()}{one[1:]}"
        if one[:1].lower() not in "aeiou"
        else f"an {one[:1].lower()}{one[1:]}"
    )


def _dotted(where: Where) -> str:
    return ".".join(str(each) for each in where)


def _id(where: Where) -> str:
    return "field-" + "-".join(str(each) for each in where).replace("_", "-")
