"""Somebody who passed, asked for follow-ups, and lets the days go by."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.tables import FollowUp, FollowUpItem
from app.daily import daily_jobs, run_due
from app.kernel.db import writing
from app.learning.follow_ups import ask_for_follow_ups
from app.library.shelf import Shelf
from app.mail.tables import Letter
from app.people.tables import User
from app.settings import Settings
from tests.conftest import TestClock
from tests.learning.passing import COURSE, LONDON, hand_over, sit


def passed(session: Session, person: User, now: datetime) -> None:
    """A pass at the first try."""
    code = sit(session, person, now)
    with writing(session):
        assert hand_over(session, person, code, now).passed


def ask(session: Session, person: User, now: datetime) -> None:
    with writing(session):
        ask_for_follow_ups(session, person_id=person.id, course=COURSE, edition=1, zone=LONDON, now=now)


def passed_and_asked(session: Session, person: User, now: datetime) -> None:
    passed(session, person, now)
    ask(session, person, now)


class Mornings:
    """The daily job of a process, run whenever the test says so."""

    def __init__(self, session: Session, settings: Settings, clock: TestClock) -> None:
        self.session, self.clock = session, clock
        self.jobs = [job for job in daily_jobs(settings, Shelf()) if job.name == "follow-ups"]
        self.start = clock.now

    def on(self, days: float) -> list[str]:
        """What letters there are so many days after the start, by their dedupe keys."""
        self.clock.now = self.start + timedelta(days=days)
        run_due(self.session, self.jobs, self.clock.now, LONDON)
        return letters(self.session)


def letters(session: Session) -> list[str]:
    session.rollback()
    keys = select(Letter.subject).where(Letter.kind == "follow-up").order_by(Letter.id)
    return [subject.partition(":")[0] for subject in session.scalars(keys)]


def rows(session: Session) -> dict[int, FollowUp]:
    """The follow-ups by their days."""
    session.rollback()
    session.expire_all()
    return {row.day: row for row in session.scalars(select(FollowUp))}


def questions(session: Session, day: int) -> list[FollowUpItem]:
    session.rollback()
    found = select(FollowUpItem).join(FollowUp, FollowUp.id == FollowUpItem.follow_up_id)
    return list(session.scalars(found.where(FollowUp.day == day).order_by(FollowUpItem.position)))
