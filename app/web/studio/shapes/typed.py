"""What stands in a form: filled from authored values, read from what was sent, turned back into values.

Everything typed stays text until it is turned back, so that a form can be shown again exactly as it was.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from app.kernel.errors import Refusal
from app.kernel.fields import COLOUR
from app.web.studio.shapes.parts import MOST_ROWS, Kind, Part

Typed = dict[str, Any]  # part's name -> text, whether ticked, or a list of such dicts for rows
Values = dict[str, Any]  # as the YAML is read: text, numbers, true, lists, groups

_ROWS = re.compile(r"[0-9]{1,3}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,6}\.[0-9]{1,3}")
_BARE_COLOUR = re.compile(r"[0-9a-f]{6}")
NO_COLOUR = "#000000"  # what a browser's own control shows where nothing has been chosen


class NotWhole(Refusal):
    """What was sent lacks fields that the page has: nothing of it can be used."""


def blank(parts: Sequence[Part]) -> Typed:
    """A form in which nothing stands yet, with as many rows as are needed at least."""
    return {part.name: _nothing(part) for part in parts}


def filled(parts: Sequence[Part], values: Mapping[str, Any]) -> Typed:
    """A form in which these values stand. What is not of the right kind is shown as well as it can be."""
    return {
        part.name: _fill(part, values[part.name]) if part.name in values else _nothing_yet(part)
        for part in parts
    }


def posted(parts: Sequence[Part], form: "MultiDict[str, str]", above: str = "") -> Typed:
    """What was sent. Raises NotWhole."""
    return {part.name: _read(part, form, f"{above}{part.name}") for part in parts}


def values_of(parts: Sequence[Part], typed: Typed) -> Values:
    """The values as the YAML would hold them: what may be left out and is empty is left out."""
    found = {part.name: _value(part, typed[part.name]) for part in parts}
    left_out = {part.name for part in parts if part.optional and found[part.name] in ("", False, [], None)}
    return {name: value for name, value in found.items() if name not in left_out}


def _nothing(part: Part) -> Any:
    if part.kind == "rows":
        return [blank(part.parts) for _ in range(part.fewest)]
    return _nothing_yet(part)


def _nothing_yet(part: Part) -> Any:
    if part.kind == "fixed":
        return part.offer[0][0]
    return {"rows": [], "tick": False}.get(part.kind, "")


def _fill(part: Part, value: Any) -> Any:
    if part.kind == "rows":
        rows = value if isinstance(value, list | tuple) else []
        return [filled(part.parts, row if isinstance(row, Mapping) else {}) for row in rows]
    if part.kind == "texts":
        return "\n".join(str(each) for each in value) if isinstance(value, list | tuple) else str(value)
    if part.kind == "tick":
        return value is True
    return "" if value is None else str(value).strip("\n")


def _read(part: Part, form: "MultiDict[str, str]", name: str) -> Any:
    if part.kind == "fixed":
        return part.offer[0][0]
    if part.kind == "tick":
        return name in form
    if part.kind == "rows":
        count = form.get(f"{name}.rows", "")
        if not _ROWS.fullmatch(count) or int(count) > MOST_ROWS:
            raise NotWhole(
                "This form did not arrive whole. Go back, load the page again and send it once more."
            )
        return [posted(part.parts, form, f"{name}.{number}.") for number in range(int(count))]
    if name in form and part.kind == "colour":
        return _colour(form, name)
    if name not in form:
        raise NotWhole("This form did not arrive whole. Go back, load the page again and send it once more.")
    return form[name].replace("\r\n", "\n").replace("\r", "\n")


def _value(part: Part, typed: Any) -> Any:
    if part.kind == "rows":
        return [values_of(part.parts, row) for row in typed]
    if part.kind == "tick":
        return typed
    if part.kind == "texts":
        return [line.strip() for line in typed.split("\n") if line.strip()]
    if part.kind == "long":
        return "\n".join(line.rstrip() for line in typed.strip().split("\n"))
    return _one(part.kind, " ".join(typed.split()))


def _one(kind: Kind, text: str) -> str | int | float:
    """What a line of text is, where it is a number or a colour."""
    if kind == "colour":
        return f"#{text.lower()}" if _BARE_COLOUR.fullmatch(text.lower()) else text.lower()
    if kind == "decimal" and _DECIMAL.fullmatch(text):
        return float(text)
    return int(text) if kind in {"number", "decimal"} and _NUMBER.fullmatch(text) else text


def _colour(form: "MultiDict[str, str]", name: str) -> str:
    """What was typed; or what was picked beside it, where only that was changed."""
    typed, picked = form[name], form.get(f"{name}.picked", "")
    untouched = typed == form.get(f"{name}.was") and picked != to_pick_from(typed)
    return picked if untouched and COLOUR.fullmatch(picked) else typed


def to_pick_from(typed: str) -> str:
    """The colour at which a browser's own control begins."""
    return typed if COLOUR.fullmatch(typed) else NO_COLOUR
