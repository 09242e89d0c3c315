"""One field of a certificate as a form: what it asks for by its kind, and the way to design.yml and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from app.certification.sheet import CodeField, LogoField, RowsField, TextField
from app.kernel.errors import NotFound
from app.web.studio.design_shapes import ListLines, Standing
from app.web.studio.shapes import Faults, Offer, Part, Typed, Values, parts_of, values_of
from app.web.studio.shapes.faults import faults_of_shape
from app.web.studio.shapes.rows import drop_empty

KINDS: Mapping[str, tuple[type[BaseModel], str, str]] = {
    "text": (TextField, "Words", "A line or more of words, such as the name or the course."),
    "rows": (RowsField, "List", "A quiet list of facts: what it is on the left, the fact on the right."),
    "logo": (LogoField, "Logo", "A picture, such as the mark of who issues the certificate."),
    "qr": (CodeField, "Code to scan", "The square code that opens the page where it is checked."),
}
SHAPE = "design-field"
SHAPES = {"qr": "design-code"}
_PLACED = frozenset({"kind", "at", "below"})
_FIRST = ("text", "rows", "file", "alt")


def named(kind: str) -> str:
    """What a kind of field is called. Raises NotFound."""
    if kind not in KINDS:
        raise NotFound("There is no such kind of field.")
    return KINDS[kind][1]


def field_parts(kind: str, offers: Mapping[str, Offer]) -> tuple[Part, ...]:
    """What the form for a field of this kind asks for: what it holds, where it stands, how it looks."""
    own = parts_of(_model(kind), SHAPES.get(kind, SHAPE), offers=offers, without=_PLACED | {"rows"})
    lines = parts_of(ListLines, SHAPE) if kind == "rows" else ()
    first = [*(part for part in own if part.name in _FIRST), *lines]
    rest = [part for part in own if part.name not in _FIRST]
    # Which of the places is asked for depends on what was chosen above them: none of them is left to whim.
    standing = (replace(part, optional=False) for part in parts_of(Standing, SHAPE))
    return (*first, *standing, *rest)


def field_as_shown(field: Mapping[str, Any]) -> Values:
    """A field of design.yml as the form asks for it."""
    at = field.get("at")
    across, down = at if isinstance(at, list) and len(at) == 2 else ("", "")
    rows = field.get("rows")
    return {
        **field,
        "stands": "below" if "below" in field else "at",
        "across": across,
        "down": down,
        "rows": [dict(zip(("term", "description"), row, strict=False)) for row in _lists(rows)],
    }


def judge_field(kind: str, parts: Sequence[Part], typed: Typed) -> tuple[Values, Faults]:
    """The field as design.yml has it, and what its shapes refuse. Rows in which nothing was typed go."""
    drop_empty(parts, typed)
    values = values_of(parts, typed)
    standing = {name: value for name in Standing.model_fields if (value := values.pop(name)) != ""}
    faults = faults_of_shape(Standing, parts, standing) | _left_blank(standing)
    field = {"kind": kind, **values}
    if kind == "rows":
        faults |= faults_of_shape(ListLines, parts, {"rows": values["rows"]})
        field["rows"] = [[row.get("term", ""), row.get("description", "")] for row in values["rows"]]
    own = [part for part in parts if part.name != "rows"]
    # Where it stands has been judged: here any place will do.
    found = faults_of_shape(_model(kind), own, {**field, "at": [0, 0]})
    faults |= {where: said for where, said in found.items() if where[:1] != ("rows",)}
    return {**field, **_place(standing)}, faults


def in_order(field: Values, was: Mapping[str, Any]) -> Values:
    """The field with its parts in the order that they had before; new ones last."""
    names = [*(name for name in was if name in field), *(name for name in field if name not in was)]
    return {name: field[name] for name in names}


def fault_in_form(where: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where in the form a place within a field of design.yml is; () for the whole field."""
    if not where or where[0] == "kind":
        return ()
    if where[0] == "at":
        return ("across",) if where[1:] in {(), (0,)} else ("down",)
    if where[0] == "rows":
        names = ("term", "description")
        inner = [names[part] if at else part for at, part in enumerate(where[1:]) if isinstance(part, int)]
        return ("rows", *inner)
    return where[:1]


def _model(kind: str) -> type[BaseModel]:
    named(kind)
    return KINDS[kind][0]


def _lists(rows: Any) -> Iterator[list[Any]]:
    return (row for row in (rows if isinstance(rows, list) else []) if isinstance(row, list))


def _left_blank(standing: Values) -> Faults:
    asked = ("across", "down") if standing.get("stands") == "at" else ("below",)
    labels = {"across": "Across", "down": "Down", "below": "Gap above it"}
    return {(name,): f"{labels[name]} is empty." for name in asked if name not in standing}


def _place(standing: Values) -> Values:
    if standing.get("stands") == "below":
        return {"below": standing.get("below")}
    return {"at": [standing.get("across"), standing.get("down")]}
