"""Which few questions come back after a pass: on what was missed most, and new to the person if any are.

Everything follows from the seed, from ids, and from what this person missed and saw. The key plays no part.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from app.assessment.drawing import Drawn
from app.assessment.model import Slot
from app.assessment.questions import Question, choice_order

ASKED = 3  # questions: two minutes, which people have on an ordinary morning


def draw_weakest(
    slots: Sequence[Slot],
    *,
    misses: Mapping[str, int],
    asked: Collection[str],
    last_seen: Mapping[str, datetime],
    seed: str,
) -> tuple[Drawn, ...]:
    """Three questions, or as many as there are, the weakest slot's first.

    `misses` says in how many rounds each slot was missed, `asked` which slots a follow-up asked before, and
    `last_seen` when each question was last before the person. Questions never seen come first: one of each
    slot by its weakness, then a second of each. Only then what was seen, longest ago first. Among equals what
    was asked before comes later, and then the seed decides.
    """
    ranked = sorted(slots, key=lambda slot: (-misses.get(slot.id, 0), slot.id in asked, _lot(slot.id, seed)))
    lines = [*_unseen(ranked, last_seen, seed), *_seen(ranked, last_seen)][:ASKED]
    return tuple(
        Drawn(slot=slot, question=question, order=choice_order(question, seed)) for slot, question in lines
    )


def _unseen(
    ranked: Sequence[Slot], last_seen: Mapping[str, datetime], seed: str
) -> Iterator[tuple[Slot, Question]]:
    fresh = [
        (
            slot,
            sorted(
                (one for one in slot.questions if one.id not in last_seen), key=lambda one: _lot(one.id, seed)
            ),
        )
        for slot in ranked
    ]
    for turn in range(ASKED):
        yield from ((slot, questions[turn]) for slot, questions in fresh if turn < len(questions))


def _seen(ranked: Sequence[Slot], last_seen: Mapping[str, datetime]) -> list[tuple[Slot, Question]]:
    seen = [(slot, one) for slot in ranked for one in slot.questions if one.id in last_seen]
    return sorted(seen, key=lambda line: last_seen[line[1].id])


def _lot(id_: str, seed: str) -> bytes:
    return hashlib.sha256(f"{seed}/follow-up/{id_}".encode()).digest()
