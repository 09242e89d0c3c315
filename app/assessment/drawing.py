"""Which question of each slot a paper asks, and in which order its choices stand.

Everything follows from the seed, from ids, and from when this learner last saw which question.
The key plays no part.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.assessment.model import Slot
from app.assessment.questions import Question, choice_order

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One line of a paper."""

    slot: Slot
    question: Question
    order: tuple[str, ...]


def draw(slots: Iterable[Slot], last_seen: Mapping[str, datetime], seed: str) -> tuple[Drawn, ...]:
    """One question a slot: one never seen if there is one, else the one seen longest ago.

    `last_seen` is by question id, over all of the learner's attempts. The seed settles between equals.
    """
    drawn = ((slot, min(slot.questions, key=lambda each: _turn(each, last_seen, seed))) for slot in slots)
    return tuple(
        Drawn(slot=slot, question=question, order=choice_order(question, seed)) for slot, question in drawn
    )


def _turn(question: Question, last_seen: Mapping[str, datetime], seed: str) -> tuple[datetime, bytes]:
    lot = hashlib.sha256(f"{seed}/draw/{question.id}".encode()).digest()
    return last_seen.get(question.id, _NEVER), lot
