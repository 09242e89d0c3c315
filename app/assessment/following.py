"""Three questions some weeks after a pass: answered one by one, once, and explained at once.

Whoever has a test of the course open finishes that first: its paper might ask the same, and no key is told
before a pass.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.assessment.questions import (
    Explanation,
    Form,
    Presented,
    Question,
    ResponseBody,
    explain,
    from_json,
    grade,
    parse,
    present,
    read_body,
)
from app.assessment.tables import Attempt, FollowUp, FollowUpItem, QuestionVersion
from app.kernel.errors import Conflict, NotFound, Refusal

NO_SUCH_FOLLOW_UP = "There are no such questions."
TEST_IS_OPEN = "You have a test of this course open. Finish it first: these questions wait for you."

_OWN = (FollowUp.code == bindparam("code"), FollowUp.person_id == bindparam("person_id"))
_LINES = (
    select(FollowUp, FollowUpItem, QuestionVersion.body)
    .join(FollowUpItem, FollowUpItem.follow_up_id == FollowUp.id)
    .join(QuestionVersion, QuestionVersion.hash == FollowUpItem.question_hash)
    .where(*_OWN)
    .order_by(FollowUpItem.position)
)


class Unfinished(Refusal):
    """An answer that is not whole. `body` is what there is of it."""

    def __init__(self, sentence: str, body: ResponseBody) -> None:
        super().__init__(sentence)
        self.body = body


@dataclass(frozen=True, kw_only=True)
class FollowUpQuestion:
    """One of the questions. `given` and `explanation` stand once it is answered."""

    position: int
    title: str
    section: str
    asked: Presented
    given: ResponseBody | None
    explanation: Explanation | None


@dataclass(frozen=True, kw_only=True)
class FollowUpView:
    """A follow-up that was drawn. While it `waits` for a test to be finished nothing more is answered."""

    id: int
    code: str
    course: str
    day: int
    revision_id: int
    waits: bool
    questions: tuple[FollowUpQuestion, ...]

    @property
    def answered(self) -> int:
        return sum(one.explanation is not None for one in self.questions)

    @property
    def right(self) -> int:
        return sum(one.explanation.secured for one in self.questions if one.explanation)


def follow_up_view(session: Session, *, person_id: int, code: str) -> FollowUpView:
    """The person's own follow-up. At most 2 SQL. Raises NotFound, for one that is not drawn yet too."""
    rows = session.execute(_LINES, {"person_id": person_id, "code": code}).all()
    if not rows:
        raise NotFound(NO_SUCH_FOLLOW_UP)
    own = rows[0][0]
    assert own.revision_id is not None, "what has questions was drawn"
    unanswered = any(item.response is None for _, item, _ in rows)
    return FollowUpView(
        id=own.id,
        code=own.code,
        course=own.course,
        day=own.day,
        revision_id=own.revision_id,
        waits=unanswered and _has_open_test(session, person_id, own.course),
        questions=tuple(_question(item, from_json(body)) for _, item, body in rows),
    )


def answer_follow_up(
    session: Session, *, person_id: int, code: str, position: int, form: Form, field: str, now: datetime
) -> None:
    """Keep and grade the first whole answer to a question; a later one changes nothing.

    Raises NotFound, Conflict while a test of the course is open, BadResponse and of it TooMany, Unfinished.
    """
    mine = {"person_id": person_id, "code": code}
    own = session.scalars(select(FollowUp).where(*_OWN).with_for_update(), mine).one_or_none()
    found = session.execute(_LINES.where(FollowUpItem.position == position), mine).one_or_none()
    if own is None or found is None:
        raise NotFound(NO_SUCH_FOLLOW_UP)
    _, item, body = found
    if item.response is not None:
        return
    if _has_open_test(session, person_id, own.course):
        raise Conflict(TEST_IS_OPEN)
    question = from_json(body)
    given = _whole(question, form, field)
    earned = grade(question, given)
    item.response, item.answered_at = {**given}, now
    item.marks, item.full_marks, item.secured = earned.marks, earned.full_marks, earned.secured
    session.flush()


def _whole(question: Question, form: Form, field: str) -> ResponseBody:
    given, instruction = parse(question, form, field), question.present(()).instruction
    if given is None:
        raise Unfinished(f"Nothing is chosen yet. {instruction}", {})
    if not question.is_complete(given):
        raise Unfinished(f"Part of your answer is missing. {instruction}", given)
    return given


def _has_open_test(session: Session, person_id: int, course: str) -> bool:
    open_one = (
        select(Attempt.id).filter_by(person_id=person_id, course=course).where(Attempt.closed_at.is_(None))
    )
    return session.scalar(open_one) is not None


def _question(item: FollowUpItem, question: Question) -> FollowUpQuestion:
    given = None if item.response is None else read_body(question, item.response)
    return FollowUpQuestion(
        position=item.position,
        title=item.slot_title,
        section=item.section,
        asked=present(question, tuple(item.choice_order)),
        given=given,
        explanation=explain(question, given) if given is not None else None,
    )
