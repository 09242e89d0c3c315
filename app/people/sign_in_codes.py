"""Signing in by a code that is e-mailed: eight digits, good for 15 minutes, once, and for five tries.

A code is random and is there only after somebody asked for one, so there is nothing to guess at other times.
Five tries at eight digits succeed once in 20 million codes.
"""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.kernel.upsert import insert_or_update
from app.people.registration import find_person
from app.people.tables import SignInCode, User

DIGITS = 8
GOOD_FOR = timedelta(minutes=15)
TRIES = 5


def new_code() -> str:
    """A fresh code, digits alone."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def spaced(code: str) -> str:
    """The code as a letter shows it: 1234 5678."""
    return f"{code[:4]} {code[4:]}"


def read_code(typed: str) -> str | None:
    """The digits that were typed, whatever stands between them; None where it cannot be a code."""
    digits = re.sub(r"[\s\-\u2010-\u2015]+", "", typed[:60])
    return digits if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else None


def keep_code(session: Session, *, secret: str, person_id: int, code: str, now: datetime) -> None:
    """Make this the person's one code; an earlier one stops working."""
    values = {"code_hash": _hash(secret, person_id, code), "expires_at": now + GOOD_FOR, "tries": 0}
    insert_or_update(session, SignInCode, {"person_id": person_id}, values)


def use_code(session: Session, *, secret: str, address: str, code: str, now: datetime) -> User | None:
    """Who the code signs in, or None. The code is spent by it; a wrong one counts as a try.

    An account never confirmed is confirmed by this, and loses its password, which anybody could have set.
    """
    person = find_person(session, address)
    if (
        person is None
        or not person.active
        or not spend(session, secret=secret, person_id=person.id, code=code, now=now)
    ):
        return None
    if person.confirmed_at is None:
        person.confirmed_at, person.password = now, None
    session.flush()
    return person


def spend(session: Session, *, secret: str, person_id: int, code: str, now: datetime) -> bool:
    """Whether this is the person's code. It is spent by that; a wrong one counts as a try."""
    # One statement decides: of two requests with the same code, one deletes the row.
    theirs = SignInCode.person_id == person_id
    good = (
        SignInCode.code_hash == _hash(secret, person_id, code),
        SignInCode.tries < TRIES,
        SignInCode.expires_at >= now,
    )
    spent = session.execute(delete(SignInCode).where(theirs, *good).returning(SignInCode.person_id)).first()
    if spent is None:
        session.execute(update(SignInCode).where(theirs).values(tries=SignInCode.tries + 1))
    return spent is not None


def _hash(secret: str, person_id: int, code: str) -> str:
    return hmac.new(secret.encode(), f"sign-in code {person_id} {code}".encode(), hashlib.sha256).hexdigest()
