"""Keeping one answer. What is acknowledged is stored; what comes too late or from an old page is refused."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app.assessment.questions import Form, Question, ResponseBody, from_json, parse, read_body
from app.assessment.records import lock_attempt
from app.assessment.tables import Attempt, PaperItem, QuestionVersion, Response, Round
from app.kernel.errors import Conflict, NotFound

_EVERY = aliased(PaperItem)
_OPEN_ITEM = (
    select(
        PaperItem.id,
        QuestionVersion.body,
        Response,
        select(func.count()).select_from(_EVERY).where(_EVERY.round_id == Round.id).scalar_subquery(),
    )
    .join(Round, Round.id == PaperItem.round_id)
    .join(QuestionVersion, QuestionVersion.hash == PaperItem.question_hash)
    .outerjoin(Response, Response.item_id == PaperItem.id)
    .where(Round.attempt_id == bindparam("attempt_id"), Round.number == bindparam("number"))
    .where(Round.handed_in_at.is_(None), PaperItem.position == bindparam("position"))
)


@dataclass(frozen=True, kw_only=True)
class Saved:
    """An answer that the database has. `items` is how many questions its round holds."""

    saved_at: datetime
    items: int


class StaleForm(Conflict):
    """The question was answered elsewhere after this form was opened. Neither answer is lost."""

    def __init__(
        self, question: Question, *, theirs: ResponseBody | None, yours: ResponseBody | None
    ) -> None:
        super().__init__("This question was answered somewhere else after you opened this page.")
        self.theirs = theirs
        self.yours = yours
        self.theirs_in_words = question.words(theirs)
        self.yours_in_words = question.words(yours)


class HandedIn(Conflict):
    """An answer that comes after the hand-in of its round."""


def save_response(
    session: Session,
    *,
    person_id: int,
    code: str,
    round_number: int,
    position: int,
    form: Form,
    step: int,
    now: datetime,
) -> Saved:
    """Keep an answer. `step` is the number of saves that the form knew of.

    The same answer as the one kept is never stale. Raises StaleForm, HandedIn, BadResponse, NotFound.
    """
    attempt = lock_attempt(session, person_id, code)
    item_id, body, kept, count = _open_item(session, attempt, round_number, position)
    question = from_json(body)
    given = parse(question, form)
    theirs = read_body(question, kept.body if kept else {})
    if given == theirs:
        return Saved(saved_at=kept.saved_at if kept else now, items=count)
    if step != (kept.step if kept else 0):
        raise StaleForm(question, theirs=theirs, yours=given)
    if kept:
        kept.body, kept.step, kept.saved_at = {**(given or {})}, kept.step + 1, now
    else:
        session.add(Response(item_id=item_id, body={**(given or {})}, step=1, saved_at=now))
    session.flush()
    return Saved(saved_at=now, items=count)


def _open_item(
    session: Session, attempt: Attempt, round_number: int, position: int
) -> Row[int, str, Response, int]:
    """The item's id, its question's JSON, its answer if there is one, and how many items the round has."""
    which = {"attempt_id": attempt.id, "number": round_number, "position": position}
    found = session.execute(_OPEN_ITEM, which).one_or_none()
    if found is None:
        raise _not_open(session, attempt, round_number)
    return found


def _not_open(session: Session, attempt: Attempt, round_number: int) -> Conflict | NotFound:
    handed_in = select(Round.handed_in_at).where(Round.attempt_id == attempt.id, Round.number == round_number)
    if session.scalar(handed_in) is None:
        return NotFound("There is no such question in this round.")
    return HandedIn("This round is handed in, so its answers cannot be changed any more.")
