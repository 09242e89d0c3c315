"""A person's goal for each CPD year, and the month in which their year begins."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.kernel.errors import Refusal
from app.kernel.upsert import insert_or_update
from app.learning.cpd import Goal
from app.learning.cpd_tables import CpdGoal
from app.learning.cpd_typed import MOST_HOURS


def save_goal(session: Session, *, person_id: int, goal: Goal, now: datetime) -> None:
    """Keep this goal in place of any earlier one. Raises Refusal."""
    if not 0 <= goal.minutes <= MOST_HOURS * 60 or not 1 <= goal.first_month <= 12:
        raise Refusal("This goal cannot be kept.")
    values = {"minutes": goal.minutes, "first_month": goal.first_month, "saved_at": now}
    insert_or_update(session, CpdGoal, {"person_id": person_id}, values)
