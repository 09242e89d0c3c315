"""What stands in a lesson's blocks for one reader: a practice question with its answer, or a reflection."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from wtforms import Form as Fields
from wtforms import TextAreaField

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
from app.catalogue.model import Practice, Reflection
from app.learning.reflections import SavedReflection
from app.learning.responses import SavedResponse


@dataclass(frozen=True, kw_only=True)
class PracticePanel:
    """A question within a lesson. `explanation` stands once it is answered, `complaint` where it cannot be.

    `readable` is false for an answer that the question's own form could not have sent.
    """

    kind: ClassVar[str] = "practice"
    id: str
    field: str
    question: Presented
    body: ResponseBody
    explanation: Explanation | None = None
    complaint: str = ""
    readable: bool = True
    saved_at: datetime | None = None

    @property
    def place(self) -> str:
        """The id that a complaint leads to."""
        return self.id


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A reflection that could not be saved: it is given back as it was typed, with the reason."""

    block: str
    text: str
    complaint: str


class ReflectionForm(Fields):
    text = TextAreaField()


@dataclass(frozen=True, kw_only=True)
class ReflectionPanel:
    """A prompt within a lesson. A guest has no `form`: what they would write could not be kept."""

    kind: ClassVar[str] = "reflection"
    id: str
    prompt: str
    hint: str
    optional: bool
    form: ReflectionForm | None = None
    complaint: str = ""
    saved_at: datetime | None = None

    @property
    def place(self) -> str:
        """The id that a complaint leads to."""
        return reflection_field(self.id)


Panel = PracticePanel | ReflectionPanel


def practice_field(block: str) -> str:
    """The name that a question's controls share. A lesson holds several forms, so it names the block."""
    return f"answer-{block}"


def reflection_field(block: str) -> str:
    """The name of a reflection's text."""
    return f"{block}-text"


def practice_panel(
    block: Practice, question: Question, query: Form, saved: SavedResponse | None = None
) -> PracticePanel:
    """The question with the answer that the address holds, or else with the answer that was saved."""
    if query.get("practice") == [block.id]:
        return _answered_now(block, question, query)
    body = _still_fits(question, saved)
    if saved is None or body is None:
        return _unanswered(block, question)
    return replace(_answered(block, question, body), saved_at=saved.saved_at)


def reflection_panel(
    block: Reflection, learner: bool, saved: SavedReflection | None = None, typed: Typed | None = None
) -> ReflectionPanel:
    """The prompt; for a learner with what they saved, or with what they typed just now and could not save."""
    panel = ReflectionPanel(id=block.id, prompt=block.prompt, hint=block.hint, optional=block.optional)
    if not learner:
        return panel
    form = ReflectionForm(prefix=f"{block.id}-", text=typed.text if typed else saved.body if saved else "")
    form.text.label.text = block.prompt
    form.text.flags.optional = block.optional
    if typed:
        form.text.errors = [typed.complaint]
        panel = replace(panel, complaint=typed.complaint)
    return replace(panel, form=form, saved_at=saved.saved_at if saved else None)


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


def _still_fits(question: Question, saved: SavedResponse | None) -> ResponseBody | None:
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
    return PracticePanel(id=block.id, field=practice_field(block.id), question=presented, body={})
