"""What is not kept any longer: for each kind of record what has had its time, and its deletion in batches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.retention_rules import RULES, Rule

BATCH = 200  # rows in one transaction, so that nobody waits for long


@dataclass(frozen=True, kw_only=True)
class Due:
    """One rule at this moment. `days` is 0 for what is kept for ever; `count` is what has had its time."""

    rule: Rule
    days: int
    count: int

    @property
    def sentence(self) -> str:
        """What would happen, or has happened."""
        if not self.days:
            return f"{self.rule.what}: kept for ever."
        return f"{self.rule.what}: {self.count} {self.rule.since} more than {self.days} days ago."


def overdue(session: Session, periods: Mapping[str, int], now: datetime) -> Iterator[Due]:
    """How much of each kind has had its time. Nothing is changed."""
    for rule in RULES:
        days = periods[rule.period]
        found = rule.find(now - timedelta(days=days)).subquery() if days else None
        count = session.scalar(select(func.count()).select_from(found)) if found is not None else 0
        yield Due(rule=rule, days=days, count=count or 0)


def delete_overdue(session: Session, periods: Mapping[str, int], now: datetime) -> Iterator[Due]:
    """Delete what has had its time; how much it was of each kind. It owns its transactions, short ones."""
    for rule in RULES:
        days, count = periods[rule.period], 0
        while days and (batch := _delete_some(session, rule, now - timedelta(days=days))):
            count += batch
        yield Due(rule=rule, days=days, count=count)


def _delete_some(session: Session, rule: Rule, before: datetime) -> int:
    with writing(session):
        found = session.scalars(rule.find(before).limit(BATCH)).all()
        if found:
            rule.drop(session, found, before)
    return len(found)
