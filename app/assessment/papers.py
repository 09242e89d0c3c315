"""Putting a paper together and keeping it: from then on, grading reads only what is stored here."""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import bindparam, func, insert, select, union_all
from sqlalchemy.orm import Session

from app.assessment.drawing import Drawn, draw
from app.assessment.model import Slot
from app.assessment.questions import question_hash, to_json
from app.assessment.tables import Attempt, FollowUp, FollowUpItem, PaperItem, QuestionVersion, Round
from app.kernel.db import Base
from app.kernel.upsert import insert_new

_ROUND = insert(Base.metadata.tables[Round.__tablename__]).returning(Round.id)
_ITEMS = insert(Base.metadata.tables[PaperItem.__tablename__])
_ON_PAPERS = (
    select(PaperItem.question, Round.opened_at.label("seen_at"))
    .join(Round, Round.id == PaperItem.round_id)
    .join(Attempt, Attempt.id == Round.attempt_id)
    .where(Attempt.person_id == bindparam("person_id"), Attempt.course == bindparam("course"))
)
_IN_FOLLOW_UPS = (
    select(FollowUpItem.question, FollowUp.drawn_at.label("seen_at"))
    .join(FollowUp, FollowUp.id == FollowUpItem.follow_up_id)
    .where(FollowUp.person_id == bindparam("person_id"), FollowUp.course == bindparam("course"))
)
_SEEN = union_all(_ON_PAPERS, _IN_FOLLOW_UPS).subquery()
_LAST_SEEN = select(
    _SEEN.c.question, func.max(_SEEN.c.seen_at, type_=Round.opened_at.type).label("seen_at")
).group_by(_SEEN.c.question)
_STORED = select(QuestionVersion.hash).where(QuestionVersion.hash.in_(bindparam("hashes", expanding=True)))


class Own(NamedTuple):
    """The attempt that a paper is for."""

    attempt_id: int
    person_id: int
    course: str


def open_round(
    session: Session,
    own: Own,
    *,
    number: int,
    revision_id: int,
    slots: Sequence[Slot],
    now: datetime,
    seed: str,
) -> None:
    """Draw a round that asks these slots, each with a question new to the person if there is one."""
    drawn = draw(slots, last_seen(session, own.person_id, own.course), seed)
    hashes = store_questions(session, drawn, now)
    row = {"attempt_id": own.attempt_id, "number": number, "revision_id": revision_id, "seed": seed}
    round_id = session.execute(_ROUND, row | {"opened_at": now}).scalar_one()
    items = [
        {
            "round_id": round_id,
            "position": position,
            "slot": line.slot.id,
            "slot_title": line.slot.title,
            "section": line.slot.section,
            "question": line.question.id,
            "question_hash": hash_,
            "choice_order": list(line.order),
        }
        for position, (line, hash_) in enumerate(zip(drawn, hashes, strict=True), 1)
    ]
    session.execute(_ITEMS, items)


def last_seen(session: Session, person_id: int, course: str) -> dict[str, datetime]:
    """When each question was last before the person, in an attempt or a follow-up, by its id. One SQL."""
    rows = session.execute(_LAST_SEEN, {"person_id": person_id, "course": course})
    return {row.question: row.seen_at for row in rows}


def store_questions(session: Session, drawn: Sequence[Drawn], now: datetime) -> list[str]:
    """Keep each question as it stands; their hashes, in the order drawn."""
    hashes = [question_hash(line.question) for line in drawn]
    stored = set(session.scalars(_STORED, {"hashes": hashes}))
    # In the order of their hashes: two attempts that store the same ones must not wait for each other.
    for hash_, line in sorted(zip(hashes, drawn, strict=True), key=itemgetter(0)):
        if hash_ not in stored:
            body = to_json(line.question)
            insert_new(session, QuestionVersion, {"hash": hash_, "body": body, "stored_at": now})
    return hashes
