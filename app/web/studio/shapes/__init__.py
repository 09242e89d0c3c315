"""Forms worked out from the pydantic shapes by which authored YAML is read.

    parts = parts_of(model, "scenario", offers={...})   what the form asks for
    typed = filled(parts, values) or started(parts)     what stands in it at first
    sent = read(parts, request.form)                    what was sent: typed again, and a deed
    values, faults = judge(model, parts, sent.typed)    plain values, and each fault at its field
    show_parts(parts, typed, faults, focus)             for the component shape-form.html

A row is added, moved or taken out by a submit button (`do` is "add choices", "up choices.1", "down ...",
"out ..."): the door shows the form again with everything typed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel
from werkzeug.datastructures import MultiDict

from app.web.studio.shapes.faults import Faults, faults_of_checks, faults_of_shape
from app.web.studio.shapes.naming import name_new, slug_of, unused
from app.web.studio.shapes.parts import Offer, Part, parts_of
from app.web.studio.shapes.rows import change_rows, drop_empty, read_deed, started
from app.web.studio.shapes.showing import Shown, show_parts, summary
from app.web.studio.shapes.typed import NotWhole, Typed, Values, blank, filled, posted, values_of

__all__ = [
    "Faults",
    "NotWhole",
    "Offer",
    "Part",
    "Sent",
    "Shown",
    "Typed",
    "Values",
    "blank",
    "faults_of_checks",
    "filled",
    "judge",
    "parts_of",
    "posted",
    "read",
    "show_parts",
    "slug_of",
    "started",
    "summary",
    "unused",
    "values_of",
]


class Sent(NamedTuple):
    """A form that was sent. `saves` is false where a row was changed; `focus` is then where to look next."""

    typed: Typed
    saves: bool
    focus: str = ""


def read(parts: Sequence[Part], form: "MultiDict[str, str]") -> Sent:
    """What was sent, with the rows as the pressed button left them. Raises NotWhole (a 400)."""
    typed = posted(parts, form)
    deed = read_deed(form.get("do", "save"))
    if deed is None:
        return Sent(typed, True)
    return Sent(typed, False, change_rows(parts, typed, deed))


def judge(
    model: type[BaseModel], parts: Sequence[Part], typed: Typed, taken: frozenset[str] = frozenset()
) -> tuple[Values, Faults]:
    """The plain values of what was typed, and what the shape itself refuses of them.

    `typed` is put in order: rows in which nothing was typed go, and what is new gets a name in the file that
    is not among `taken`.
    """
    drop_empty(parts, typed)
    name_new(parts, typed, taken)
    values = values_of(parts, typed)
    return values, faults_of_shape(model, parts, values)
