"""Putting a paper together and keeping it: from then on, grading reads only what is stored here."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.drawing import Drawn, draw
from app.assessment.model import Slot
from app.assessment.questions import question_hash, to_json
from app.assessment.tables import Attempt, PaperItem, QuestionVersion, Round
from app.kernel.upsert import insert_new


def open_round(
    session: Session,
    attempt: Attempt,
    *,
    number: int,
    revision_id: int,
    slots: Sequence[Slot],
    now: datetime,
    seed: str,
) -> None:
    """Draw a round that asks these slots, each with a question new to the person if there is one."""
    drawn = draw(slots, _last_seen(session, attempt.person_id, attempt.course), seed)
    _store_questions(session, drawn, now)
    opened = Round(attempt_id=attempt.id, number=number, revision_id=revision_id, seed=seed, opened_at=now)
    session.add(opened)
    session.flush()
    session.add_all(
        PaperItem(
            round_id=opened.id,
            position=position,
            slot=line.slot.id,
            slot_title=line.slot.title,
            section=line.slot.section,
            question=line.question.id,
            question_hash=question_hash(line.question),
            choice_order=list(line.order),
        )
        for position, line in enumerate(drawn, 1)
    )
    session.flush()


def _last_seen(session: Session, person_id: int, course: str) -> dict[str, datetime]:
    rows = session.execute(
        select(PaperItem.question, func.max(Round.opened_at, type_=Round.opened_at.type).label("seen_at"))
        .join(Round, Round.id == PaperItem.round_id)
        .join(Attempt, Attempt.id == Round.attempt_id)
        .where(Attempt.person_id == person_id, Attempt.course == course)
        .group_by(PaperItem.question)
    )
    return {row.question: row.seen_at for row in rows}


def _store_questions(session: Session, drawn: Iterable[Drawn], now: datetime) -> None:
    # In the order of their hashes: two attempts that store the same ones must not wait for each other.
    bodies = {question_hash(line.question): to_json(line.question) for line in drawn}
    known = set(session.scalars(select(QuestionVersion.hash).where(QuestionVersion.hash.in_(bodies))))
    for each in sorted(bodies.keys() - known):
        insert_new(session, QuestionVersion, {"hash": each, "body": bodies[each], "stored_at": now})
