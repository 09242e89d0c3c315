"""Changing the text of test.yml or practice.yml by a form: slots and questions by their ids. Pure.

Comments, order and everything that is not meant stay as they are. A file with a mistake in its YAML cannot be
changed here: everything raises CannotPatch then, and NotFound where the id leads nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.kernel.errors import NotFound, Refusal
from app.kernel.patching import add, move, put, take_out, value_at

Values = dict[str, Any]
Where = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class SlotSeen:
    """A slot as it stands in the file, sound or not."""

    id: str
    values: Values
    questions: tuple[Values, ...]


def slots_in(text: str) -> tuple[SlotSeen, ...]:
    """The slots of test.yml, in order."""
    return tuple(
        SlotSeen(id=str(slot.get("id", "")), values=slot, questions=_groups(slot, "questions"))
        for slot in _groups(value_at(text, ()), "slots")
    )


def questions_in(text: str) -> tuple[Values, ...]:
    """Every question of test.yml or practice.yml, in order."""
    whole = value_at(text, ())
    inner = [each for slot in _groups(whole, "slots") for each in _groups(slot, "questions")]
    return (*inner, *_groups(whole, "questions"))


def find_slot(text: str, slot: str) -> Where:
    """Where the slot stands. Raises NotFound."""
    for at, each in enumerate(_list(value_at(text, ()), "slots")):
        if isinstance(each, Mapping) and each.get("id") == slot:
            return "slots", at
    raise NotFound("There is no such part of the test.")


def find_question(text: str, question: str) -> Where:
    """Where the question stands, in a slot of test.yml or in practice.yml. Raises NotFound."""
    whole = value_at(text, ())
    holders: list[tuple[Where, Any]] = [((), whole)]
    holders += [(("slots", at), slot) for at, slot in enumerate(_list(whole, "slots"))]
    for above, holder in holders:
        for at, each in enumerate(_list(holder, "questions")):
            if isinstance(each, Mapping) and each.get("id") == question:
                return (*above, "questions", at)
    raise NotFound("There is no such question.")


def question_at(text: str, question: str) -> Values:
    """What the file says of the question. Raises NotFound."""
    values: Values = value_at(text, find_question(text, question))
    return values


def put_question(text: str, question: str, values: Values) -> str:
    """The question with these values."""
    return put(text, find_question(text, question), values)


def add_question(text: str, slot: str, values: Values) -> str:
    """One more question at the end of a slot, or of practice.yml where `slot` is ""."""
    if not slot and not text.strip():
        return put("", ("questions",), [values])
    return add(text, (*find_slot(text, slot), "questions") if slot else ("questions",), values)


def move_question(text: str, question: str, slot: str, at: int) -> str:
    """The question as number `at` (from 0) of a slot, or of practice.yml where `slot` is ""."""
    where = find_question(text, question)
    there = (*find_slot(text, slot), "questions") if slot else ("questions",)
    if where[:-1] == there:
        return move(text, where, min(at, len(value_at(text, there)) - 1))
    values = value_at(text, where)
    return retire_question(add(text, there, values, at), question, where)


def retire_question(text: str, question: str, where: Where | None = None) -> str:
    """The text without the question, "" without the last of practice. Raises Refusal for a slot's last."""
    where = find_question(text, question) if where is None else where
    if len(value_at(text, where[:-1])) > 1:
        return take_out(text, where)
    if len(where) > 2:
        raise Refusal(
            "It is the only question of its part of the test. Add another first, or retire the part."
        )
    return ""


def put_slot(text: str, slot: str, values: Values) -> str:
    """The slot with this title, outcome and section; its questions stay."""
    where = find_slot(text, slot)
    for name, value in values.items():
        text = put(text, (*where, name), value)
    return text


def add_slot(text: str, values: Values) -> str:
    """One more slot at the end, with its questions."""
    return add(text, ("slots",), values)


def move_slot(text: str, slot: str, at: int) -> str:
    """The slot as number `at` of the test, from 0."""
    return move(text, find_slot(text, slot), min(at, len(slots_in(text)) - 1))


def retire_slot(text: str, slot: str) -> str:
    """The text without the slot and its questions. Raises Refusal for the last one."""
    where = find_slot(text, slot)
    if len(slots_in(text)) < 2:
        raise Refusal("It is the only part of the test. Add another first.")
    return take_out(text, where)


def _list(holder: Any, name: str) -> list[Any]:
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return found if isinstance(found, list) else []


def _groups(holder: Any, name: str) -> tuple[Values, ...]:
    return tuple(each for each in _list(holder, name) if isinstance(each, dict))
