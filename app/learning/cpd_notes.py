"""What a person says of a completion of theirs. The certificate keeps what it says."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt
from app.kernel.codes import read_code
from app.kernel.errors import NotFound, Refusal
from app.kernel.upsert import insert_or_update
from app.learning.cpd import KINDS
from app.learning.cpd_tables import CpdNote
from app.learning.cpd_typed import LONGEST_OBJECTIVE, LONGEST_OUTCOME, one_line
from app.learning.record import NONE
from app.learning.tables import Completion


def save_note(
    session: Session, *, person_id: int, code: str, objective: str, outcome: str, kind: str, now: datetime
) -> None:
    """Keep this in place of any earlier note on the entry. Raises NotFound and Refusal."""
    said = {"objective": one_line(objective), "outcome": one_line(outcome), "kind": kind}
    if kind not in KINDS:
        raise Refusal("Choose a type.")
    if len(said["objective"]) > LONGEST_OBJECTIVE or len(said["outcome"]) > LONGEST_OUTCOME:
        raise Refusal("This is longer than can be kept.")
    mine = select(Completion.id).join(Attempt, Attempt.id == Completion.attempt_id)
    completion_id = session.scalar(
        mine.where(Completion.person_id == person_id, Attempt.code == read_code(code))
    )
    if completion_id is None:
        raise NotFound(NONE)
    values = {**said, "person_id": person_id, "saved_at": now}
    insert_or_update(session, CpdNote, {"completion_id": completion_id}, values)
