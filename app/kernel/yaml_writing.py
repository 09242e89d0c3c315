"""Writing plain values as the house writes YAML: long texts folded, short lists in brackets."""

import re
from typing import Any

from app.kernel.yaml_words import (
    WIDTH,
    folded,
    is_plain,
    literal,
    plain,
    quoted,
    single_quoted,
    word,
)

_SLUG_LIKE = re.compile(r"[A-Za-z0-9][\w.-]*")


def write(value: Any, indent: int = 0) -> str:
    """The value as YAML, every line `indent` spaces in, ending in a newline. Of dicts, lists and scalars.

    Raises ValueError for a value of another type, and for half a character.
    """
    value = plain(value)
    if isinstance(value, dict | list) and value:
        return "\n".join(_lines(value, indent)) + "\n"
    return " " * indent + scalar(value, column=indent, indent=indent + 2) + "\n"


def behind_name(value: Any, column: int, indent: int) -> str:
    """What stands behind a name whose colon ends in `column`: one line, or a block `indent` in."""
    if isinstance(value, dict | list) and value:
        line = in_brackets(value)
        if _is_short(value) and column + 1 + len(line) <= WIDTH:
            return f" {line}"
        return "\n" + "\n".join(_lines(value, indent))
    return " " + scalar(value, column=column + 1, indent=indent)


def behind_dash(value: Any, column: int) -> str:
    """What stands behind a dash in `column`, its further lines two spaces in from there."""
    if isinstance(value, dict | list) and value:
        return " " + "\n".join(_lines(value, column + 2)).lstrip(" ")
    return " " + scalar(value, column=column + 2, indent=column + 2)


def in_brackets(value: Any) -> str:
    """The value on one line, lists and mappings in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{word(name)}: {in_brackets(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_brackets(each) for each in value) + "]"
    return word(value)


def scalar(
    value: Any, *, column: int, indent: int, style: str | None = None, was: list[str] | None = None
) -> str:
    """One value that begins in `column`; the further lines of a block stand `indent` in.

    `style` is the mark that it had until now (quotation mark, > or |), `was` its folded lines: both are kept
    where the new text allows it.
    """
    if not isinstance(value, str):
        return in_brackets(value)
    fits = column + len(value) <= WIDTH
    if style == "|" or ("\n" in value and style != ">"):
        found = literal(value, indent)
    elif style == ">" or not fits:
        found = folded(value, indent, was)
    elif style == "'":
        found = single_quoted(value)
    elif style != '"' and is_plain(value, within_brackets=False):
        found = value
    else:
        found = None
    return found or quoted(value)


def _lines(value: Any, indent: int) -> list[str]:
    """The lines of a mapping or a list that is not empty."""
    space = " " * indent
    if isinstance(value, list):
        return "\n".join(f"{space}-{behind_dash(each, indent)}" for each in value).split("\n")
    lines = []
    for name, each in value.items():
        head = f"{space}{word(name)}:"
        lines += (head + behind_name(each, len(head), indent + 2)).split("\n")
    return lines


def _is_short(value: Any) -> bool:
    """Whether it is a list or mapping of mere numbers and slugs, which the house writes in brackets."""
    parts = value.values() if isinstance(value, dict) else value
    return all(
        isinstance(part, int | float) or (isinstance(part, str) and _SLUG_LIKE.fullmatch(part))
        for part in parts
    )
