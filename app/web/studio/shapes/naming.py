"""Names in the file for what is new: made from what was typed, so that nobody has to think of them.

A name that is there stays for ever, since people's records hang on it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from app.web.studio.shapes.parts import Part
from app.web.studio.shapes.rows import TEMPORARY
from app.web.studio.shapes.typed import Typed

LONGEST = 36
_PASSED_OVER = {
    *("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "so", "that"),
    *("the", "this", "to", "was", "what", "which", "with", "you", "your"),
}
# An id can be seen in the page: these would tell which choice is right.
_TELLING = {"correct", "right", "wrong", "true", "false", "key", "answer", "distractor", "best", "worst"}


def name_new(parts: Sequence[Part], typed: Typed, taken: frozenset[str] = frozenset()) -> None:
    """Give everything in the form that has no name of its own one that neither it nor `taken` has."""
    known = set(taken) | {name for name in _names(parts, typed) if not _is_new(name)}
    given: dict[str, str] = {}
    for own, group in _groups(parts, typed):
        if "id" in group and _is_new(group["id"]):
            name = unused(slug_of(_first_words(own, group)), known)
            given[group["id"]] = name
            group["id"] = name
            known.add(name)
    given.pop("", None)
    _follow(parts, typed, given)


def slug_of(text: str) -> str:
    """A short slug out of a text's first telling words; "part" where it has none."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    telling = [word for word in words if word not in _PASSED_OVER | _TELLING][:4]
    slug = "-".join(telling)[:LONGEST].strip("-")
    return slug or "part"


def unused(slug: str, taken: set[str] | frozenset[str]) -> str:
    """The slug, or the slug with the first number that makes it nobody else's."""
    if slug not in taken:
        return slug
    return next(name for number in range(2, 10_000) if (name := f"{slug}-{number}") not in taken)


def _is_new(name: Any) -> bool:
    return not name or TEMPORARY.fullmatch(str(name)) is not None


def _first_words(parts: Sequence[Part], group: Typed) -> str:
    """What was typed first into it, or else what was chosen."""
    typed = [group[part.name] for part in parts if part.kind in {"text", "long"}]
    chosen = [group[part.name] for part in parts if part.kind == "choose"]
    return next((words for words in (*typed, *chosen) if words.strip()), "")


def _groups(parts: Sequence[Part], typed: Typed) -> Iterator[tuple[Sequence[Part], Typed]]:
    yield parts, typed
    for part in parts:
        if part.kind == "rows":
            for row in typed[part.name]:
                yield from _groups(part.parts, row)


def _names(parts: Sequence[Part], typed: Typed) -> Iterator[str]:
    return (str(group["id"]) for _, group in _groups(parts, typed) if "id" in group)


def _follow(parts: Sequence[Part], typed: Typed, given: dict[str, str]) -> None:
    """Lead what names a row of the form to the name that the row has now."""
    for part in parts:
        if part.siblings:
            typed[part.name] = given.get(typed[part.name], typed[part.name])
        elif part.kind == "rows":
            for row in typed[part.name]:
                _follow(part.parts, row, given)
