"""The words that were added and taken out inside one line, for a reader: whole words, in few pieces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from app.library.matching import Pairs, Work, match

Kind = Literal["same", "added", "removed"]

WORD = re.compile(r"(\w+(?:['’\-]\w+)*|[^\w\s])(\s*)")
ALIKE = 0.35  # of their letters: with less in common, two lines are read better one after the other
ISLAND = 4  # letters: what stayed between two changes and is no longer than this is read better with them


@dataclass(frozen=True)
class Piece:
    """A stretch of a line, and whether it was there before and is there now."""

    kind: Kind
    text: str


@dataclass
class _Pieces:
    """The pieces as they come. What was taken out stands before what came instead."""

    found: list[Piece] = field(default_factory=list)
    removed: str = ""
    added: str = ""

    def stay(self, text: str) -> None:
        if not text:
            return
        self.flush()
        if self.found and self.found[-1].kind == "same":
            text = self.found.pop().text + text
        self.found.append(Piece("same", text))

    def flush(self) -> None:
        both = self.removed.strip() and self.added.strip()
        space = " " if both and self.removed.endswith(" ") and self.added.endswith(" ") else ""
        if space:
            self.removed, self.added = self.removed[:-1], self.added[:-1]
        if self.removed:
            self.found.append(Piece("removed", self.removed))
        if self.added:
            self.found.append(Piece("added", self.added))
        if space:
            self.found.append(Piece("same", space))
        self.removed = self.added = ""


def mark(before: str, after: str, work: Work) -> tuple[Piece, ...] | None:
    """Both lines as one. None where they have too little in common, or comparing them is too much work."""
    words, new_words = WORD.findall(before), WORD.findall(after)
    if not work.take(len(words) + len(new_words)):
        return None
    pairs = match([word for word, _ in words], [word for word, _ in new_words], work)
    pairs = list(_without_islands(pairs, [word for word, _ in words]))
    stayed = sum(len(words[place][0]) for place, _ in pairs)
    letters = sum(len(word) for word, _ in words) + sum(len(word) for word, _ in new_words)
    if 2 * stayed < ALIKE * letters:
        return None
    pieces = _Pieces()
    _indent(pieces, before, after)
    place = other = 0
    for at, other_at in [*pairs, (len(words), len(new_words))]:
        pieces.removed += "".join(word + space for word, space in words[place:at])
        pieces.added += "".join(word + space for word, space in new_words[other:other_at])
        place, other = at + 1, other_at + 1
        if at < len(words):
            _word(pieces, words[at], new_words[other_at])
    pieces.flush()
    return tuple(pieces.found)


def _indent(pieces: _Pieces, before: str, after: str) -> None:
    indent, new_indent = (text[: len(text) - len(text.lstrip())] for text in (before, after))
    if indent == new_indent:
        pieces.stay(indent)
    else:
        pieces.removed, pieces.added = indent, new_indent


def _word(pieces: _Pieces, old: tuple[str, str], new: tuple[str, str]) -> None:
    """A word that stayed, and the space after it, which may have come or gone."""
    word, space = new
    pieces.stay(word)
    if bool(space) == bool(old[1]):
        pieces.stay(space)
    else:
        pieces.removed, pieces.added = old[1], space


def _without_islands(pairs: Pairs, words: list[str]) -> Iterator[tuple[int, int]]:
    """The pairs but for a few letters that stayed between two changes."""
    runs: list[Pairs] = []
    for pair in pairs:
        if runs and (runs[-1][-1][0] + 1, runs[-1][-1][1] + 1) == pair:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    changed = [_changed(one, other) for one, other in pairwise(runs)]
    for at, run in enumerate(runs):
        inside = 0 < at < len(runs) - 1
        letters = sum(len(words[place]) for place, _ in run)
        if not (inside and letters <= ISLAND and min(changed[at - 1], changed[at]) > 1):
            yield from run


def _changed(run: Pairs, next_run: Pairs) -> int:
    """How many words were taken out and added between two runs."""
    return next_run[0][0] - run[-1][0] - 1 + next_run[0][1] - run[-1][1] - 1
