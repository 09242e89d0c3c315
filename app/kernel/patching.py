"""Changing authored YAML: what is not meant keeps its comments, its order, its quoting and its empty lines.

A path is a tuple of names and numbers, such as `("slots", 0, "title")`. Every patch is read again, and one
that does not say exactly what is meant is never handed back.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

from ruamel.yaml.nodes import Node

from app.kernel.errors import Refusal
from app.kernel.loading import load_with_nodes
from app.kernel.yaml_chunks import Splice, spliced
from app.kernel.yaml_revising import Plan, arrange, revise
from app.kernel.yaml_spans import Entry, entries
from app.kernel.yaml_words import plain, same
from app.kernel.yaml_writing import write

Path = Sequence[str | int]

_ODD = "This part of the file is written in a way that a form cannot change. Change it in its source."


class CannotPatch(Refusal):
    """The text cannot be read, has nothing at that place, or cannot hold that value."""


def put(text: str, path: Path, value: Any) -> str:
    """Give the part at `path` this value; a name that is missing is added. Parts with an `id` are told by it.

    `value` is a dict, list, text, number, day, bool or None. Raises CannotPatch.
    """
    was, _ = _read(text)
    return _patched(text, _with(was, path, value))


def add(text: str, path: Path, value: Any, at: int | None = None) -> str:
    """Put another part into the list at `path`, before its part number `at`, or last. Raises CannotPatch."""
    parts = value_at(text, path, []) or []
    if not isinstance(parts, list):
        raise CannotPatch("There is no list here to add to.")
    at = len(parts) if at is None else max(0, min(at, len(parts)))
    plan: Plan = list(enumerate(parts))
    plan.insert(at, (None, _plain(value)))
    return _arranged(text, path, plan)


def take_out(text: str, path: Path) -> str:
    """Take the part at `path` out, with the comment right above it. Raises CannotPatch."""
    above, last = tuple(path[:-1]), path[-1]
    parts = value_at(text, above)
    if isinstance(parts, dict):
        return _patched(text, _with(_read(text)[0], above, _without(parts, last)))
    _check_number(parts, last)
    return _arranged(text, above, [(number, part) for number, part in enumerate(parts) if number != last])


def move(text: str, path: Path, to: int) -> str:
    """Let the part of a list at `path` be number `to` of it. Raises CannotPatch."""
    above, last = tuple(path[:-1]), path[-1]
    parts = value_at(text, above)
    _check_number(parts, last)
    plan: Plan = list(enumerate(parts))
    moved = plan.pop(int(last))
    plan.insert(max(0, to), moved)
    return _arranged(text, above, plan)


def value_at(text: str, path: Path, default: Any = None) -> Any:
    """The plain value at `path`, or `default` where there is none. Raises CannotPatch."""
    value, _ = _read(text)
    for part in path:
        if not _has(value, part):
            return default
        value = value[part]
    return deepcopy(value)  # what was read is remembered, so nobody else may change it


def _patched(text: str, meant: Any) -> str:
    """The text with the whole value `meant`."""
    was, node = _read(text)
    if node is None or type(was) is not type(meant) or not was or not meant:
        return _checked(_over(text if node is None else "", meant), meant)
    return _made(text, meant, lambda: revise(text, _root(text, node), was, meant, root=True))


def _arranged(text: str, path: Path, plan: Plan) -> str:
    """The text in which the list at `path` has the parts of the plan."""
    was, node = _read(text)
    parts = [part for _, part in plan]
    meant = _with(was, path, parts)
    here, value = node, was
    for part in path:
        if here is None or not _has(value, part):
            return _patched(text, meant)
        number = list(value).index(part) if isinstance(value, dict) else int(part)
        here, value = entries(text, here)[number].node, value[part]
    if here is None or not value or not parts:
        return _patched(text, meant)
    listed = here
    return _made(text, meant, lambda: arrange(text, listed, value, plan))


def _made(text: str, meant: Any, splices: Callable[[], list[Splice]]) -> str:
    try:
        return _checked(spliced(text, 0, len(text), splices()), meant)
    except (ValueError, LookupError) as error:
        raise CannotPatch(_ODD) from error


def _checked(text: str, meant: Any) -> str:
    try:
        if same(_read(text)[0], meant):
            return text
    except CannotPatch:
        pass
    raise CannotPatch(_ODD)


@lru_cache(maxsize=8)
def _read(text: str) -> tuple[Any, Node | None]:
    try:
        value, node = load_with_nodes(text)
        return plain(value), node
    except ValueError:
        raise CannotPatch("This file holds a mistake in its YAML. Mend it in its source first.") from None


def _over(text: str, meant: Any) -> str:
    """A text of comments alone, and the value beneath them."""
    return (text.rstrip("\n") + "\n" if text.strip() else "") + write(meant)


def _root(text: str, node: Node) -> Entry:
    return Entry(name=0, node=node, start=0, after=0, end=len(text))


def _with(value: Any, path: Path, new: Any) -> Any:
    """A copy of the value with `new` at the path. Raises CannotPatch where the path leads nowhere."""
    if not path:
        return _plain(new)
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        _check_number(value, part)
        return [_with(each, rest, new) if number == part else each for number, each in enumerate(value)]
    if value is not None and not isinstance(value, dict):
        raise CannotPatch(f"There is no place for {part} here.")
    return {**(value or {}), part: _with((value or {}).get(part), rest, new)}


def _without(parts: dict[str, Any], name: str | int) -> dict[str, Any]:
    if name not in parts:
        raise CannotPatch(f"There is no {name} here.")
    return {each: value for each, value in parts.items() if each != name}


def _plain(value: Any) -> Any:
    try:
        return plain(value)
    except ValueError as error:
        raise CannotPatch("This cannot be kept in a file.") from error


def _has(value: Any, part: str | int) -> bool:
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value)


def _check_number(parts: Any, number: str | int) -> None:
    if not isinstance(parts, list) or not _has(parts, number):
        raise CannotPatch("There is nothing at this place of the list.")
