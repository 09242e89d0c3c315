"""What became of a person's follow-ups, for their own record: what was right, and how their plan went."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt, FollowUp, FollowUpItem
from app.learning.follow_up_tables import PlanReport
from app.learning.tables import Completion


@dataclass(frozen=True, kw_only=True)
class FollowUpResult:
    """One follow-up as its person's record tells it. `drawn` says that it came; `skipped` why it did not.

    `happened` is what they said of their plan: yes, partly, not-yet or no; None where they said nothing.
    """

    code: str
    day: int
    due_on: date
    drawn: bool
    skipped: str | None
    questions: int
    answered: int
    right: int
    plan: str | None
    happened: str | None
    line: str | None
    new_on: date | None


def follow_ups_of(session: Session, person_id: int) -> dict[str, tuple[FollowUpResult, ...]]:
    """Every follow-up of the person by the code of its entry in the record, by their days. One SQL."""
    found = defaultdict(list)
    for row in session.execute(_results(person_id)):
        found[row[0]].append(_result(row))
    return {entry: tuple(results) for entry, results in found.items()}


Found = Row[str, FollowUp, PlanReport, int, int, int]


def _results(person_id: int) -> Select[str, FollowUp, PlanReport, int, int, int]:
    counts = (
        select(
            FollowUpItem.follow_up_id,
            func.count().label("questions"),
            func.count(FollowUpItem.answered_at).label("answered"),
            func.sum(case((FollowUpItem.secured.is_(True), 1), else_=0)).label("right"),
        )
        .group_by(FollowUpItem.follow_up_id)
        .subquery()
    )
    return (
        select(Attempt.code, FollowUp, PlanReport, counts.c.questions, counts.c.answered, counts.c.right)
        .select_from(FollowUp)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .join(Attempt, Attempt.id == Completion.attempt_id)
        .outerjoin(counts, counts.c.follow_up_id == FollowUp.id)
        .outerjoin(PlanReport, PlanReport.follow_up_id == FollowUp.id)
        .where(FollowUp.person_id == person_id)
        .order_by(FollowUp.due_on, FollowUp.id)
    )


def _result(row: Found) -> FollowUpResult:
    _, follow_up, report, questions, answered, right = row
    return FollowUpResult(
        code=follow_up.code,
        day=follow_up.day,
        due_on=follow_up.due_on,
        drawn=follow_up.drawn_at is not None,
        skipped=follow_up.skipped,
        questions=questions or 0,
        answered=answered or 0,
        right=right or 0,
        plan=report.plan if report else None,
        happened=report.happened if report else None,
        line=report.line if report else None,
        new_on=report.new_on if report else None,
    )
