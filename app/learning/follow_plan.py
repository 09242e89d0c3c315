"""Did it happen? What a person says of their plan in a follow-up, for themselves alone."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.following import NO_SUCH_FOLLOW_UP
from app.assessment.tables import FollowUp
from app.catalogue.blocks import Plan
from app.kernel.errors import NotFound, Refusal
from app.kernel.upsert import insert_or_update
from app.learning.follow_up_tables import PlanReport
from app.learning.reflections import reflection_text
from app.learning.tables import BlockResponse

HAPPENED: Mapping[str, str] = {"yes": "Yes", "partly": "Partly", "not-yet": "Not yet", "no": "No"}
MOST_CHARACTERS = 300  # of the line


def report_plan(
    session: Session,
    *,
    person_id: int,
    code: str,
    block: str,
    plan: str,
    happened: str,
    line: str,
    new_on: date | None,
    now: datetime,
) -> None:
    """Keep what is said, in place of what was said before in the same follow-up. A new day moves the plan.

    `block` and `plan` are the plan's block and its sentence. Raises NotFound, and Refusal for words that
    cannot be kept.
    """
    mine = select(FollowUp).filter_by(person_id=person_id, code=code).where(FollowUp.drawn_at.is_not(None))
    follow_up = session.scalars(mine).one_or_none()
    if follow_up is None:
        raise NotFound(NO_SUCH_FOLLOW_UP)
    if happened not in HAPPENED:
        raise Refusal("Choose whether it happened.")
    said = {"happened": happened, "line": " ".join(reflection_text(line, MOST_CHARACTERS).split())}
    values = {"plan": plan, **said, "new_on": new_on, "reported_at": now}
    insert_or_update(session, PlanReport, {"follow_up_id": follow_up.id}, values)
    kept = session.get(BlockResponse, (person_id, follow_up.course, block))
    if new_on is not None and kept is not None and kept.kind == Plan.kind:
        kept.body = {
            **kept.body,
            "on": new_on.isoformat(),
        }  # when it was saved stays: a calendar moves the day
    session.flush()


def my_report(session: Session, follow_up_id: int) -> PlanReport | None:
    """What was said in this follow-up. One SQL."""
    return session.get(PlanReport, follow_up_id)
