"""Every certificate that was awarded, found by name, address, code or course, and how each stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.certification.facts import Facts
from app.certification.standing import is_withdrawn
from app.certification.tables import Certificate
from app.certification.verification import State, state_of
from app.kernel.codes import ALPHABET, GROUP, read_code
from app.kernel.errors import NotFound
from app.people.tables import User

PAGE = 50
LONGEST_SOUGHT = 100


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One issue of a certificate. `account` is the holder's name and address; "" once they are erased."""

    id: int
    code: str
    facts: Facts
    issue: int
    account: str
    state: State


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of what was found, newest first. `count` is of all."""

    certificates: tuple[Listed, ...]
    count: int
    page: int
    pages: int


def find_certificates(session: Session, sought: str, *, page: int, today: date) -> Found:
    """The certificates in which `sought` stands; all of them for "". A page that is not there is the last."""
    matching = _matching(" ".join(sought[:LONGEST_SOUGHT].split()))
    counting = select(func.count()).select_from(Certificate).outerjoin(User, User.id == Certificate.person_id)
    count = session.scalar(counting.where(*matching)) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    wanted = standing_of_each().where(*matching).order_by(Certificate.id.desc())
    rows = session.execute(wanted.limit(PAGE).offset((page - 1) * PAGE))
    return Found(certificates=tuple(listed(row, today) for row in rows), count=count, page=page, pages=pages)


def certificate_at(session: Session, code: str, today: date) -> Listed:
    """The certificate with this code, however it is written. Raises NotFound."""
    row = session.execute(standing_of_each().where(Certificate.code == read_code(code))).first()
    if row is None:
        raise NotFound("There is no certificate with this code.")
    return listed(row, today)


def standing_of_each() -> Select[Certificate, str, str, bool, bool]:
    """Certificates with their holders' name and address, whether withdrawn, and whether replaced."""
    later = aliased(Certificate)
    replaced = exists().where(later.replaces_id == Certificate.id)
    return select(Certificate, User.full_name, User.email, is_withdrawn(Certificate.id), replaced).outerjoin(
        User, User.id == Certificate.person_id
    )


def listed(row: Sequence[Any], today: date) -> Listed:
    """One row of `standing_of_each`."""
    certificate, name, email, withdrawn, replaced = row
    facts = Facts.from_json(certificate.facts)
    return Listed(
        id=certificate.id,
        code=certificate.code,
        facts=facts,
        issue=certificate.issue,
        account=", ".join(filter(None, (name, email))),
        state=state_of(
            withdrawn=withdrawn,
            replaced=replaced,
            specimen=certificate.specimen,
            erased=not facts.printed_name,
            expired=facts.expires_on is not None and facts.expires_on < today,
        ),
    )


def _matching(sought: str) -> list[ColumnElement[bool]]:
    return [or_(*_places(sought))] if sought else []


def _places(sought: str) -> Iterator[ColumnElement[bool]]:
    facts = Certificate.facts
    for place in (
        facts["printed_name"].as_string(),
        facts["title"].as_string(),
        facts["course"].as_string(),
        User.full_name,
        User.email,
    ):
        yield place.icontains(sought, autoescape=True)
    part_of_code = sought.upper().replace(" ", "").replace("-", "")
    if len(part_of_code) >= GROUP and set(part_of_code) <= set(ALPHABET):
        yield Certificate.code.contains(part_of_code)
