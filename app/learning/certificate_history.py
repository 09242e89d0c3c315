"""All that happened to one certificate and its other issues, and the letters that told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate, NameRequest, Revocation
from app.kernel.codes import read_code
from app.kernel.errors import NotFound
from app.learning.tables import Completion
from app.mail.tables import Letter

Kind = Literal["awarded", "replaced", "withdrawn", "reinstated", "name asked", "name kept", "renewed"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened. `code` is the certificate that it happened to, or that came of it.

    `reason` is a class of reasons, `words` what somebody typed with it.
    """

    kind: Kind
    at: datetime
    code: str
    by_id: int | None = None
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A letter about it. `sent_at` is None while it `waits`, and where it was given up."""

    subject: str
    recipient: str
    queued_at: datetime
    sent_at: datetime | None
    waits: bool


@dataclass(frozen=True, kw_only=True)
class History:
    """Oldest first. `newest_code` is the issue that counts now; `name_asked` waits for a decision, or ""."""

    events: tuple[Event, ...]
    letters: tuple[Sent, ...]
    newest_code: str
    name_asked: str


def history_of(session: Session, code: str) -> History:
    """What happened to this certificate, all its issues and its renewals. Raises NotFound."""
    this = session.scalar(select(Certificate).filter_by(code=read_code(code)))
    if this is None:
        raise NotFound("There is no certificate with this code.")
    of_completion = select(Certificate).filter_by(completion_id=this.completion_id)
    issues = session.scalars(of_completion.order_by(Certificate.issue)).all()
    codes = {issue.id: issue.code for issue in issues}
    asked = session.scalars(select(NameRequest).where(NameRequest.certificate_id.in_(codes))).all()
    events = [
        *_issued(issues),
        *_turned(session, codes),
        *_names(asked, codes),
        *_renewed(session, this),
    ]
    return History(
        events=tuple(sorted(events, key=lambda event: event.at)),
        letters=tuple(_letters(session, this, codes.values(), asked)),
        newest_code=issues[-1].code,
        name_asked=next((each.printed_name for each in asked if each.decided_at is None), ""),
    )


def _issued(issues: Iterable[Certificate]) -> Iterable[Event]:
    for issue in issues:
        kind: Kind = "awarded" if issue.replaces_id is None else "replaced"
        yield Event(kind=kind, at=issue.awarded_at, code=issue.code, by_id=issue.issued_by_id)


def _turned(session: Session, codes: dict[int, str]) -> Iterable[Event]:
    wanted = select(Revocation).where(Revocation.certificate_id.in_(codes)).order_by(Revocation.id)
    for row in session.scalars(wanted):
        yield Event(
            kind="withdrawn" if row.kind == "withdrawn" else "reinstated",
            at=row.happened_at,
            code=codes[row.certificate_id],
            by_id=row.by_id,
            reason=row.reason,
            words=row.note,
        )


def _names(asked: Iterable[NameRequest], codes: dict[int, str]) -> Iterable[Event]:
    for each in asked:
        code = codes[each.certificate_id]
        yield Event(
            kind="name asked", at=each.asked_at, code=code, by_id=each.person_id, words=each.printed_name
        )
        if each.decided_at is not None and not each.granted:
            yield Event(
                kind="name kept", at=each.decided_at, code=code, by_id=each.decided_by_id, words=each.answer
            )


def _renewed(session: Session, this: Certificate) -> Iterable[Event]:
    """Later certificates of the same person, course and edition."""
    mine = session.get_one(Completion, this.completion_id)
    wanted = (
        select(Certificate.code, Certificate.awarded_at)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Completion.person_id == mine.person_id, Completion.course == mine.course)
        .where(Completion.edition == mine.edition, Completion.cycle > mine.cycle)
        .where(Certificate.replaces_id.is_(None))
    )
    for code, at in session.execute(wanted):
        yield Event(kind="renewed", at=at, code=code)


def _letters(
    session: Session, this: Certificate, codes: Iterable[str], asked: Iterable[NameRequest]
) -> Iterable[Sent]:
    """By the keys under which they were queued. A letter goes with the account of whoever is erased."""
    keys = [f"{kind}:{code}" for code in codes for kind in ("certificate", "replaced")]
    keys += [f"name-kept:{each.id}" for each in asked]
    begins = [f"{kind}:{code}:" for code in codes for kind in ("withdrawn", "reinstated")]
    begins.append(f"expiry:{this.completion_id}:")
    named = or_(
        Letter.dedupe_key.in_(keys), *(Letter.dedupe_key.startswith(each, autoescape=True) for each in begins)
    )
    wanted = select(Letter).where(Letter.person_id == this.person_id, named).order_by(Letter.id)
    for letter in session.scalars(wanted):
        yield Sent(
            subject=letter.subject,
            recipient=letter.recipient,
            queued_at=letter.queued_at,
            sent_at=letter.sent_at,
            waits=letter.next_at is not None,
        )
