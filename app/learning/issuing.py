"""What a certificate says, put together at the moment of the pass and frozen with it."""

from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.attempts import RoundResult
from app.assessment.model import Quiz
from app.assessment.policy import Policy, pass_rule
from app.assessment.wording import in_words
from app.catalogue.model import Course, Site
from app.certification.facts import Facts
from app.certification.names import tidy_name
from app.kernel.clock import local_day, months_after
from app.kernel.codes import new_code
from app.learning.membership import membership_line
from app.learning.tables import Enrolment


class Compiled(Protocol):
    """What completing needs to know of a compiled course."""

    @property
    def course(self) -> Course: ...

    @property
    def quiz(self) -> Quiz: ...

    @property
    def revision_id(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Issuing:
    """What a certificate that is awarded now is issued with. On loopback it is a specimen."""

    site: Site
    design_revision_id: int
    base_url: str
    loopback: bool
    zone: ZoneInfo


def facts_of(session: Session, passed: RoundResult, compiled: Compiled, issuing: Issuing) -> Facts:
    """The facts of a certificate for this pass, under a fresh code."""
    course, code = compiled.course, new_code()
    completed_on = local_day(passed.handed_in_at, issuing.zone)
    begun = session.scalar(
        select(Enrolment.enrolled_at).filter_by(person_id=passed.person_id, course=passed.course)
    )
    return Facts(
        code=code,
        check_url=f"{issuing.base_url}/check/{code}",
        specimen=issuing.loopback,
        printed_name=tidy_name(passed.printed_name),
        course=passed.course,
        title=course.title,
        summary=course.summary,
        nation=course.nation,
        edition=passed.edition,
        revision_id=passed.revision_id,
        law_as_at=course.law_as_at,
        outcomes=tuple(outcome.text for outcome in course.outcomes),
        minutes=course.minutes,
        deed=_deed(passed.policy),
        pass_rule=_rule(passed.policy),
        issuer=issuing.site.issuer.name,
        contact=issuing.site.issuer.contact,
        started_on=local_day(begun or passed.opened_at, issuing.zone),
        completed_on=completed_on,
        completed_at=passed.handed_in_at,
        expires_on=months_after(completed_on, course.valid_for) if course.valid_for else None,
        membership=membership_line(session, passed.person_id),
    )


def _deed(policy: Policy) -> str:
    if policy.percent < 100:
        return f"answered at least {policy.percent}% of its test correctly"
    return "answered every part of its test correctly"


def _rule(policy: Policy) -> str:
    rule = pass_rule(policy)
    tries = f"in {in_words(policy.rounds)} rounds at most" if policy.rounds > 1 else "in one sitting"
    return f"{rule[0].upper()}{rule[1:]}, {tries}."
