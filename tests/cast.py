"""The people of the tests. Ben learns elsewhere and must never see what is Amira's."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from flask_security.utils import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.people.tables import Role, User

PASSWORD = "seven lanterns in the rain"


@dataclass(frozen=True)
class Cast:
    amira: User
    ben: User
    edda: User
    malik: User
    ada: User


def make_cast(session: Session, now: datetime) -> Cast:
    with writing(session):
        people = {
            "amira": _person(session, "Amira Osei-Bonsu", None, now),
            "ben": _person(session, "Ben Whitlock", None, now),
            "edda": _person(session, "Edda Lind", "editor", now),
            "malik": _person(session, "Malik Rahman", "manager", now),
            "ada": _person(session, "Ada Fenwick", "admin", now),
        }
    return Cast(**people)


@cache
def _hashed() -> str:
    # Once a run: hashing is slow on purpose.
    return str(hash_password(PASSWORD))


def _person(session: Session, name: str, role: str | None, now: datetime) -> User:
    first = name.split(maxsplit=1)[0].lower()
    person = User(
        full_name=name,
        email=f"{first}@example.org",
        password=_hashed(),
        active=True,
        fs_uniquifier=f"{first}-session-identifier",
        confirmed_at=now,
        us_totp_secrets=None,
    )
    if role:
        person.roles.append(session.scalar(select(Role).where(Role.name == role)) or Role(name=role))
    session.add(person)
    session.flush()
    return person
