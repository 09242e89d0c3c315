"""What somebody says of their plan, some weeks after the course. Private like a reflection: in no report."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base


class PlanReport(Base):
    """Whether a plan happened, as it was told in one follow-up. `plan` is the sentence as it stood then.

    `happened` is yes, partly, not-yet or no; `new_on` a day that was chosen instead.
    """

    __tablename__ = "plan_report"

    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id"), primary_key=True)
    plan: Mapped[str] = mapped_column(Text)
    happened: Mapped[str] = mapped_column(String(10))
    line: Mapped[str] = mapped_column(String(300))
    new_on: Mapped[date | None]
    reported_at: Mapped[datetime]
