"""What is wrong with what was typed, each fault at its field: by the same shapes and checks as the files."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.kernel.authored import load_yaml, place
from app.kernel.problems import Problem
from app.kernel.sentences import about_field
from app.web.studio.shapes.parts import Part
from app.web.studio.shapes.typed import Values

Where = tuple[str | int, ...]
Faults = dict[Where, str]  # where in the form -> a sentence and the mend; () is the whole form
Check = Callable[[Any], list[Problem]]  # a tree of load_yaml -> what is wrong with it

# What YAML cannot hold as it stands, and nobody means to type.
_CANNOT_BE_KEPT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def faults_of_shape(model: type[BaseModel], parts: Sequence[Part], values: Values) -> Faults:
    """What the shape itself refuses: too long, missing, no number."""
    faults: Faults = {
        where: "This holds a character that cannot be kept. Type it again."
        for where, text in _texts(values, ())
        if _CANNOT_BE_KEPT.search(text)
    }
    try:
        model.model_validate(values)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            where, part = _resolve(parts, error["loc"])
            if part is None and where:
                continue  # a field that this form leaves alone
            faults.setdefault(where, _sentence(model, part, error, where))
    return {**_not_offered(parts, values, ()), **faults}


def _not_offered(parts: Sequence[Part], values: Values, above: Where) -> Faults:
    """What was chosen and is not among what there is. Rows of the same form are left to the checks."""
    faults: Faults = {}
    for part in parts:
        value = values.get(part.name)
        if part.kind == "choose" and not part.siblings and value:
            if value not in {each for each, _ in part.offer}:
                faults[(*above, part.name)] = f"{part.words.label}: choose one of those that there are."
        elif part.kind == "rows":
            for at, row in enumerate(value or []):
                faults |= _not_offered(part.parts, row, (*above, part.name, at))
    return faults


def faults_of_checks(text: str, check: Check, under: Where = ()) -> Faults:
    """What the checks of the file itself say of `text`, which is sound YAML. Warnings are left to the desk.

    `under` leads from the top of the text to what the form holds.
    """
    node, problems = load_yaml("", text)
    if node is None:
        return {(): problems[0].sentence}
    spots = spots_of(node)
    faults: Faults = {}
    for problem in check(node):
        if problem.level == "error":
            where = spots.get((problem.line, problem.column), ())
            inside = where[len(under) :] if where[: len(under)] == under else ()
            faults.setdefault(inside, f"{problem.sentence} {problem.fix}".strip())
    return faults


def spots_of(node: Any) -> dict[tuple[int, int], Where]:
    """Line and column -> the innermost thing that begins there."""
    found: dict[tuple[int, int], Where] = {}
    for where in _ways(node, ()):
        found[place(node, where)] = where
    return found


def _ways(node: Any, above: Where) -> Iterator[Where]:
    inner = node.items() if isinstance(node, Mapping) else enumerate(node if isinstance(node, list) else [])
    for key, value in inner:
        yield (*above, key)
        yield from _ways(value, (*above, key))


def _texts(value: Any, above: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield above, value
    inner = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else [])
    for key, each in inner:
        yield from _texts(each, (*above, key))


def _resolve(parts: Sequence[Part], loc: Sequence[str | int]) -> tuple[Where, Part | None]:
    """Where in the form a place in the shape is, and its part; what pydantic adds is passed over."""
    where: list[str | int] = []
    part: Part | None = None
    inner: Sequence[Part] = parts
    for each in loc:
        if isinstance(each, int):
            if part is not None and part.kind == "rows":
                where.append(each)
            continue
        found = next((one for one in inner if one.name == each), None)
        if found is not None:
            where.append(each)
            part, inner = found, found.parts
        elif part is None:
            return (str(each),), None
    return tuple(where), part


def _sentence(model: type[BaseModel], part: Part | None, error: ErrorDetails, where: Where) -> str:
    if part is None:
        return error["msg"].removeprefix("Value error, ")
    label = part.words.label
    if part.kind == "rows" and where and isinstance(where[-1], int):
        label = f"{part.words.one} {where[-1] + 1}"
    if error["type"] == "missing" or _is_empty(error):
        return f"{label}: choose one." if part.kind == "choose" else f"{label} is empty."
    if part.kind == "choose":
        return f"{label}: choose one of those that there are."
    said, fix = about_field(model, cast(ErrorDetails, {**error, "loc": (label,)}))
    return f"{said} {fix}".strip()


def _is_empty(error: ErrorDetails) -> bool:
    return bool(error.get("input") == "")
