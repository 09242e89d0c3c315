"""What an operator does with accounts: add a person, give a role, make the first administrator."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.kernel.errors import NotAllowed, NotFound, Refusal
from app.kernel.upsert import insert_new
from app.people.addresses import name_problem, read_address, read_name
from app.people.registration import find_person, invite
from app.people.tables import AdminLink, Role, User

ROLES = ("learner", "editor", "manager", "admin")
ADMIN_LINK_GOOD_FOR = timedelta(hours=24)


def add_person(
    session: Session, *, email: str, full_name: str = "", role: str | None = None, now: datetime
) -> tuple[User, bool]:
    """The person with this address, made where there was none; and whether they were made.

    They have no password yet: the caller queues the letter by which they set one. A role is added to theirs.
    Raises Refusal with a sentence for an address, name or role that cannot be.
    """
    person, made = invite(session, address=_address(email), full_name=_name(full_name), now=now)
    if role is not None and role != "learner":
        give_role(session, person, role)
    return person, made


def make_admin(session: Session, *, email: str) -> User:
    """Make the person with this address an administrator. Raises NotFound where nobody has it."""
    person = find_person(session, _address(email))
    if person is None:
        raise NotFound(f"Nobody has an account with {email}. Add them first: rung people add {email}")
    give_role(session, person, "admin")
    return person


def give_role(session: Session, person: User, name: str) -> None:
    """Add a role to those that the person has. Raises Refusal for a role that there is not."""
    if name not in ROLES:
        raise Refusal(f"{name!r} is not a role. The roles are: {', '.join(ROLES)}.")
    insert_new(session, Role, {"name": name})
    if name not in {role.name for role in person.roles}:
        person.roles.append(session.scalars(select(Role).where(Role.name == name)).one())
    session.flush()


def has_admin(session: Session) -> bool:
    """Whether anybody who can sign in is an administrator."""
    admins = select(User.id).join(User.roles).where(Role.name == "admin", User.active.is_(True))
    return session.scalar(admins.limit(1)) is not None


def make_admin_link(session: Session, *, now: datetime) -> str:
    """The token of a one-time link that makes whoever uses it the administrator. Earlier ones stop working.

    Raises NotAllowed where there is an administrator already.
    """
    if has_admin(session):
        raise NotAllowed("There is an administrator already, who can give roles to others.")
    session.execute(update(AdminLink).where(AdminLink.used_at.is_(None)).values(expires_at=now))
    token = secrets.token_urlsafe(32)
    session.add(AdminLink(token_hash=_hash(token), made_at=now, expires_at=now + ADMIN_LINK_GOOD_FOR))
    session.flush()
    return token


def admin_link_holds(session: Session, token: str, now: datetime) -> bool:
    """Whether this token would make an administrator at this moment."""
    link = session.get(AdminLink, _hash(token))
    return link is not None and link.used_at is None and link.expires_at > now and not has_admin(session)


def use_admin_link(
    session: Session, *, token: str, address: str, full_name: str, password_hash: str, now: datetime
) -> User:
    """Make the administrator. Raises NotFound where the link is used, too old, or not needed any more."""
    if not _spend(session, token, now) or has_admin(session):
        raise NotFound("This link no longer works.")
    person, _made = invite(session, address=address, full_name=full_name, now=now)
    person.full_name, person.password, person.confirmed_at = full_name, password_hash, now
    person.active, person.fs_uniquifier = True, uuid4().hex
    give_role(session, person, "admin")
    session.execute(
        update(AdminLink).where(AdminLink.token_hash == _hash(token)).values(used_by_id=person.id)
    )
    return person


def _spend(session: Session, token: str, now: datetime) -> bool:
    # One statement decides: of two requests with the same link, one finds it unused.
    unused = update(AdminLink).where(AdminLink.token_hash == _hash(token), AdminLink.used_at.is_(None))
    spent = unused.where(AdminLink.expires_at > now).values(used_at=now)
    return session.execute(spent.returning(AdminLink.token_hash)).first() is not None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _address(typed: str) -> str:
    address = read_address(typed)
    if address is None:
        raise Refusal(f"{typed!r} is not an e-mail address.")
    return address


def _name(typed: str) -> str:
    name = read_name(typed)
    if name and (problem := name_problem(name)):
        raise Refusal(problem)
    return name
