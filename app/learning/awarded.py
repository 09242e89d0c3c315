"""What a person was awarded for completing an edition of a course."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.certification.tables import Certificate
from app.learning.tables import Completion


def awarded(session: Session, *, person_id: int, course: str, edition: int) -> str | None:
    """The code of the newest certificate; "" where they completed it without one, None where they did not."""
    later = aliased(Certificate)
    replaced = exists().where(later.replaces_id == Certificate.id)
    newest = (
        select(Certificate.code)
        .select_from(Completion)
        .outerjoin(Certificate, (Certificate.completion_id == Completion.id) & ~replaced)
        .where(Completion.person_id == person_id, Completion.course == course, Completion.edition == edition)
        .order_by(Completion.completed_at.desc(), Completion.id.desc())
    )
    row = session.execute(newest).first()
    return None if row is None else (row.code or "")
