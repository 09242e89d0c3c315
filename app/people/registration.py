"""Making an account, and confirming that its address is the person's own."""

from datetime import datetime, timedelta
from enum import Enum
from uuid import uuid4

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.kernel.errors import NotFound
from app.kernel.upsert import insert_new
from app.people.links import Link, holds
from app.people.tables import User

DOUBLE_CLICK = timedelta(seconds=10)


class Registered(Enum):
    """What came of registering. The page says the same for all three; the letter does not."""

    NEW = "a letter to confirm the address goes out"
    ALREADY = "the address has an account: a letter says so"
    TWICE = "the same form sent twice in a moment: its letter is on the way"


def find_person(session: Session, address: str) -> User | None:
    """Who has this address (as `read_address` spells it), with their roles, in one query."""
    return session.scalars(_people().where(User.email == address)).unique().one_or_none()


def register(
    session: Session, *, address: str, full_name: str, password_hash: str, now: datetime
) -> tuple[User, Registered]:
    """Make an account that waits for its address to be confirmed.

    Until then the last to register has the say: nobody can lie in wait in somebody else's account, because a
    new password makes the earlier letters' links worth nothing.
    """
    if _insert(session, address, full_name, password_hash, now):
        return _lock(session, address), Registered.NEW
    person = _lock(session, address)
    outcome = _standing(person, now)
    if outcome is Registered.NEW:
        person.full_name, person.password, person.registered_at = full_name, password_hash, now
    session.flush()
    return person, outcome


def invite(session: Session, *, address: str, full_name: str, now: datetime) -> tuple[User, bool]:
    """The person with this address, made where there was none; and whether it was made."""
    made = _insert(session, address, full_name, None, now)
    person = _lock(session, address)
    person.full_name = person.full_name or full_name
    session.flush()
    return person, made


def confirm(session: Session, link: Link, now: datetime) -> User:
    """Confirm the address that the link was sent to; a second press changes nothing. Raises NotFound."""
    person = person_of(session, link)
    if person.confirmed_at is None:
        person.confirmed_at = now
    session.flush()
    return person


def person_of(session: Session, link: Link) -> User:
    """The person of a link that still holds, locked. Raises NotFound."""
    query = _people().where(User.id == link.person_id).with_for_update(of=User)
    person = session.scalars(query).unique().one_or_none()
    if person is None or not holds(link, person):
        raise NotFound("This link no longer works.")
    return person


def _insert(session: Session, address: str, full_name: str, password_hash: str | None, now: datetime) -> bool:
    values = {
        "email": address,
        "full_name": full_name,
        "password": password_hash,
        "active": True,
        "fs_uniquifier": uuid4().hex,
        "create_datetime": now,
        "registered_at": None if password_hash is None else now,
    }
    return insert_new(session, User, values)


def _lock(session: Session, address: str) -> User:
    return session.scalars(_people().where(User.email == address).with_for_update(of=User)).unique().one()


def _standing(person: User, now: datetime) -> Registered:
    if person.confirmed_at is not None or not person.active:
        return Registered.ALREADY
    just_now = person.registered_at is not None and now - person.registered_at < DOUBLE_CLICK
    return Registered.TWICE if just_now else Registered.NEW


def _people() -> Select[User]:
    return select(User).options(joinedload(User.roles))
