"""A second person's waiver: somebody may earn a certificate although they had seen the test's answers."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.attempts import RoundResult, grade_round, latest, standing
from app.assessment.records import lock_attempt
from app.assessment.tables import Attempt
from app.certification.tables import Certificate
from app.kernel.errors import Conflict, NotAllowed
from app.learning.certifying import certify, has_certificate
from app.learning.issuing import Compiled, Issuing
from app.learning.keys_opened import no_certificate
from app.learning.tables import Completion, KeyWaiver

LONGEST_REASON = 300

Prepare = Callable[[Session, int], tuple[Compiled, Issuing]]


def owed(session: Session, *, person_id: int, course: str) -> dict[int, int]:
    """The editions that the person has completed without a certificate -> the revision they passed."""
    rows = session.execute(
        select(Completion.edition, Completion.revision_id)
        .outerjoin(Certificate, Certificate.completion_id == Completion.id)
        .where(Completion.person_id == person_id, Completion.course == course, Certificate.id.is_(None))
        .order_by(Completion.edition)
    )
    return dict(rows.all())


def can_be_waived(
    session: Session, *, person_id: int, course: str, edition: int, questions: Iterable[str]
) -> list[int]:
    """The editions whose certificate the person could be let earn: what is owed, and the live one.

    `edition` is live, and `questions` are the ids of those that its test asks.
    """
    editions = list(owed(session, person_id=person_id, course=course))
    if (
        edition not in editions
        and no_certificate(session, edition=edition, questions=questions, person_id=person_id, course=course)
        and not has_certificate(session, edition=edition, person_id=person_id, course=course)
    ):
        editions.append(edition)
    return editions


def waive(
    session: Session,
    *,
    person_id: int,
    course: str,
    edition: int,
    reason: str,
    by_id: int,
    prepare: Prepare,
    now: datetime,
) -> bool:
    """Let the person earn this edition's certificate. True where they had passed: it is made now.

    `prepare` gives a course as it stood in a revision, and what a certificate is issued with. Raises
    NotAllowed where somebody would waive for themselves, and Conflict where there is a certificate already,
    or where the test that they passed is not kept any more.
    """
    if by_id == person_id:
        raise NotAllowed("You cannot waive this for yourself. Ask another editor.")
    if newest := latest(session, person_id=person_id, course=course):
        # A pass at this very moment is either seen here, or sees the waiver.
        lock_attempt(session, person_id, newest.code)
    if has_certificate(session, person_id=person_id, course=course, edition=edition):
        raise Conflict("There is a certificate for this edition already.")
    session.add(
        KeyWaiver(
            person_id=person_id,
            course=course,
            edition=edition,
            reason=reason[:LONGEST_REASON],
            waived_at=now,
            waived_by_id=by_id,
        )
    )
    session.flush()
    mine = select(Completion).filter_by(person_id=person_id, course=course, edition=edition)
    completion = session.scalars(mine.order_by(Completion.cycle.desc())).first()
    if completion is not None:
        _certify(session, person_id, completion, prepare, now)
    return completion is not None


def _certify(
    session: Session, person_id: int, completion: Completion, prepare: Prepare, now: datetime
) -> None:
    passed = _pass_of(session, person_id, completion, now)
    compiled, issuing = prepare(session, completion.revision_id)
    certify(session, completion_id=completion.id, passed=passed, compiled=compiled, issuing=issuing, now=now)


def _pass_of(session: Session, person_id: int, completion: Completion, now: datetime) -> RoundResult:
    """The hand-in that brought the completion. Its round is graded: asking for it again grades nothing."""
    if completion.attempt_id is None:
        raise Conflict("The test that was passed is not kept any more, so no certificate can be made of it.")
    code = session.get_one(Attempt, completion.attempt_id).code
    number = standing(session, person_id=person_id, code=code).current.number
    return grade_round(session, person_id=person_id, code=code, round_number=number, saves=0, now=now)
