"""Handing in a round: graded once, however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.assessment.policy import Policy, read_policy
from app.assessment.questions import from_json, grade, read_body
from app.assessment.records import Line, lock_attempt, own_lines
from app.assessment.standing import has_passed
from app.assessment.tables import Grade
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


def grade_round(
    session: Session, *, person_id: int, code: str, round_number: int, saves: int, now: datetime
) -> RoundResult:
    """Grade the round as it was saved and, if it passes or is the last, close the attempt.

    `saves` is how many the learner's page knew of. Raises ChangedSince where the open round holds others,
    NotFound, and CannotGrade, after which nothing is graded and the round stays open: our fault is not a
    wrong answer.
    """
    attempt = lock_attempt(session, person_id, code)
    lines = [line for line in own_lines(session, person_id, code) if line.round.number <= round_number]
    if not lines or lines[-1].round.number != round_number:
        raise NotFound("There is no such round in this test.")
    first_time = lines[-1].handed_in_at is None
    if first_time:
        _check_unchanged(lines, saves)
        lines = _graded(session, lines, now)
    result = _result(lines, first_time)
    if first_time and (result.passed or result.policy.is_last(round_number)):
        attempt.closed_at = now
    session.flush()
    return result


def _check_unchanged(lines: Sequence[Line], saves: int) -> None:
    if saves != sum(line.step for line in lines if line.handed_in_at is None):
        raise ChangedSince("An answer was saved after you opened this page. Look once more, then hand in.")


def _graded(session: Session, lines: Sequence[Line], now: datetime) -> list[Line]:
    """The lines with a grade each: the ones of the open round get theirs here."""
    graded = [line if line.grade else line._replace(grade=_grade(line, now)) for line in lines]
    session.add_all(line.grade for line in graded)
    graded[-1].round.handed_in_at = now
    return graded


def _grade(line: Line, now: datetime) -> Grade:
    question = from_json(line.body)
    earned = grade(question, read_body(question, line.answer))
    return Grade(
        item_id=line.item.id,
        marks=earned.marks,
        full_marks=earned.full_marks,
        secured=earned.secured,
        graded_at=now,
    )


def _result(lines: Sequence[Line], first_time: bool) -> RoundResult:
    """What the round of the last line came to, with those before it."""
    attempt, its_round = lines[-1].attempt, lines[-1].round
    assert its_round.handed_in_at is not None, "a result is made of a round that is handed in"
    policy = read_policy(attempt.policy)
    return RoundResult(
        passed=has_passed(policy, lines),
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
        round_number=its_round.number,
        handed_in_at=its_round.handed_in_at,
    )
