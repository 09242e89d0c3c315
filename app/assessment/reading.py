"""Reading test.yml and practice.yml. Every problem is reported at its place, none hides another."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from app.assessment.checks import about_guessing, about_question, about_slot
from app.assessment.model import Place, Quiz, Slot
from app.assessment.policy import Policy
from app.assessment.questions import SOURCES, Flaw, Question, from_source
from app.assessment.twins import about_twins
from app.kernel.authored import load_yaml, place, validate
from app.kernel.fields import Authored, Line, Listed, Slug
from app.kernel.problems import Problem, has_errors
from app.kernel.sentences import did_you_mean

_SECTION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*#[^\s#]{1,80}")


def _section(value: str) -> str:
    if not _SECTION.fullmatch(value):
        raise ValueError("must be a lesson and one of its sections, such as what-it-is#principles.")
    return value


Nodes = Annotated[tuple[Any, ...], Listed, Field(min_length=1)]  # YAML nodes, each read by itself afterwards


class QuizSource(Authored):
    """test.yml as authored."""

    title: Annotated[Line, Field(max_length=200)]
    slots: Nodes


class SlotSource(Authored):
    """A slot as authored."""

    id: Slug
    title: Annotated[Line, Field(max_length=200)]
    outcome: Slug
    section: Annotated[str, AfterValidator(_section)]
    questions: Nodes


class PracticeSource(Authored):
    """practice.yml as authored."""

    questions: Nodes


def read_quiz(path: str, text: str, policy: Policy | None = None) -> tuple[Quiz | None, list[Problem]]:
    """The test, or None where it has an error. `policy` is the course's, for the warning about guessing."""
    node, problems = load_yaml(path, text)
    if node is None:
        return None, problems
    source, wrong = validate(QuizSource, node, path)
    problems += wrong
    slots: list[Slot] = []
    places: dict[str, Place] = {}
    for number, slot_node in _entries(node, "slots"):
        slot, wrong = _read_slot(path, node, number, slot_node, places)
        problems += wrong
        if slot is None:
            continue
        if slot.id in {each.id for each in slots}:
            problems.append(_repeated(path, slot_node, "slots", slot.id))
        slots.append(slot)
    if source is None or has_errors(problems):
        return None, sorted(problems)
    quiz = Quiz(title=source.title, slots=tuple(slots), places=places)
    problems += about_guessing(quiz, policy or Policy())
    return quiz, sorted(problems)


def read_practice(path: str, text: str) -> tuple[dict[str, Question], list[Problem]]:
    """The practice questions that can be used, by id."""
    node, problems = load_yaml(path, text)
    if node is None:
        return {}, problems
    problems += validate(PracticeSource, node, path)[1]
    questions, wrong = _read_questions(path, node, {})
    return {question.id: question for question in questions}, sorted(problems + wrong)


def _read_slot(
    path: str, quiz_node: Any, number: int, node: Any, places: dict[str, Place]
) -> tuple[Slot | None, list[Problem]]:
    where = Place(path, *place(quiz_node, ("slots", number)))
    if not isinstance(node, Mapping):
        return None, [_not_a_group(where, "A slot")]
    source, problems = validate(SlotSource, node, path)
    questions, wrong = _read_questions(path, node, places)
    problems += wrong
    for each in questions:
        if not each.teaches:
            problems.append(_untaught(path, places[each.id]))
    if source is None or has_errors(problems):
        return None, problems
    slot = Slot(
        id=source.id,
        title=source.title,
        outcome=source.outcome,
        section=source.section,
        questions=tuple(questions),
        place=where,
    )
    return slot, [*problems, *about_slot(slot), *about_twins(slot, places)]


def _read_questions(path: str, node: Any, places: dict[str, Place]) -> tuple[list[Question], list[Problem]]:
    """The sound questions under `node`, whose places are added to `places`."""
    questions: list[Question] = []
    problems: list[Problem] = []
    for number, question_node in _entries(node, "questions"):
        where = Place(path, *place(node, ("questions", number)))
        question, wrong = read_question(path, where, question_node)
        problems += wrong
        if question is None:
            continue
        if question.id in places:
            problems.append(_repeated(path, question_node, "questions", question.id))
            continue
        places[question.id] = where
        questions.append(question)
    return questions, problems


def read_question(path: str, where: Place, node: Any) -> tuple[Question | None, list[Problem]]:
    """The question at this place, or None where it has an error; with every problem of it alone."""
    if not isinstance(node, Mapping):
        return None, [_not_a_group(where, "A question")]
    kind = node.get("type")
    if kind not in SOURCES:
        line, column = place(node, ("type",))
        sentence = f"type must be one of: {', '.join(SOURCES)}." if "type" in node else "type is missing."
        fix = did_you_mean(str(kind), SOURCES) if kind else f"Write one of: {', '.join(SOURCES)}."
        return None, [Problem(path=path, line=line, column=column, sentence=sentence, fix=fix)]
    source, problems = validate(SOURCES[kind], node, path)
    if source is None:
        return None, problems
    question = from_source(source)
    problems += _placed(path, node, question.flaws())
    if has_errors(problems):
        return None, problems
    return question, problems + list(_placed(path, node, about_question(question)))


def _placed(path: str, node: Any, flaws: Iterator[Flaw]) -> Iterator[Problem]:
    for flaw in flaws:
        line, column = place(node, flaw.where)
        yield Problem(
            path=path, line=line, column=column, level=flaw.level, sentence=flaw.sentence, fix=flaw.fix
        )


def _entries(node: Any, name: str) -> Iterator[tuple[int, Any]]:
    entries = node.get(name) if isinstance(node, Mapping) else None
    yield from enumerate(entries if isinstance(entries, list) else [])


def _repeated(path: str, node: Any, what: str, name: str) -> Problem:
    line, column = place(node, ("id",))
    sentence = f"Two {what} have the id {name}."
    return Problem(path=path, line=line, column=column, sentence=sentence, fix="Rename one of them.")


def _untaught(path: str, where: Place) -> Problem:
    fix = "Copy the sentence of the section that this question rests on."
    return Problem(path=path, line=where.line, column=where.column, sentence="teaches is missing.", fix=fix)


def _not_a_group(where: Place, what: str) -> Problem:
    sentence = f"{what} must be a group of fields, each on its own line."
    return Problem(path=where.path, line=where.line, column=where.column, sentence=sentence)
