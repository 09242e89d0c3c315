"""Awarding: one certificate for one completion, however often and from however many sides it is asked for."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.tables import Certificate
from app.kernel.upsert import insert_new

FIRST_ISSUE = 1


def award(
    session: Session,
    *,
    completion_id: int,
    person_id: int,
    facts: Facts,
    design_revision_id: int,
    now: datetime,
) -> Facts:
    """Award a completion's certificate, or find the one that is there; what it says, under its own code."""
    row = {
        "code": facts.code,
        "completion_id": completion_id,
        "issue": FIRST_ISSUE,
        "person_id": person_id,
        "facts": facts.to_json(),
        "design_revision_id": design_revision_id,
        "specimen": facts.specimen,
        "awarded_at": now,
    }
    if insert_new(session, Certificate, row):
        return facts
    first = select(Certificate.facts).where(
        Certificate.completion_id == completion_id, Certificate.issue == FIRST_ISSUE
    )
    return Facts.from_json(session.scalars(first).one())
