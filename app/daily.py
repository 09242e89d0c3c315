"""The jobs of each day. The delivery loop asks for them at every round."""

import logging
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.kernel.daily import Job, claim, finish, is_due
from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.kernel.forgetting import let_go_of_the_past
from app.learning.follow_sending import send_due
from app.learning.idling import let_idle_go
from app.learning.reminding import remind
from app.learning.retention import delete_overdue
from app.library.model import CompiledCourse
from app.library.shelf import Shelf
from app.settings import Settings

NIGHT = 3  # o'clock: what takes its time comes at night
MORNING = 8  # o'clock: letters that nobody waits for come in the morning

logger = logging.getLogger(__name__)


def daily_jobs(settings: Settings, shelf: Shelf) -> tuple[Job, ...]:
    """What there is to do each day, in the order in which it is done."""

    def expiry(session: Session, now: datetime) -> int:
        courses = {each.course.slug for each in shelf.courses(session)}
        return remind(session, courses, base_url=settings.base_url, zone=settings.time_zone, now=now)

    def find_course(session: Session, slug: str) -> CompiledCourse | None:
        try:
            return shelf.course(session, slug)
        except NotFound:
            return None

    def send_follow_ups(session: Session, now: datetime) -> int:
        return send_due(session, find_course, base_url=settings.base_url, zone=settings.time_zone, now=now)

    def retention(session: Session, now: datetime) -> int:
        deleted = sum(each.count for each in delete_overdue(session, settings.keep, now))
        session.rollback()
        days, base_url, zone = settings.keep["idle"], settings.base_url, settings.time_zone
        deleted += let_idle_go(session, days, base_url=base_url, zone=zone, now=now).erased
        let_go_of_the_past(session.get_bind().engine)
        return deleted

    return (
        Job("retention", NIGHT, retention),
        Job("expiry letters", MORNING, expiry),
        Job("follow-ups", MORNING, send_follow_ups),
    )


def run_due(session: Session, jobs: Iterable[Job], now: datetime, zone: ZoneInfo) -> None:
    """Do what is due. A job that fails is logged, holds up no other, and is tried again in an hour."""
    for job in jobs:
        if not is_due(session, job, now, zone):
            continue
        with writing(session):
            mine = claim(session, job, now, zone)
        if mine:
            _run(session, job, now, zone)


def _run(session: Session, job: Job, now: datetime, zone: ZoneInfo) -> None:
    try:
        done = job.run(session, now)
    except Exception:
        session.rollback()
        logger.exception("The daily job %s has failed.", job.name)
        return
    with writing(session):
        finish(session, job, now, zone, done)
    logger.info("The daily job %s is done: %d.", job.name, done)
