"""One question out of a quiz to be tried by its author, whatever is wrong with the others. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from app.assessment.model import Place
from app.assessment.questions import Classify, Question, ResponseBody
from app.assessment.reading import read_question
from app.kernel.authored import load_yaml, place
from app.kernel.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A question as it stands in its file. `question` is None where it has an error of its own.

    `title` and `section` are its slot's, "" for a practice question; `siblings` are the ids of all questions
    of the slot, in order.
    """

    question: Question | None
    problems: tuple[Problem, ...]
    title: str
    section: str
    siblings: tuple[str, ...]


def find_question(path: str, text: str, id_: str) -> tuple[Tried | None, list[Problem]]:
    """The question with this id in a test or among practice questions, or None.

    The problems are those that keep the file from being read at all.
    """
    node, problems = load_yaml(path, text)
    for group in (*_listed(node, "slots"), node):
        for number, each in enumerate(_listed(group, "questions")):
            if each.get("id") == id_:
                where = Place(path, *place(group, ("questions", number)))
                return _tried(path, where, group, each), problems
    return None, problems


def right_answer(question: Question) -> ResponseBody:
    """An answer that secures it."""
    if isinstance(question, Classify):
        return {"placed": {row.id: row.category for row in question.rows}}
    return {"chosen": [choice.id for choice in question.choices if choice.correct]}


def wrong_answer(question: Question) -> ResponseBody:
    """A whole answer that does not: each row misplaced, or as few right choices as can be."""
    if isinstance(question, Classify):
        known = [category.id for category in question.categories]
        return {
            "placed": {row.id: next(each for each in known if each != row.category) for row in question.rows}
        }
    keys = sum(choice.correct for choice in question.choices)
    return {"chosen": [choice.id for choice in sorted(question.choices, key=attrgetter("correct"))][:keys]}


def fields(body: ResponseBody, field: str) -> dict[str, list[str]]:
    """An answer as the question's own form would send it."""
    placed = {f"{field}-{row}": [category] for row, category in body.get("placed", {}).items()}
    return placed or {field: list(body.get("chosen", []))}


def _tried(path: str, where: Place, group: Mapping[str, Any], node: Any) -> Tried:
    question, problems = read_question(path, where, node)
    in_slot = "section" in group
    return Tried(
        question=question,
        problems=tuple(problems),
        title=str(group.get("title", "")) if in_slot else "",
        section=str(group.get("section", "")) if in_slot else "",
        siblings=tuple(str(each.get("id", "")) for each in _listed(group, "questions")) if in_slot else (),
    )


def _listed(node: Any, name: str) -> list[Any]:
    """The entries under this name; what is no group of fields stands there as an empty one."""
    entries = node.get(name) if isinstance(node, Mapping) else None
    return (
        [each if isinstance(each, Mapping) else {} for each in entries] if isinstance(entries, list) else []
    )
