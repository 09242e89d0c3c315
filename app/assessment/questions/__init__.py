"""The question types, and the one interface through which everything else meets them.

To add a type: one module here, its place in the four names below, one template in
web/shared/templates/questions, its tests. `assessment.checks` and its neighbours `plain_words`, `texts`,
`trying` and `twins` tell types apart too, and so does `library.estimate`.
"""

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache

from markupsafe import Markup
from pydantic import TypeAdapter, ValidationError

from app.assessment.questions import classify, multiple_response, single_choice
from app.assessment.questions.choosing import Choice
from app.assessment.questions.classify import Category, Classify, Row
from app.assessment.questions.multiple_response import MultipleResponse
from app.assessment.questions.parts import (
    BadResponse,
    CannotGrade,
    Explained,
    Explanation,
    Flaw,
    Form,
    Marks,
    Miss,
    Option,
    Presented,
    ResponseBody,
    TooMany,
)
from app.assessment.questions.single_choice import SingleChoice

__all__ = [
    "SOURCES",
    "BadResponse",
    "CannotGrade",
    "Category",
    "Choice",
    "Classify",
    "Explained",
    "Explanation",
    "Flaw",
    "Form",
    "Marks",
    "Miss",
    "MultipleResponse",
    "Option",
    "Presented",
    "Question",
    "ResponseBody",
    "Row",
    "SingleChoice",
    "TooMany",
    "choice_order",
    "explain",
    "from_json",
    "from_source",
    "grade",
    "miss",
    "parse",
    "present",
    "question_hash",
    "read_body",
    "to_json",
]

Question = SingleChoice | MultipleResponse | Classify
Source = single_choice.Source | multiple_response.Source | classify.Source

SOURCES: dict[str, type[Source]] = {
    SingleChoice.type: single_choice.Source,
    MultipleResponse.type: multiple_response.Source,
    Classify.type: classify.Source,
}
_STORED: dict[str, TypeAdapter[Question]] = {
    kind.type: TypeAdapter(kind) for kind in (SingleChoice, MultipleResponse, Classify)
}
_BODY: TypeAdapter[ResponseBody] = TypeAdapter(ResponseBody)


def from_source(source: Source) -> Question:
    """The question that was authored."""
    return _STORED[source.type].validate_python(source.model_dump())


def to_json(question: Question) -> str:
    """Canonical JSON: the same question gives the same characters for ever."""
    plain = {**asdict(question), "type": question.type}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def question_hash(question: Question) -> str:
    """SHA-256 of the canonical JSON, in hex. It changes with the key, so no page may show it."""
    return hashlib.sha256(to_json(question).encode()).hexdigest()


@lru_cache(maxsize=2048)
def from_json(body: str) -> Question:
    """The question stored as `body`. Raises CannotGrade where it is not one."""
    try:
        plain = json.loads(body)
        return _STORED[plain["type"]].validate_python(plain)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise CannotGrade("A question of this test cannot be read.") from error


def choice_order(question: Question, seed: str) -> tuple[str, ...]:
    """The order in which a paper drawn with `seed` shows choices or rows. The key plays no part in it."""
    return question.order(seed)


def present(question: Question, order: tuple[str, ...]) -> Presented:
    """What a page may show before the answer: no key, no reason."""
    return question.present(order)


def parse(question: Question, form: Form, field: str = "answer") -> ResponseBody | None:
    """The answer in a posted form, None where it was left empty. Raises BadResponse.

    Choices are under `field`, rows under `field-<row id>`. Nothing else may begin with `field`.
    """
    return question.parse(form, field)


def read_body(question: Question, stored: object) -> ResponseBody | None:
    """A stored answer, {} meaning left empty. Raises CannotGrade where it does not fit the question."""
    try:
        body = _BODY.validate_python(stored, strict=True)
    except ValidationError as error:
        raise CannotGrade("An answer kept for this test cannot be read.") from error
    if not body:
        return None
    question.check(body)
    return body


def grade(question: Question, body: ResponseBody | None) -> Marks:
    """Whole marks. An empty answer earns none."""
    return question.grade(body)


def miss(question: Question, body: ResponseBody | None) -> Miss:
    """What is said of a miss: the learner's own answer and why it fails, never the key."""
    if body is None:
        return Miss(own=(), why=(Markup("You left this one empty."),))
    return question.missed(body)


def explain(question: Question, body: ResponseBody | None) -> Explanation:
    """The whole question laid open. For practice, and after the pass."""
    return question.explain(body)
