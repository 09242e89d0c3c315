"""What is done once a day: a job is claimed by the day's row, so that of several processes one does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel.db import Base
from app.kernel.upsert import insert_new

GIVEN_UP_AFTER = timedelta(hours=1)  # a job that has not ended by then died with its process, or failed


class DailyRun(Base):
    """One job on one day of the site's calendar. `done` is how many things it did; None until it ended."""

    __tablename__ = "daily_run"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime]
    done: Mapped[int | None]


@dataclass(frozen=True)
class Job:
    """Something to do each day from `hour` o'clock on, in the site's time zone.

    `run` takes a session and the present moment, owns its transactions, may run again after it has failed
    half-way, and returns how many things it did.
    """

    name: str
    hour: int
    run: Callable[[Session, datetime], int]


def is_due(session: Session, job: Job, now: datetime, zone: ZoneInfo) -> bool:
    """Whether nobody has done the job today, and its hour has come. A job that is under way is not due."""
    local = now.astimezone(zone)
    if local.time() < time(job.hour):
        return False
    run = session.execute(
        select(DailyRun.begun_at, DailyRun.done).filter_by(job=job.name, due_on=local.date())
    ).first()
    return run is None or (run.done is None and run.begun_at <= now - GIVEN_UP_AFTER)


def claim(session: Session, job: Job, now: datetime, zone: ZoneInfo) -> bool:
    """Take today's run of the job; False where somebody else has it."""
    key = {"job": job.name, "due_on": now.astimezone(zone).date()}
    if insert_new(session, DailyRun, {**key, "begun_at": now, "done": None}):
        return True
    given_up = DailyRun.begun_at <= now - GIVEN_UP_AFTER
    again = update(DailyRun).filter_by(**key).where(DailyRun.done.is_(None), given_up).values(begun_at=now)
    return session.execute(again.returning(DailyRun.job)).first() is not None


def finish(session: Session, job: Job, now: datetime, zone: ZoneInfo, done: int) -> None:
    """Note that the job which was claimed on the day of `now` has ended."""
    session.execute(
        update(DailyRun).filter_by(job=job.name, due_on=now.astimezone(zone).date()).values(done=done)
    )
