"""Everything that is kept of one attempt, read at once; and the lock that a write takes first."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
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


def read_lines(session: Session, which: ColumnElement[bool]) -> list[Line]:
    """One line an item of the attempt that `which` picks, by round and position, in one SQL."""
    rows = session.execute(
        select(Attempt, Round, PaperItem, QuestionVersion.body, Response, Grade, Reading)
        .join(Round, Round.attempt_id == Attempt.id)
        .join(PaperItem, PaperItem.round_id == Round.id)
        .join(QuestionVersion, QuestionVersion.hash == PaperItem.question_hash)
        .outerjoin(Response, Response.item_id == PaperItem.id)
        .outerjoin(Grade, Grade.item_id == PaperItem.id)
        .outerjoin(Reading, Reading.item_id == PaperItem.id)
        .where(which)
        .order_by(Round.number, PaperItem.position)
    )
    return [Line(*row) for row in rows]


def has_attempt(session: Session, person_id: int, code: str) -> bool:
    """Whether the person has an attempt with this code. What is in it is not read."""
    own = select(Attempt.id).where(Attempt.code == code, Attempt.person_id == person_id)
    return session.scalar(own) is not None


def lock_attempt(session: Session, person_id: int, code: str) -> Attempt:
    """The person's own attempt, kept from every other writer until the commit. Raises NotFound.

    SQLite leaves FOR UPDATE out: there `kernel.db.writing` has already made this the only writer.
    """
    own = select(Attempt).where(Attempt.code == code, Attempt.person_id == person_id).with_for_update()
    attempt = session.scalars(own).one_or_none()
    if attempt is None:
        raise NotFound(NO_SUCH_TEST)
    return attempt
