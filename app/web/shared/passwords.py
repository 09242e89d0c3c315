"""Hashing and checking passwords. Slow on purpose, so never inside a write."""

from flask import Flask, current_app
from flask_security.utils import hash_password, verify_password

from app.people.passwords import LONGEST, normal
from app.people.tables import User

NOBODY = "rung-hash-of-nobody"

# OWASP's floor for argon2id is 19 MiB, two passes, one lane (Password Storage Cheat Sheet); this adds a pass.
# The library's 64 MiB would be half a gigabyte with eight people signing in at once.
ARGON2 = {"argon2__memory_cost": 19456, "argon2__time_cost": 3, "argon2__parallelism": 1}


def prepare_hashing(app: Flask) -> None:
    """Make the hash that is checked where there is no account, so that the answer takes as long."""
    with app.app_context():
        app.extensions[NOBODY] = hashed("nobody has this password")


def hashed(password: str) -> str:
    return hash_password(normal(password))


def matches(person: User | None, typed: str) -> bool:
    """Whether this is the person's password. Takes as long where there is no person, or no password."""
    theirs = person.password if person else None
    short = typed[: LONGEST + 1]  # one longer than any password never matches, and is not worth hashing whole
    right = verify_password(normal(short), theirs or current_app.extensions[NOBODY])
    return bool(right and theirs)
