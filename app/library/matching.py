"""Which parts of two sequences stayed as they were, found in about the time that reading them takes.

Parts that stand once in both are anchors; what lies between two of them is matched in the same way, and a
small gap without any by its longest common part. Where the work that is allowed runs out, a gap is left as
wholly changed: true, only less fine.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Pairs = list[tuple[int, int]]  # places of the same part in both, ascending in both
Gap = tuple[int, int, int, int]  # from and to in the one, from and to in the other

SMALL = 40_000  # cells: what a gap without an anchor may have, to be looked into


@dataclass
class Work:
    """How much may still be compared, in steps of well under a microsecond. `coarse` once it did not do."""

    left: int
    coarse: bool = False

    def take(self, steps: int) -> bool:
        """Whether there is as much left; if so it is used."""
        if steps > self.left:
            self.coarse = True
            return False
        self.left -= steps
        return True


def match(before: Sequence[str], after: Sequence[str], work: Work) -> Pairs:
    """The parts that both have, in the same order."""
    pairs: Pairs = []
    waiting: list[Gap] = [(0, len(before), 0, len(after))]
    while waiting:
        gap = _within(before, after, waiting.pop(), pairs)
        start, end, other_start, other_end = gap
        if start == end or other_start == other_end or not work.take(end - start + other_end - other_start):
            continue
        anchors = _anchors(before, after, gap)
        cells = (end - start) * (other_end - other_start)
        if anchors:
            pairs += anchors
            waiting += _between(anchors, gap)
        elif cells > SMALL:
            work.coarse = True
        elif work.take(cells):
            pairs += _longest(before, after, gap)
    return sorted(pairs)


def gaps(pairs: Pairs, length: int, other_length: int) -> Iterator[Gap]:
    """What lies before, between and after the pairs; empty gaps too."""
    ends = [(-1, -1), *pairs, (length, other_length)]
    for (place, other), (next_place, next_other) in pairwise(ends):
        yield place + 1, next_place, other + 1, next_other


def _within(before: Sequence[str], after: Sequence[str], gap: Gap, pairs: Pairs) -> Gap:
    """The gap without what is the same at its beginning and end, which is added to the pairs."""
    start, end, other_start, other_end = gap
    while start < end and other_start < other_end and before[start] == after[other_start]:
        pairs.append((start, other_start))
        start, other_start = start + 1, other_start + 1
    while start < end and other_start < other_end and before[end - 1] == after[other_end - 1]:
        end, other_end = end - 1, other_end - 1
        pairs.append((end, other_end))
    return start, end, other_start, other_end


def _anchors(before: Sequence[str], after: Sequence[str], gap: Gap) -> Pairs:
    """What stands once in both sides of the gap, as far as it stands in the same order."""
    start, end, other_start, other_end = gap
    often, often_after = Counter(before[start:end]), Counter(after[other_start:other_end])
    places = {part: place for place, part in enumerate(before[start:end], start) if often[part] == 1}
    common = [
        (places[part], other)
        for other, part in enumerate(after[other_start:other_end], other_start)
        if part in places and often_after[part] == 1
    ]
    return _ascending(common)


def _ascending(pairs: Pairs) -> Pairs:
    """As many of the pairs as ascend in both: the second of each does already."""
    lowest: list[int] = []
    last: list[int] = []
    came_from: list[int] = []
    for at, (place, _) in enumerate(pairs):
        length = bisect_left(lowest, place)
        came_from.append(last[length - 1] if length else -1)
        if length == len(lowest):
            lowest.append(place)
            last.append(at)
        else:
            lowest[length], last[length] = place, at
    found, at = [], last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = came_from[at]
    return found[::-1]


def _between(anchors: Pairs, gap: Gap) -> list[Gap]:
    start, end, other_start, other_end = gap
    ends = [(start - 1, other_start - 1), *anchors, (end, other_end)]
    return [
        (place + 1, next_place, other + 1, next_other)
        for (place, other), (next_place, next_other) in pairwise(ends)
    ]


def _longest(before: Sequence[str], after: Sequence[str], gap: Gap) -> Pairs:
    """The longest common part of a small gap, by the usual table."""
    start, end, other_start, other_end = gap
    table = [[0] * (other_end - other_start + 1)]
    for place in range(end - 1, start - 1, -1):
        below, row = table[-1], [0] * (other_end - other_start + 1)
        for column in range(other_end - other_start - 1, -1, -1):
            same = before[place] == after[other_start + column]
            row[column] = below[column + 1] + 1 if same else max(below[column], row[column + 1])
        table.append(row)
    table.reverse()
    found, row_at, column = [], 0, 0
    while row_at < end - start and column < other_end - other_start:
        if before[start + row_at] == after[other_start + column]:
            found.append((start + row_at, other_start + column))
            row_at, column = row_at + 1, column + 1
        elif table[row_at + 1][column] >= table[row_at][column + 1]:
            row_at += 1
        else:
            column += 1
    return found
