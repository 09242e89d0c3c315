"""A new issue of a certificate, which replaces the one before. The older one keeps every byte."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.standing import is_withdrawn_now
from app.certification.tables import Certificate
from app.kernel.codes import new_code
from app.kernel.errors import Conflict
from app.kernel.upsert import insert_new

WITHDRAWN = "This certificate is withdrawn. Reinstate it before you replace it."
ERASED = "Its holder has been erased, so there is nobody to give a new one to."
REPLACED = "This certificate has been replaced already. Look at the newest one."


def check_can_be_replaced(session: Session, certificate_id: int, facts: Facts) -> None:
    """Raises Conflict where it is withdrawn, a newer issue is there, or its holder has been erased."""
    if is_withdrawn_now(session, certificate_id):
        raise Conflict(WITHDRAWN)
    if session.scalar(select(Certificate.id).filter_by(replaces_id=certificate_id).limit(1)) is not None:
        raise Conflict(REPLACED)
    if not facts.printed_name:
        raise Conflict(ERASED)


def issue_again(
    session: Session,
    old: Certificate,
    facts: Facts,
    *,
    base_url: str,
    loopback: bool,
    by_id: int | None,
    now: datetime,
) -> Facts:
    """Issue these facts in the place of `old`, under a fresh code; what the new issue says.

    Design, completion and whether checkers see the name stay. A specimen is replaced by a specimen. Raises
    Conflict where somebody else has just replaced it: the completion and the issue's number are unique.
    """
    check_can_be_replaced(session, old.id, Facts.from_json(old.facts))
    code = new_code()
    frozen = replace(
        facts,
        code=code,
        check_url=f"{base_url}/check/{code}",
        specimen=old.specimen or loopback,
        replaces=old.code,
    )
    row = {
        "code": code,
        "completion_id": old.completion_id,
        "issue": old.issue + 1,
        "replaces_id": old.id,
        "person_id": old.person_id,
        "facts": frozen.to_json(),
        "design_revision_id": old.design_revision_id,
        "specimen": frozen.specimen,
        "name_shown": old.name_shown,
        "issued_by_id": by_id,
        "awarded_at": now,
    }
    if not insert_new(session, Certificate, row):
        raise Conflict(REPLACED)
    return frozen
