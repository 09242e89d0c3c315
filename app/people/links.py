"""The links in letters: signed, for one purpose and one person, good for a while.

A link carries a digest of what it hangs on (a password, an address). When that changes the link is worth
nothing, so a link that sets a password works once. Nothing is stored: there is no table of links to steal.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from itsdangerous import BadSignature, URLSafeSerializer

from app.people.tables import User


class Purpose(Enum):
    """What a link is for. The value is part of its signature, so no link works for another purpose."""

    CONFIRM = "confirm"
    RESET = "reset"
    INVITE = "invite"
    CHANGE_ADDRESS = "change-address"


GOOD_FOR = {
    Purpose.CONFIRM: timedelta(days=2),
    Purpose.RESET: timedelta(hours=2),
    Purpose.INVITE: timedelta(days=14),
    Purpose.CHANGE_ADDRESS: timedelta(hours=2),
}


@dataclass(frozen=True)
class Link:
    """What a link says. Whether it still holds is for `holds` to tell, once its person is loaded."""

    person_id: int
    digest: str
    address: str


def make_link(secret: str, purpose: Purpose, person: User, now: datetime, address: str = "") -> str:
    """The token for a link. `address` is the new address where that is what the link is for."""
    facts = [person.id, _digest(person), int(now.timestamp()), address]
    return str(_signer(secret, purpose).dumps(facts))


def read_link(secret: str, purpose: Purpose, token: str, now: datetime) -> Link | None:
    """What the token says, or None where it is not ours, is for something else, or is too old."""
    try:
        person_id, digest, issued, address = _signer(secret, purpose).loads(token)
    except BadSignature:
        return None
    if datetime.fromtimestamp(issued, UTC) + GOOD_FOR[purpose] < now:
        return None
    return Link(person_id=person_id, digest=digest, address=address)


def holds(link: Link, person: User | None) -> bool:
    """Whether nothing that the link hangs on has changed since it was made."""
    return person is not None and person.active and link.digest == _digest(person)


def _digest(person: User) -> str:
    facts = "\n".join([person.email, person.password or "", person.fs_uniquifier])
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def _signer(secret: str, purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret, salt=f"rung.link.{purpose.value}", signer_kwargs={"digest_method": hashlib.sha256}
    )
