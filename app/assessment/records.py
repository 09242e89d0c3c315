"""Everything that is kept of one attempt, read at once; and the lock that a write takes first."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt, Grade, PaperItem, QuestionVersion, Reading, Response, Round
from app.kernel.errors import NotFound

NO_SUCH_TEST = "There is no such test."


class Line(NamedTuple):
    """One item of an attempt with all that belongs to it. `body` is the question's canonical JSON."""

    attempt: Attempt
    round: Round
    item: PaperItem
    body: str
    response: Response | None
    grade: Grade | None
    reading: Reading | None

    @property
    def answer(self) -> object:
        """The stored answer, {} where there is none."""
        return self.response.body if self.response else {}

    @property
    def step(self) -> int:
        """How often the answer was saved."""
        return self.response.step if self.response else 0

    @property
    def handed_in_at(self) -> datetime | None:
        return self.round.handed_in_at


# Made once: putting these together takes longer than the database takes to answer them.
_LINES = (
    select(Attempt, Round, PaperItem, QuestionVersion.body, Response, Grade, Reading)
    .join(Round, Round.attempt_id == Attempt.id)
    .join(PaperItem, PaperItem.round_id == Round.id)
    .join(QuestionVersion, QuestionVersion.hash == PaperItem.question_hash)
    .outerjoin(Response, Response.item_id == PaperItem.id)
    .outerjoin(Grade, Grade.item_id == PaperItem.id)
    .outerjoin(Reading, Reading.item_id == PaperItem.id)
    .order_by(Round.number, PaperItem.position)
)
_NEWEST = select(func.max(Attempt.id)).where(
    Attempt.person_id == bindparam("person_id"), Attempt.course == bindparam("course")
)
_OWN = (Attempt.code == bindparam("code"), Attempt.person_id == bindparam("person_id"))
_OWN_LINES = _LINES.where(*_OWN)
_NEWEST_LINES = _LINES.where(Attempt.id == _NEWEST.correlate(None).scalar_subquery())
_OWN_ID = select(Attempt.id).where(*_OWN)
_LOCKED = select(Attempt).where(*_OWN).with_for_update()
_REVISION = select(Round.revision_id).join(Attempt, Attempt.id == Round.attempt_id).where(*_OWN)
_REVISION_OF_ROUND = _REVISION.where(Round.number == bindparam("number"))


def own_lines(session: Session, person_id: int, code: str) -> list[Line]:
    """One line an item of the person's own attempt, by round and position, in one SQL. Empty without one."""
    return [Line(*row) for row in session.execute(_OWN_LINES, {"person_id": person_id, "code": code})]


def newest_lines(session: Session, person_id: int, course: str) -> list[Line]:
    """The same for the person's newest attempt at a course."""
    return [Line(*row) for row in session.execute(_NEWEST_LINES, {"person_id": person_id, "course": course})]


def has_attempt(session: Session, person_id: int, code: str) -> bool:
    """Whether the person has an attempt with this code. What is in it is not read."""
    return session.scalar(_OWN_ID, {"person_id": person_id, "code": code}) is not None


def round_revision(session: Session, person_id: int, code: str, number: int) -> int:
    """The revision that a round of the person's own attempt was drawn from. Raises NotFound."""
    found = session.scalar(_REVISION_OF_ROUND, {"person_id": person_id, "code": code, "number": number})
    if found is None:
        raise NotFound(NO_SUCH_TEST)
    return found


def lock_attempt(session: Session, person_id: int, code: str) -> Attempt:
    """The person's own attempt, kept from every other writer until the commit. Raises NotFound.

    SQLite leaves FOR UPDATE out: there `kernel.db.writing` has already made this the only writer.
    """
    attempt = session.scalars(_LOCKED, {"person_id": person_id, "code": code}).one_or_none()
    if attempt is None:
        raise NotFound(NO_SUCH_TEST)
    return attempt
