"""Erasing a person: a decision for every table that leads to one, carried out in one write, all or nothing.

*delete*: the rows go. *anonymise*: they stay, and lead to nobody. *tombstone*: the row stays for whoever asks
about it, without what named its person. *keep*: it hangs on something that was made, not on who made it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Column, ColumnElement, Select, Table, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt
from app.certification.burying import bury
from app.certification.tables import Certificate
from app.kernel.db import Base
from app.kernel.errors import NotAllowed, NotFound
from app.mail.tables import Letter
from app.people.tables import Role, User

Outcome = Literal["delete", "anonymise", "tombstone", "keep"]
ONLY_ADMIN = (
    "You are the only administrator, and somebody has to be able to look after the site. "
    "Make somebody else an administrator first."
)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What becomes of a table's rows, and why.

    `by` are the columns that lead to the person, directly or through another table's decision: such rows are
    deleted. `clears` are those that are emptied in rows which stay.
    """

    outcome: Outcome
    why: str
    by: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


def _delete(why: str, *by: str, clears: tuple[str, ...] = ()) -> Decision:
    return Decision(outcome="delete", why=why, by=by, clears=clears)


def _anonymise(why: str, *clears: str) -> Decision:
    return Decision(outcome="anonymise", why=why, clears=clears)


_TEST = "What somebody answered in a test is theirs."
_READING = "How far somebody has come is theirs."
_RECORD = "What somebody noted of their own CPD, and the files that show it, are theirs."
_AFTERWARDS = "What somebody answered and told after a course is theirs."
_AUTHORED = "What somebody made for others stays; who made it is not told."
_TREE = "It holds what was authored, and says nothing of who did."

DECISIONS: Mapping[str, Decision] = {
    "person": _delete("The account itself.", "id"),
    "roles_users": _delete("What the account may do.", "user_id"),
    "sign_in_code": _delete("A code of an account that is gone.", "person_id"),
    "admin_link": _anonymise("That an administrator was made, and when, stays told.", "used_by_id"),
    "enrolment": _delete(_READING, "person_id"),
    "lesson_done": _delete(_READING, "person_id"),
    "block_response": _delete("Their own words and choices.", "person_id"),
    "reflection": _delete("Their own words, private from the start.", "person_id"),
    "attempt": _delete(_TEST, "person_id"),
    "round": _delete(_TEST, "attempt_id"),
    "paper_item": _delete(_TEST, "round_id"),
    "response": _delete(_TEST, "item_id"),
    "grade": _delete(_TEST, "item_id"),
    "reading": _delete(_TEST, "item_id"),
    "completion": _anonymise(
        "That somebody completed the course is counted, and certificates hang on it.",
        "person_id",
        "attempt_id",
    ),
    "cpd_note": _delete(_RECORD, "person_id"),
    "cpd_activity": _delete(_RECORD, "person_id"),
    "evidence": _delete(_RECORD, "person_id"),
    "cpd_goal": _delete(_RECORD, "person_id"),
    "membership": _delete(_RECORD, "person_id"),
    "follow_up": _delete(_AFTERWARDS, "person_id"),
    "follow_up_item": _delete(_AFTERWARDS, "follow_up_id"),
    "plan_report": _delete(_AFTERWARDS, "follow_up_id"),
    "certificate": Decision(
        outcome="tombstone",
        why="Whoever has the paper may check it: it answers that its holder was erased.",
        clears=("issued_by_id",),
    ),
    "certificate_pdf": Decision(
        outcome="tombstone", why="The hash still tells an untouched copy; the bytes, with the name, are gone."
    ),
    "revocation": _anonymise("A certificate stays withdrawn; by whom is not told, and no note.", "by_id"),
    "name_request": _delete("It holds both names.", "person_id", clears=("decided_by_id",)),
    "refresher": _anonymise("How many were invited stays told.", "by_id"),
    "key_opening": _delete(
        "It stands in the way of certificates that nobody can be awarded now.", "person_id"
    ),
    "key_waiver": _delete(
        "It was about them. One that they gave stays, for whom it was given.",
        "person_id",
        clears=("waived_by_id",),
    ),
    "letter": _delete("It has their name and address in it.", "person_id"),
    "letter_event": _delete("A mail server's answer may repeat the address.", "letter_id"),
    "revision": _anonymise(_AUTHORED, "made_by_id"),
    "publication": _anonymise(_AUTHORED, "published_by_id"),
    "approval_request": _anonymise(_AUTHORED, "asked_by_id"),
    "revision_file": Decision(outcome="keep", why=_TREE),
}


@dataclass(frozen=True, kw_only=True)
class Erased:
    """Who was erased: where a last letter can go, and how many certificates go on to answer."""

    address: str
    certificates: int


def erase(session: Session, person_id: int) -> Erased:
    """Erase the person. The caller queues the letter that says so, in the same write.

    Raises NotFound, and NotAllowed for the only administrator.
    """
    # Their tests first, as handing in does: of the two, one then waits for the other instead of both.
    session.execute(select(Attempt.id).where(Attempt.person_id == person_id).with_for_update()).all()
    address = session.scalar(select(User.email).where(User.id == person_id).with_for_update())
    if address is None:
        raise NotFound("There is no such account.")
    if _is_only_admin(session, person_id):
        raise NotAllowed(ONLY_ADMIN)
    session.execute(
        update(Letter)
        .where(Letter.recipient == address, Letter.person_id.is_(None))
        .values(person_id=person_id)
    )
    buried = bury(session, select(Certificate.id).where(Certificate.person_id == person_id))
    for table in reversed(Base.metadata.sorted_tables):
        for name in _decision(table).clears:
            session.execute(update(table).where(_leads(table.c[name], person_id)).values({name: None}))
    for table in reversed(Base.metadata.sorted_tables):
        if _decision(table).by:
            session.execute(delete(table).where(_theirs(table, person_id)))
    session.expire_all()
    return Erased(address=address, certificates=buried)


def tables_about_people() -> Iterator[Table]:
    """Every table whose rows lead to a person, through however many others."""
    leading = {"person"}
    while new := {
        table.name
        for table in Base.metadata.sorted_tables
        if table.name not in leading and any(key.column.table.name in leading for key in table.foreign_keys)
    }:
        leading |= new
    return (table for table in Base.metadata.sorted_tables if table.name in leading)


def _decision(table: Table) -> Decision:
    return DECISIONS.get(table.name, Decision(outcome="keep", why="No row of it leads to a person."))


def _theirs(table: Table, person_id: int) -> ColumnElement[bool]:
    """Whether a row is one that goes with the person."""
    return or_(*(_leads(table.c[name], person_id) for name in _decision(table).by))


def _leads(column: Column[int], person_id: int) -> ColumnElement[bool]:
    """Whether a column leads to the person, or to a row that goes with them."""
    if column.table.name == "person":
        return column == person_id
    [key] = column.foreign_keys
    if key.column.table.name == "person":
        return column == person_id
    return column.in_(_ids(key.column, person_id))


def _ids(key: Column[int], person_id: int) -> Select[int]:
    return select(key).where(_theirs(key.table, person_id))


def _is_only_admin(session: Session, person_id: int) -> bool:
    # The role's row is locked: of two administrators who erase themselves at once, the second hears this.
    role = session.scalar(select(Role.id).where(Role.name == "admin").with_for_update())
    if role is None:
        return False
    admins = select(User.id).join(User.roles).where(Role.id == role, User.active.is_(True))
    others = select(func.count()).select_from(admins.where(User.id != person_id).subquery())
    return session.scalar(admins.where(User.id == person_id)) is not None and not session.scalar(others)
