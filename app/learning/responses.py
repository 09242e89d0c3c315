"""A person's latest answers to the blocks of a lesson. For the learner alone: no marks, no report."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app.kernel.upsert import insert_or_update
from app.learning.enrolment import arrive
from app.learning.tables import BlockResponse

_ANSWERS = BlockResponse.__table__
_MINE = select(_ANSWERS.c.block, _ANSWERS.c.kind, _ANSWERS.c.body, _ANSWERS.c.saved_at).where(
    _ANSWERS.c.person_id == bindparam("person_id"),
    _ANSWERS.c.course == bindparam("course"),
    _ANSWERS.c.block.in_(bindparam("blocks", expanding=True)),
)


@dataclass(frozen=True, kw_only=True)
class SavedResponse:
    """An answer as it was saved. `body` is as the question's own type reads and writes it."""

    kind: str
    body: Mapping[str, Any]
    saved_at: datetime


def save_block_response(
    session: Session,
    *,
    person_id: int,
    course: str,
    lesson: str,
    block: str,
    kind: str,
    body: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep this answer to the block in place of any earlier one. Trying again is free."""
    arrive(session, person_id=person_id, course=course, lesson=lesson, now=now)
    key = {"person_id": person_id, "course": course, "block": block}
    insert_or_update(session, BlockResponse, key, {"kind": kind, "body": dict(body), "saved_at": now})


def delete_block_response(session: Session, *, person_id: int, course: str, block: str) -> None:
    """Let go of the person's answer to this block, if there is one."""
    session.execute(
        delete(BlockResponse).where(
            BlockResponse.person_id == person_id, BlockResponse.course == course, BlockResponse.block == block
        )
    )


def my_responses(
    session: Session, person_id: int, course: str, blocks: Collection[str]
) -> dict[str, SavedResponse]:
    """The person's own answers to these blocks, by block. One SQL, none where there are no blocks."""
    if not blocks:
        return {}
    mine = {"person_id": person_id, "course": course, "blocks": list(blocks)}
    rows = session.execute(_MINE, mine)
    return {row.block: SavedResponse(kind=row.kind, body=row.body, saved_at=row.saved_at) for row in rows}
