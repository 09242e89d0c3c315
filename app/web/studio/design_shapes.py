"""A design's look as a form: its own shape, since design.yml keeps colours and typefaces by name."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field as Limits

from app.certification.sheet import Length, Margin
from app.kernel.fields import Authored, Colour, Line, Listed, Slug
from app.library.naming import slug_from
from app.web.studio.shapes import Faults, Values

MARGINS = ("top", "right", "bottom", "left")
MOST_LINES = 5
_BETWEEN = re.compile(r"[\s,;]+(?:and[\s,;]+)?")


class NamedColour(Authored):
    id: Slug
    name: Line
    colour: Colour


class NamedTypeface(Authored):
    id: Slug
    name: Line
    typeface: Line


class Look(Authored):
    """What holds for the whole page."""

    title: Line
    palette: Annotated[tuple[NamedColour, ...], Listed, Limits(min_length=1, max_length=24)]
    fonts: Annotated[tuple[NamedTypeface, ...], Listed, Limits(min_length=1, max_length=12)]
    stamp_colour: Slug
    frame: str = ""
    frame_colour: Slug | None = None
    top: Margin
    right: Margin
    bottom: Margin
    left: Margin


class Standing(Authored):
    """Where a field stands. `across` and `down` go with a place, `below` with what comes before."""

    stands: Literal["at", "below"]
    across: Length | None = None
    down: Length | None = None
    below: Length | None = None


class ListLine(Authored):
    term: Line
    description: Line


class ListLines(Authored):
    """The lines of a list."""

    rows: Annotated[tuple[ListLine, ...], Listed, Limits(min_length=1, max_length=20)]


class Written(NamedTuple):
    """The parts of design.yml that a look comes to, a name's new one, and what is wrong."""

    parts: Values
    renamed: Mapping[str, Mapping[str, str]]
    faults: Faults


def look_as_shown(sheet: Mapping[str, Any]) -> Values:
    """What stands in design.yml as the form asks for it. What cannot be made out is left blank."""
    palette, fonts, margins, frame = (
        found if isinstance(found := sheet.get(name), Mapping) else {}
        for name in ("palette", "fonts", "margins", "frame")
    )
    insets = frame.get("insets", [])
    return {
        "title": sheet.get("title", ""),
        "palette": [{"id": name, "name": name, "colour": colour} for name, colour in palette.items()],
        "fonts": [{"id": name, "name": name, "typeface": face} for name, face in fonts.items()],
        "stamp_colour": sheet.get("stamp_colour", ""),
        "frame": " and ".join(map(str, insets)) if isinstance(insets, list) else "",
        "frame_colour": frame.get("colour", ""),
        **{side: margins.get(side, "") for side in MARGINS},
    }


def look_as_written(values: Values) -> Written:
    """The other way, for values that the shape has taken."""
    faults: Faults = {}
    colours = _named(values["palette"], "palette", "colour", faults)
    typefaces = _named(values["fonts"], "fonts", "typeface", faults)
    renamed = {"palette": _renamed(values["palette"]), "fonts": _renamed(values["fonts"])}
    insets = _insets(values.get("frame", ""), faults)
    if insets and not values.get("frame_colour"):
        faults[("frame_colour",)] = "Choose a colour for the lines round the page."

    def now(name: str) -> str:
        return renamed["palette"].get(name, name)

    parts: Values = {
        "title": values["title"],
        "margins": {side: values[side] for side in MARGINS},
        "palette": colours,
        "fonts": typefaces,
        "frame": {"insets": insets, "colour": now(values.get("frame_colour", ""))} if insets else None,
        "stamp_colour": now(values["stamp_colour"]),
    }
    return Written(parts, renamed, faults)


def _key(row: Mapping[str, str]) -> str:
    return slug_from(row["name"], row["id"])


def _named(rows: list[dict[str, str]], part: str, what: str, faults: Faults) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, row in enumerate(rows):
        if _key(row) in found:
            faults[(part, number, "name")] = f"Another {what} has this name. Give it one of its own."
        found[_key(row)] = row[what]
    return found


def _renamed(rows: list[dict[str, str]]) -> dict[str, str]:
    return {row["id"]: _key(row) for row in rows if _key(row) != row["id"]}


def _insets(typed: str, faults: Faults) -> list[float]:
    found: list[float] = []
    for word in filter(None, _BETWEEN.split(typed.strip())):
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", word) or float(word) > 100:
            faults[("frame",)] = "Write how far in each line stands, in millimetres, such as: 9 and 11.5."
            return []
        found.append(float(word) if "." in word else int(word))
    if len(found) > MOST_LINES:
        faults[("frame",)] = f"There may be {MOST_LINES} lines round the page at most."
    return found
