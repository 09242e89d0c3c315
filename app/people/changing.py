"""What people change in their own account. Whatever gives somebody else a way in ends every session."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, NotFound
from app.people.links import Link
from app.people.registration import find_person, person_of
from app.people.tables import SignInCode, User


def change_name(session: Session, person_id: int, full_name: str) -> None:
    """Call the person this from now on. Certificates that they have keep the name printed on them."""
    _own(session, person_id).full_name = full_name
    session.flush()


def change_password(session: Session, person_id: int, password_hash: str) -> User:
    """Set a new password and end every session; the caller signs this one in again."""
    person = _own(session, person_id)
    person.password = password_hash
    end_sessions(session, person)
    return person


def set_password(session: Session, link: Link, password_hash: str, now: datetime) -> User:
    """Set the password by a letter's link, which also shows that the address is theirs. Raises NotFound."""
    person = person_of(session, link)
    person.password = password_hash
    person.confirmed_at = person.confirmed_at or now
    end_sessions(session, person)
    return person


def change_address(session: Session, link: Link, now: datetime) -> tuple[User, str]:
    """Move the account to the link's address; returns the old one too.

    Raises NotFound, or Conflict where somebody has the new address by now.
    """
    person = person_of(session, link)
    taken = find_person(session, link.address)
    if taken is not None and taken.id != person.id:
        raise Conflict("Another account uses this address.")
    old, person.email, person.confirmed_at = person.email, link.address, now
    end_sessions(session, person)
    return person, old


def sign_out_everywhere(session: Session, person_id: int) -> None:
    """End every session of this person, on every device."""
    end_sessions(session, _own(session, person_id))


def end_sessions(session: Session, person: User) -> None:
    """A new identifier: no session, no code and no link on its way works any more."""
    person.fs_uniquifier = uuid4().hex
    if code := session.get(SignInCode, person.id):
        session.delete(code)
    session.flush()


def _own(session: Session, person_id: int) -> User:
    person = session.scalar(select(User).where(User.id == person_id).with_for_update())
    if person is None:
        raise NotFound("There is no such account.")
    return person
