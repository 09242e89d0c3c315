"""Replacing a certificate: another name, or what a corrected course says. The holder gets the new PDF."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.changes import changes, corrected
from app.certification.facts import Facts
from app.certification.name_requests import asked_for, decide
from app.certification.names import printed_name_problem, tidy_name
from app.certification.reissuing import issue_again
from app.certification.standing import locked
from app.certification.tables import Certificate
from app.kernel.codes import grouped
from app.kernel.errors import Conflict, NotAllowed, NotFound
from app.learning.issuing import Compiled
from app.learning.writing_to import about, write_to
from app.mail.certificate_letters import name_kept_letter, replaced_letter

LONGEST_ANSWER = 1000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a new issue is to say. "" leaves the name, None the course.

    `course` is a later revision of the same edition; `law_too` takes its law's day as well.
    """

    printed_name: str = ""
    course: Compiled | None = None
    law_too: bool = False


def as_wanted(facts: Facts, wanted: Wanted) -> Facts:
    """The facts as the new issue would tell them, still under the old code.

    Raises NotAllowed for a name that cannot be printed, and Conflict for a course of another edition.
    """
    name = tidy_name(wanted.printed_name)
    if name:
        if problem := printed_name_problem(name):
            raise NotAllowed(problem)
        facts = replace(facts, printed_name=name)
    if wanted.course is None:
        return facts
    course = wanted.course.course
    if (course.slug, course.edition) != (facts.course, facts.edition):
        raise Conflict("A certificate keeps its course and its edition.")
    return corrected(
        facts,
        title=course.title,
        summary=course.summary,
        nation=course.nation,
        outcomes=tuple(outcome.text for outcome in course.outcomes),
        minutes=course.minutes,
        revision_id=wanted.course.revision_id,
        law_as_at=course.law_as_at if wanted.law_too else None,
    )


def replace_certificate(
    session: Session,
    code: str,
    wanted: Wanted,
    *,
    base_url: str,
    loopback: bool,
    by_id: int | None,
    now: datetime,
) -> str:
    """Issue the certificate anew; the new code. A name that was asked for is settled with it.

    Raises NotFound, NotAllowed, and Conflict where nothing would change or it cannot be replaced (any more).
    """
    old = locked(session, code)
    before = Facts.from_json(old.facts)
    after = as_wanted(before, wanted)
    differing = changes(before, after)
    if not differing:
        raise Conflict("The new certificate would say the same as the old one.")
    new = issue_again(session, old, after, base_url=base_url, loopback=loopback, by_id=by_id, now=now)
    _settle(session, old, new, by_id, now)
    letter = replaced_letter(
        about(new, base_url),
        changes=[change.sentence for change in differing],
        old_code=grouped(old.code),
        specimen=new.specimen,
    )
    write_to(
        session,
        old.person_id,
        letter,
        kind="certificate-replaced",
        key=f"replaced:{new.code}",
        attachment=f"certificate:{new.code}",
        now=now,
    )
    return new.code


def keep_name(
    session: Session, code: str, *, answer: str, base_url: str, by_id: int | None, now: datetime
) -> None:
    """Turn down the name that is asked for, with a reason that the holder reads. Raises NotFound."""
    certificate = locked(session, code)
    request = asked_for(session, certificate.id)
    if request is None:
        raise NotFound("Nobody has asked for another name on this certificate.")
    decide(request, granted=False, answer=answer[:LONGEST_ANSWER], by_id=by_id, now=now)
    letter = name_kept_letter(
        about(Facts.from_json(certificate.facts), base_url),
        asked_name=request.printed_name,
        answer=request.answer,
    )
    key = f"name-kept:{request.id}"
    write_to(session, certificate.person_id, letter, kind="certificate-name-kept", key=key, now=now)


def _settle(session: Session, old: Certificate, new: Facts, by_id: int | None, now: datetime) -> None:
    """A name that waits is granted by another name; a correction of the course alone takes it along."""
    request = asked_for(session, old.id)
    if request is None:
        return
    if new.printed_name != Facts.from_json(old.facts).printed_name:
        decide(request, granted=True, answer="", by_id=by_id, now=now)
    else:
        request.certificate_id = session.scalars(select(Certificate.id).filter_by(code=new.code)).one()
    session.flush()
