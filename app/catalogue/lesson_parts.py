"""A lesson's file taken apart for a form, and put together again from what was typed. Pure: text to text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.catalogue.fences import put_front_matter
from app.catalogue.scanner import end_of_front_matter
from app.kernel.authored import load_yaml

DASHES = "---\n"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a form shows of a lesson.

    Where `in_fields` is false the front matter cannot be told apart: then `text` is the whole file.
    """

    title: str = ""
    minutes: str = ""
    outcomes: tuple[str, ...] = ()
    text: str
    in_fields: bool = True


def take_apart(file: str) -> Parts:
    """The parts of a lesson's file, whatever state it is in."""
    lines = file.split("\n")
    body = end_of_front_matter(lines)
    if body is None:
        return Parts(text=file, in_fields=False)
    node, _ = load_yaml("", "\n".join(lines[1 : body - 1]))
    fields = {} if _is_empty(lines[1 : body - 1]) else node
    if not isinstance(fields, Mapping) or not _fit(fields):
        return Parts(text=file, in_fields=False)
    return Parts(
        title=str(fields.get("title", "")),
        minutes=str(fields.get("minutes", "")),
        outcomes=tuple(fields.get("outcomes", ())),
        text="\n".join(lines[body:]),
    )


def put_together(file: str, typed: Parts) -> str:
    """The file with what was typed; the rest of its front matter stays as it was, comments and order too.

    Raises CannotPatch for a field that its front matter cannot hold.
    """
    text = in_plain_lines(typed.text)
    text += "" if text.endswith("\n") else "\n"
    if not typed.in_fields:
        return text
    was, head = take_apart(file), _head(file)
    changes = {name: value for name, value in _values(typed).items() if value != _values(was)[name]}
    if not was.in_fields:
        head, changes = f"{DASHES}{DASHES}", _values(typed)
    return (put_front_matter(head, changes) if changes else head) + text


def in_plain_lines(typed: str) -> str:
    """What a browser sends ends its lines in two characters; a file here ends them in one."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def _head(file: str) -> str:
    """The front matter with its lines of dashes; "" where there is none."""
    lines = file.split("\n")
    return "".join(f"{line}\n" for line in lines[: end_of_front_matter(lines) or 0])


def _is_empty(lines: list[str]) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in lines)


def _fit(fields: Mapping[str, Any]) -> bool:
    """Whether the fields of a form can hold these without losing anything."""
    outcomes = fields.get("outcomes", [])
    listed = isinstance(outcomes, list) and all(isinstance(one, str) for one in outcomes)
    lines = (fields.get("title", ""), fields.get("minutes", ""))
    return listed and all(isinstance(one, str | int) and "\n" not in str(one) for one in lines)


def _values(parts: Parts) -> dict[str, Any]:
    minutes = parts.minutes.strip()
    whole = minutes.isascii() and minutes.isdigit() and len(minutes) < 10
    return {
        "title": " ".join(parts.title.split()),
        "outcomes": list(parts.outcomes),
        "minutes": int(minutes) if whole else minutes,
    }
