"""The professional body that a person belongs to. Only certificates awarded after that print it."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.certification.names import LONGEST, printed_name_problem
from app.kernel.errors import Refusal
from app.kernel.upsert import insert_or_update
from app.learning import cpd_tables as kept
from app.learning.cpd import Membership

LONGEST_BODY, LONGEST_NUMBER = LONGEST, 30


def membership_line(session: Session, person_id: int) -> str:
    """The membership as it is printed, or "" where none was given."""
    row = session.scalar(select(kept.Membership).where(kept.Membership.person_id == person_id))
    return Membership(body=row.body, number=row.number).line if row else ""


def save_membership(
    session: Session, *, person_id: int, membership: Membership | None, now: datetime
) -> None:
    """Keep this membership in place of any earlier one; None lets go of it. Raises Refusal."""
    if membership is None:
        session.execute(delete(kept.Membership).where(kept.Membership.person_id == person_id))
        return
    if body_problem(membership.body) or number_problem(membership.number):
        raise Refusal("This membership cannot be printed.")
    values = {"body": membership.body, "number": membership.number, "saved_at": now}
    insert_or_update(session, kept.Membership, {"person_id": person_id}, values)


def body_problem(text: str) -> str | None:
    """Why the name of a body cannot be printed, in a sentence; None where it can."""
    if not text:
        return "Enter the name of your professional body."
    return _problem(text, LONGEST_BODY)


def number_problem(text: str) -> str | None:
    """Why a membership number cannot be printed, in a sentence; None where it can."""
    if not text:
        return "Enter your membership number."
    return _problem(text, LONGEST_NUMBER)


def _problem(text: str, longest: int) -> str | None:
    if len(text) > longest:
        return f"Write this in {longest} characters at most. It has {len(text)} now."
    # A letter before each character: the rule for names asks for one, and a number may have none.
    strange = [character for character in dict.fromkeys(text) if printed_name_problem(f"A{character}")]
    if not strange:
        return None
    shown = ", ".join(character for character in strange if character.isprintable())
    return (
        f"Our certificates cannot print {shown} yet." if shown else "Type this again, rather than pasting it."
    )
