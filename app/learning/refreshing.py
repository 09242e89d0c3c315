"""Who holds a valid certificate for a course whose law has changed, and inviting them to something short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.tables import Certificate
from app.kernel.clock import day_in_words
from app.kernel.errors import Conflict
from app.learning.certificate_list import Listed, listed, standing_of_each
from app.learning.tables import Completion, Refresher
from app.learning.writing_to import about, write_to
from app.mail.certificate_letters import refresher_letter
from app.mail.letters import LetterText
from app.mail.tables import Letter

LONGEST_MESSAGE = 3000


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A person with a valid certificate of the older law. `invited` for this course and day already."""

    person_id: int
    account: str
    facts: Facts
    invited: bool


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What they are invited to: a path of this site with a title, and the words of the letter."""

    course: str
    changed_on: date
    address: str
    title: str
    message: str


def holders_before(session: Session, course: str, changed_on: date, today: date) -> tuple[Holder, ...]:
    """Everybody whose newest valid certificate of the course tells the law of a day before `changed_on`."""
    newest: dict[int, Listed] = {}
    wanted = (
        standing_of_each()
        .add_columns(Completion.person_id)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Completion.course == course, Completion.person_id.is_not(None))
        .order_by(Completion.completed_at.desc(), Completion.id.desc())
    )
    for *row, person_id in session.execute(wanted):
        certificate = listed(row, today)
        if certificate.state == "valid":
            newest.setdefault(person_id, certificate)
    invited = _invited(session, course, changed_on)
    return tuple(
        Holder(
            person_id=person_id,
            account=each.account,
            facts=each.facts,
            invited=_key(course, changed_on, person_id) in invited,
        )
        for person_id, each in sorted(newest.items(), key=lambda item: item[1].account.casefold())
        if each.facts.law_as_at < changed_on
    )


def letter_for(facts: Facts, invitation: Invitation, base_url: str) -> LetterText:
    """The letter as one holder gets it."""
    return refresher_letter(
        about(facts, base_url),
        message=invitation.message,
        law_as_at=day_in_words(facts.law_as_at),
        refresher_title=invitation.title,
        refresher_url=f"{base_url}{invitation.address}",
    )


def invite(
    session: Session,
    invitation: Invitation,
    *,
    base_url: str,
    by_id: int | None,
    today: date,
    now: datetime,
) -> int:
    """Queue a letter to every holder who was not invited for this course and day yet; how many.

    Raises Conflict where there is nobody.
    """
    holders = holders_before(session, invitation.course, invitation.changed_on, today)
    new = [each for each in holders if not each.invited]
    if not new:
        raise Conflict("Everybody whom this is about has been invited already.")
    for each in new:
        write_to(
            session,
            each.person_id,
            letter_for(each.facts, invitation, base_url),
            kind="certificate-refresher",
            key=_key(invitation.course, invitation.changed_on, each.person_id),
            now=now,
        )
    session.add(
        Refresher(
            course=invitation.course,
            changed_on=invitation.changed_on,
            address=invitation.address,
            message=invitation.message,
            invited=len(new),
            by_id=by_id,
            invited_at=now,
        )
    )
    session.flush()
    return len(new)


def invitations(session: Session, course: str) -> Sequence[Refresher]:
    """What holders of this course were invited to, the newest first."""
    mine = select(Refresher).filter_by(course=course).order_by(Refresher.id.desc())
    return session.scalars(mine).all()


def _key(course: str, changed_on: date, person_id: int) -> str:
    return f"refresher:{course}:{changed_on.isoformat()}:{person_id}"


def _invited(session: Session, course: str, changed_on: date) -> set[str]:
    begins = f"refresher:{course}:{changed_on.isoformat()}:"
    return set(
        session.scalars(
            select(Letter.dedupe_key).where(Letter.dedupe_key.startswith(begins, autoescape=True))
        )
    )
