"""What differs between two texts, by passages: each change with a few of the lines around it.

A line that stayed mostly as it was is one line whose words are marked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.library.marking import Piece, mark
from app.library.matching import Gap, Work, gaps, match
from app.library.pairing import pair_up
from app.library.reading_lines import ReadLine, headings, read_lines

CONTEXT = 2  # lines that are kept before and after a change


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: its number before and after, where it has one, and its words."""

    kind: Literal["same", "added", "removed", "changed"]
    before: int | None
    after: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Lines that stand together around changes, and the heading or the question that they stand under."""

    heading: str
    lines: tuple[Line, ...]


def passages(path: str, before: str, after: str, work: Work) -> Iterator[Passage]:
    """What differs between two texts of one file. Nothing where only spaces and ends of lines do."""
    old, new = read_lines(before), read_lines(after)
    lines = list(_lines(old, new, work))
    changed = [at for at, line in enumerate(lines) if line.kind != "same"]
    called, called_before = dict(_numbered(path, new)), dict(_numbered(path, old))
    for first, last in _stretches(changed, len(lines)):
        begins = next(line for line in lines[first:] if line.kind != "same")
        heading = called[begins.after] if begins.after else called_before[begins.before or 0]
        yield Passage(heading=heading, lines=tuple(lines[first:last]))


def _numbered(path: str, lines: list[ReadLine]) -> Iterator[tuple[int, str]]:
    yield from zip((line.number for line in lines), headings(path, lines), strict=True)


def _stretches(changed: list[int], length: int) -> Iterator[tuple[int, int]]:
    """From and to of what is kept around the changed lines."""
    start = end = -1
    for at in changed:
        if start >= 0 and at - CONTEXT > end:
            yield start, end
            start = -1
        start = max(0, at - CONTEXT) if start < 0 else start
        end = min(length, at + CONTEXT + 1)
    if start >= 0:
        yield start, end


def _lines(old: list[ReadLine], new: list[ReadLine], work: Work) -> Iterator[Line]:
    """The lines of both texts in one order."""
    pairs = match([line.text for line in old], [line.text for line in new], work)
    for gap in gaps(pairs, len(old), len(new)):
        yield from _changed(old, new, gap, work)
        if gap[1] < len(old):
            before, after = old[gap[1]], new[gap[3]]
            yield _line("same", before, after, (Piece("same", after.text),))


def _changed(old: list[ReadLine], new: list[ReadLine], gap: Gap, work: Work) -> Iterator[Line]:
    """The lines between two that stayed: those that became others, and those that came or went."""
    gone, come = old[gap[0] : gap[1]], new[gap[2] : gap[3]]
    if not gone and not come:
        return
    pairs = pair_up([line.text for line in gone], [line.text for line in come], work)
    for start, end, other_start, other_end in gaps(pairs, len(gone), len(come)):
        yield from (_whole("removed", line) for line in gone[start:end])
        yield from (_whole("added", line) for line in come[other_start:other_end])
        if end < len(gone):
            yield from _became(gone[end], come[other_end], work)


def _became(before: ReadLine, after: ReadLine, work: Work) -> Iterator[Line]:
    pieces = mark(before.text, after.text, work)
    if pieces is None:
        yield from (_whole("removed", before), _whole("added", after))
    else:
        yield _line("changed", before, after, pieces)


def _whole(kind: Literal["added", "removed"], line: ReadLine) -> Line:
    pieces = (Piece(kind, line.text),)
    return _line(kind, line, None, pieces) if kind == "removed" else _line(kind, None, line, pieces)


def _line(
    kind: Literal["same", "added", "removed", "changed"],
    before: ReadLine | None,
    after: ReadLine | None,
    pieces: tuple[Piece, ...],
) -> Line:
    return Line(
        kind=kind,
        before=before.number if before else None,
        after=after.number if after else None,
        pieces=pieces,
    )
