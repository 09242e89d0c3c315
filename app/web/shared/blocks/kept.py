"""What the database keeps of a person's answers to blocks: reflections apart from the rest."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.catalogue.block import Block
from app.catalogue.blocks import Practice, Reflection
from app.learning.reflections import my_reflections, save_reflection
from app.learning.responses import delete_block_response, my_responses, save_block_response
from app.library.model import CompiledCourse
from app.web.shared.blocks import door_of
from app.web.shared.blocks.parts import Body, Saved


def my_answers(session: Session, person_id: int, course: str, blocks: Iterable[Block]) -> dict[str, Saved]:
    """The person's own answers to these blocks, by block. At most 2 SQL."""
    answered = [block for block in blocks if door_of(block).read is not None]
    private = [block.id for block in answered if isinstance(block, Reflection)]
    others = [block.id for block in answered if not isinstance(block, Reflection)]
    found = {
        block: Saved(kind=Reflection.kind, body={"text": each.body}, saved_at=each.saved_at)
        for block, each in my_reflections(session, person_id, course, private).items()
    }
    kinds = {block.id: block.kind for block in answered if not isinstance(block, Practice)}
    for block, each in my_responses(session, person_id, course, others).items():
        if kinds.get(block, each.kind) != each.kind:
            continue  # of another kind of block that once had this id; a question tells its own types apart
        found[block] = Saved(kind=each.kind, body=each.body, saved_at=each.saved_at)
    return found


def keep_answer(
    session: Session,
    *,
    person_id: int,
    compiled: CompiledCourse,
    lesson: str,
    block: Block,
    body: Body | None,
    now: datetime,
) -> None:
    """Keep the answer in place of any earlier one; None lets go of what was kept."""
    course = compiled.course.slug
    if isinstance(block, Reflection):
        text = str(body["text"]) if body else ""
        save_reflection(
            session,
            person_id=person_id,
            course=course,
            lesson=lesson,
            block=block.id,
            typed=text,
            now=now,
        )
    elif body is None:
        delete_block_response(session, person_id=person_id, course=course, block=block.id)
    else:
        save_block_response(
            session,
            person_id=person_id,
            course=course,
            lesson=lesson,
            block=block.id,
            kind=answered_kind(compiled, block),
            body=body,
            now=now,
        )


def answered_kind(compiled: CompiledCourse, block: Block) -> str:
    """What the answer's shape hangs on: the question's type, or the kind of the block."""
    return compiled.practice[block.question].type if isinstance(block, Practice) else block.kind
