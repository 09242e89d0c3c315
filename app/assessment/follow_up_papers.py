"""The paper of a follow-up: put together once, on the morning of its letter."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from app.assessment.model import Slot
from app.assessment.papers import last_seen, store_questions
from app.assessment.tables import Attempt, FollowUp, FollowUpItem, Grade, PaperItem, Round
from app.assessment.weakest import draw_weakest

_PERSON: BindParameter[int] = bindparam("person_id")
_COURSE: BindParameter[str] = bindparam("course")
_MISSED_SLOTS = union_all(
    select(PaperItem.slot)
    .join(Round, Round.id == PaperItem.round_id)
    .join(Attempt, Attempt.id == Round.attempt_id)
    .join(Grade, Grade.item_id == PaperItem.id)
    .where(Attempt.person_id == _PERSON, Attempt.course == _COURSE, Grade.secured.is_(False)),
    select(FollowUpItem.slot)
    .join(FollowUp, FollowUp.id == FollowUpItem.follow_up_id)
    .where(FollowUp.person_id == _PERSON, FollowUp.course == _COURSE, FollowUpItem.secured.is_(False)),
).subquery()
_MISSES = select(_MISSED_SLOTS.c.slot, func.count()).group_by(_MISSED_SLOTS.c.slot)
_ASKED = (
    select(FollowUpItem.slot)
    .join(FollowUp, FollowUp.id == FollowUpItem.follow_up_id)
    .where(FollowUp.person_id == _PERSON, FollowUp.course == _COURSE)
)


def draw_follow_up(
    session: Session,
    follow_up: FollowUp,
    *,
    revision_id: int,
    slots: Sequence[Slot],
    now: datetime,
    seed: str,
) -> None:
    """Put its paper together, of the slots of this revision. The caller holds the row."""
    mine = {"person_id": follow_up.person_id, "course": follow_up.course}
    drawn = draw_weakest(
        slots,
        misses={row[0]: row[1] for row in session.execute(_MISSES, mine)},
        asked=set(session.scalars(_ASKED, mine)),
        last_seen=last_seen(session, follow_up.person_id, follow_up.course),
        seed=seed,
    )
    follow_up.revision_id, follow_up.seed, follow_up.drawn_at = revision_id, seed, now
    hashes = store_questions(session, drawn, now)
    session.add_all(
        FollowUpItem(
            follow_up_id=follow_up.id,
            position=position,
            slot=line.slot.id,
            slot_title=line.slot.title,
            section=line.slot.section,
            question=line.question.id,
            question_hash=hash_,
            choice_order=list(line.order),
        )
        for position, (line, hash_) in enumerate(zip(drawn, hashes, strict=True), 1)
    )
    session.flush()
