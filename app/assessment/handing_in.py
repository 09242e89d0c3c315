"""Handing in a round: graded once, however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.assessment.policy import Policy, read_policy
from app.assessment.questions import from_json, grade, read_body
from app.assessment.records import Line, lock_attempt, read_lines
from app.assessment.standing import has_passed
from app.assessment.tables import Attempt, Grade
from app.kernel.errors import Conflict, NotFound


class ChangedSince(Conflict):
    """An answer was saved after the page that hands in was opened: it does not show what would be graded."""


@dataclass(frozen=True, kw_only=True)
class RoundResult:
    """What a hand-in came to. The same again for the same round, but for `first_time`."""

    passed: bool
    first_time: bool
    attempt_id: int
    code: str
    person_id: int
    course: str
    edition: int
    revision_id: int
    policy: Policy
    printed_name: str
    opened_at: datetime
    round_number: int
    handed_in_at: datetime


def check_unchanged(session: Session, *, person_id: int, code: str, round_number: int, saves: int) -> None:
    """Raises ChangedSince where the open round holds other saves than the learner's page knew of."""
    own = _own_lines(session, lock_attempt(session, person_id, code), round_number)
    if own[0].handed_in_at is None and saves != sum(line.step for line in own):
        raise ChangedSince("An answer was saved after you opened this page. Look once more, then hand in.")


def grade_round(
    session: Session, *, person_id: int, code: str, round_number: int, now: datetime
) -> RoundResult:
    """Grade the round as it was saved and, if it passes or is the last, close the attempt.

    Raises NotFound, and CannotGrade, after which nothing is graded and the round stays open: our fault is not
    a wrong answer.
    """
    attempt = lock_attempt(session, person_id, code)
    own = _own_lines(session, attempt, round_number)
    first_time = own[0].handed_in_at is None
    if first_time:
        _grade(session, own, now)
    result = _result(read_lines(session, Attempt.id == attempt.id), round_number, first_time)
    if first_time and (result.passed or result.policy.is_last(round_number)):
        attempt.closed_at = now
        session.flush()
    return result


def _own_lines(session: Session, attempt: Attempt, round_number: int) -> list[Line]:
    lines = read_lines(session, Attempt.id == attempt.id)
    own = [line for line in lines if line.round.number == round_number]
    if not own:
        raise NotFound("There is no such round in this test.")
    return own


def _grade(session: Session, lines: Sequence[Line], now: datetime) -> None:
    for line in lines:
        question = from_json(line.body)
        earned = grade(question, read_body(question, line.answer))
        session.add(
            Grade(
                item_id=line.item.id,
                marks=earned.marks,
                full_marks=earned.full_marks,
                secured=earned.secured,
                graded_at=now,
            )
        )
    lines[0].round.handed_in_at = now
    session.flush()


def _result(lines: Sequence[Line], round_number: int, first_time: bool) -> RoundResult:
    up_to = [line for line in lines if line.round.number <= round_number]
    attempt, its_round = up_to[-1].attempt, up_to[-1].round
    assert its_round.handed_in_at is not None, "a result is made of a round that is handed in"
    policy = read_policy(attempt.policy)
    return RoundResult(
        passed=has_passed(policy, up_to),
        first_time=first_time,
        attempt_id=attempt.id,
        code=attempt.code,
        person_id=attempt.person_id,
        course=attempt.course,
        edition=attempt.edition,
        revision_id=its_round.revision_id,
        policy=policy,
        printed_name=attempt.printed_name,
        opened_at=attempt.opened_at,
        round_number=round_number,
        handed_in_at=its_round.handed_in_at,
    )
