"""Which line became which: pairs of changed lines that share most of their words, in their order."""

import re
from collections.abc import Sequence

from app.library.matching import Pairs, Work

MOST = 10_000  # pairs that are weighed against each other
SHARED = 0.4  # of their words: with less in common, one line is not the other one changed
WORD = re.compile(r"\w+")


def pair_up(before: Sequence[str], after: Sequence[str], work: Work) -> Pairs:
    """The places of lines that are each other's, so that they share as many words as can be."""
    cells = len(before) * len(after)
    words, new_words = ([set(WORD.findall(line)) for line in lines] for lines in (before, after))
    shorter = min(sum(map(len, words)) * len(after), sum(map(len, new_words)) * len(before))
    if cells > MOST or not work.take(3 * cells + shorter):
        work.coarse = work.coarse or cells > MOST
        return []
    alike = [[_alike(one, other) for other in new_words] for one in words]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for place in range(len(before) - 1, -1, -1):
        for other in range(len(after) - 1, -1, -1):
            together = best[place + 1][other + 1] + alike[place][other] if alike[place][other] else 0.0
            best[place][other] = max(together, best[place + 1][other], best[place][other + 1])
    found, place, other = [], 0, 0
    while place < len(before) and other < len(after):
        if best[place][other] == best[place + 1][other]:
            place += 1
        elif best[place][other] == best[place][other + 1]:
            other += 1
        else:
            found.append((place, other))
            place, other = place + 1, other + 1
    return found


def _alike(words: set[str], others: set[str]) -> float:
    """The share of words that both have, 0 where it is too small to mean anything."""
    if not words or not others:
        return 0.0
    shared = 2 * len(words & others) / (len(words) + len(others))
    return shared if shared >= SHARED else 0.0
