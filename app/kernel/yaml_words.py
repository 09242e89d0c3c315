"""One value of YAML as the house writes it: plain where it cannot be misread, else folded or quoted."""

import re
from typing import Any

from app.kernel.loading import load_with_nodes

WIDTH = 118  # columns, as the shipped courses are wrapped

_OPENING = re.compile(r"[\w(£€$.…“‘]")
_OLD_WORDS = {"y", "n", "yes", "no", "on", "off"}  # other readers of YAML take these for true and false
_UNPRINTABLE = re.compile(
    r"[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BREAK = re.compile(r"(?<=[^ \t\n]) (?=[^ \t\n])")
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def plain(value: Any) -> Any:
    """The value in Python's own types, as reading it would give it back: days become words.

    Raises ValueError for what YAML here cannot hold.
    """
    if value is None or isinstance(value, bool):
        return value
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, dict):
        return {plain(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise ValueError(f"A {type(value).__name__} cannot be written.")


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are alike to the type: 1 is neither true nor "1"."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def word(value: Any) -> str:
    """A value on one line, safe anywhere: behind a colon, behind a dash and within brackets."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if is_plain(value):
        return str(value)
    return quoted(value)


def is_plain(value: str, *, within_brackets: bool = True) -> bool:
    """Whether a text needs no quotation marks."""
    if (
        not _OPENING.match(value)
        or value.lower() in _OLD_WORDS
        or "\n" in value
        or _UNPRINTABLE.search(value)
    ):
        return False
    if ": " in value or " #" in value or value.endswith(":") or value != value.strip():
        return False
    if within_brackets and re.search(r"[\[\]{},]|:(?=\W)", value):
        return False
    return reads(f"- {value}\n- k: {value}\n", [value, {"k": value}])


def quoted(value: str) -> str:
    """A text in double quotation marks, on one line whatever is in it. Raises ValueError."""
    value.encode("utf-16")
    return '"' + "".join(_SHORT.get(each) or _escaped(each) for each in value) + '"'


def single_quoted(value: str) -> str | None:
    """A text in single quotation marks, or None where it needs more than one line or an escape."""
    text = "'" + value.replace("'", "''") + "'"
    return text if "\n" not in value and reads(f"k: {text}\n", {"k": value}) else None


def folded(value: str, indent: int, was: list[str] | None = None) -> str | None:
    """A text behind `>-` on lines of its own, or None where folding would change it.

    `was` are its lines until now, without their indentation: those before a change stay as they are.
    """
    if was and "\n" not in value and (kept := _kept(value, indent, was)):
        lines = kept
    else:
        lines = []
        for paragraph in re.sub("\n+", lambda breaks: breaks[0] + "\n", value).split("\n"):
            lines += wrapped(paragraph, indent)
    return _block(">-", value, lines, indent)


def literal(value: str, indent: int) -> str | None:
    """A text behind `|-`, its lines as they are, or None where that would change it."""
    body, ending = (value[:-1], "|") if value.endswith("\n") else (value, "|-")
    return _block(ending, value, body.split("\n"), indent)


def wrapped(text: str, indent: int) -> list[str]:
    """The text broken at single spaces into lines that fit."""
    lines: list[str] = []
    for piece in _BREAK.split(text):
        if lines and len(lines[-1]) + 1 + len(piece) <= max(WIDTH - indent, 40):
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def reads(text: str, value: Any) -> bool:
    """Whether YAML reads this text as exactly this value."""
    try:
        return same(plain(load_with_nodes(text)[0]), value)
    except ValueError:
        return False


def _block(head: str, value: str, lines: list[str], indent: int) -> str | None:
    """The block, unless it is misread, or a line of it would close the lesson's block that it stands in."""
    if any(line.startswith("///") for line in lines):
        return None
    body = "".join(f"  {line}\n" if line else "\n" for line in lines)
    if not reads(f"k: {head}\n{body}z: 1\n", {"k": value, "z": 1}):
        return None
    return "\n".join([head, *(" " * indent + line if line else "" for line in lines)])


def _kept(value: str, indent: int, was: list[str]) -> list[str] | None:
    """The lines until now with only those near the change wrapped anew, or None where none are left."""
    pieces = _BREAK.split(value)
    first = 0
    while first < len(was) and pieces[: len(line := _BREAK.split(was[first]))] == line:
        pieces, first = pieces[len(line) :], first + 1
    last = len(was)
    while last > first and pieces[-len(line := _BREAK.split(was[last - 1])) :] == line:
        pieces, last = pieces[: -len(line)], last - 1
    if first and pieces and len(was[first - 1]) + 1 + len(pieces[0]) <= WIDTH - indent:
        first -= 1
        pieces = [*_BREAK.split(was[first]), *pieces]
    middle = wrapped(" ".join(pieces), indent) if pieces else []
    ragged = middle and last < len(was) and len(middle[-1]) < (WIDTH - indent) * 0.6
    rest = wrapped(" ".join([*middle, *was[last:]]), indent) if ragged else middle + was[last:]
    return was[:first] + rest or None


def _escaped(character: str) -> str:
    if not _UNPRINTABLE.match(character):
        return character
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"
