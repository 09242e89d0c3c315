"""A practice question within a lesson, with its answer once there is one."""

from dataclasses import dataclass, replace
from typing import ClassVar

from app.assessment.questions import (
    BadResponse,
    CannotGrade,
    Explanation,
    Form,
    Presented,
    Question,
    ResponseBody,
    TooMany,
    choice_order,
    explain,
    parse,
    present,
    read_body,
)
from app.catalogue.blocks import Practice
from app.library.model import CompiledCourse
from app.web.shared.blocks.parts import (
    Asked,
    BlockDoor,
    Body,
    Panel,
    Recap,
    Saved,
    Unfinished,
    answer_field,
    is_tried,
)


@dataclass(frozen=True, kw_only=True)
class PracticePanel(Panel):
    """A question within a lesson. `explanation` stands once it is answered."""

    kind: ClassVar[str] = "practice"
    field: str
    question: Presented
    body: ResponseBody
    explanation: Explanation | None = None


def practice_panel(block: Practice, asked: Asked) -> PracticePanel:
    """The question with the answer that the address holds, or else with the answer that was saved."""
    question, saved = asked.compiled.practice[block.question], asked.saved
    if is_tried(asked.query, block.id):
        return _answered_now(block, question, asked.query)
    body = _still_fits(question, saved)
    if saved is None or body is None:
        return _unanswered(block, question)
    return replace(_answered(block, question, body), saved_at=saved.saved_at)


def read_practice(block: Practice, compiled: CompiledCourse, form: Form) -> Body:
    """The answer if it is whole and the question's own. Raises Unfinished."""
    question = compiled.practice[block.question]
    try:
        body = parse(question, form, answer_field(block.id))
    except BadResponse as error:
        raise Unfinished(str(error)) from error
    if body is None or not question.is_complete(body):
        raise Unfinished("Part of your answer is missing.")
    return body


def practice_recap(block: Practice, asked: Asked) -> Recap | None:
    """A question whose latest answer was not whole is worth another look."""
    explanation = practice_panel(block, asked).explanation
    if explanation is None or explanation.secured:
        return None
    return Recap(group="again", title=explanation.stem.striptags(), lines=("Practised, and not right yet.",))


DOOR = BlockDoor(panel=practice_panel, read=read_practice, recap=practice_recap, by_address=True)


def _answered_now(block: Practice, question: Question, query: Form) -> PracticePanel:
    empty = _unanswered(block, question)
    instruction = empty.question.instruction
    try:
        body = parse(question, query, empty.field)
    except TooMany as error:
        return replace(empty, body=error.body, complaint=str(error))
    except BadResponse as error:
        return replace(empty, complaint=str(error), readable=False)
    if body is None:
        return replace(empty, complaint=f"Nothing is chosen yet. {instruction}")
    if not question.is_complete(body):
        return replace(empty, body=body, complaint=f"Part of your answer is missing. {instruction}")
    return _answered(block, question, body)


def _still_fits(question: Question, saved: Saved | None) -> ResponseBody | None:
    """The saved answer, unless the question has changed since so that it no longer fits."""
    if saved is None or saved.kind != question.type:
        return None
    try:
        return read_body(question, saved.body)
    except CannotGrade:
        return None


def _answered(block: Practice, question: Question, body: ResponseBody) -> PracticePanel:
    return replace(_unanswered(block, question), body=body, explanation=explain(question, body))


def _unanswered(block: Practice, question: Question) -> PracticePanel:
    # One order for everybody, since guests share a page; shuffled, since authors tend to put the key first.
    presented = present(question, choice_order(question, "practice"))
    return PracticePanel(id=block.id, field=answer_field(block.id), question=presented, body={})
