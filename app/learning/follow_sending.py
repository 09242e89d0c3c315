"""The letters of follow-ups, each morning: whoever asked for three questions gets them on their day, once.

A morning that was missed is made good for two weeks. What comes later than that, or after the course has
gone, been retired or got an edition to be learnt again, is skipped, and the reason is kept.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.assessment.follow_up_papers import draw_follow_up
from app.assessment.tables import FollowUp
from app.catalogue.blocks import Plan
from app.kernel.clock import day_in_words, local_day
from app.kernel.codes import new_code, new_seed
from app.kernel.db import writing
from app.learning.follow_ups import COMING, stop_hash
from app.learning.issuing import Compiled
from app.learning.tables import BlockResponse, Completion
from app.mail.follow_up_letters import follow_up_letter
from app.mail.outbox import one_address, queue
from app.people.tables import User

LATEST = timedelta(days=14)  # after its day: then the next one is nearer than the last
Skipped = Literal["late", "gone", "retired", "newer-edition", "address"]  # why a letter was not written

FindCourse = Callable[[Session, str], Compiled | None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Morning:
    """What the letters of one morning share."""

    base_url: str
    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        return local_day(self.now, self.zone)


def send_due(
    session: Session, find_course: FindCourse, *, base_url: str, zone: ZoneInfo, now: datetime
) -> int:
    """Write every letter that is due, each in a transaction of its own, and say how many.

    `find_course` gives a live course, or None where there is none. A letter that meets an error is logged and
    tried again tomorrow; the others go out.
    """
    morning = Morning(base_url=base_url, zone=zone, now=now)
    due = select(FollowUp.id, FollowUp.course).where(FollowUp.due_on <= morning.today, *COMING)
    waiting = session.execute(due.order_by(FollowUp.due_on, FollowUp.id)).all()
    courses = {slug: find_course(session, slug) for slug in sorted({slug for _, slug in waiting})}
    sent = 0
    for id_, slug in waiting:
        try:
            with writing(session):
                sent += _send(session, id_, courses[slug], morning)
        except Exception:
            logger.exception("Follow-up %d was not sent.", id_)
    return sent


def _send(session: Session, id_: int, compiled: Compiled | None, morning: Morning) -> bool:
    """True where the letter was written. Who is not confirmed, or was shut out, is waited for."""
    found = session.execute(
        select(FollowUp, Completion, User)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .join(User, User.id == FollowUp.person_id)
        .where(FollowUp.id == id_, *COMING)
        .with_for_update(of=FollowUp)
    ).one_or_none()
    if found is None:
        return False
    follow_up, completion, person = found
    if reason := _why_not(follow_up, completion, person, compiled, morning.today):
        follow_up.skipped = reason
        return False
    if compiled is None or not person.active or person.confirmed_at is None:
        return False
    draw_follow_up(
        session,
        follow_up,
        revision_id=compiled.revision_id,
        slots=compiled.quiz.slots,
        now=morning.now,
        seed=new_seed(),
    )
    _write_letter(session, follow_up, completion, person, morning)
    return True


def _why_not(
    follow_up: FollowUp, completion: Completion, person: User, compiled: Compiled | None, today: date
) -> Skipped | None:
    """Why no letter will be written any more."""
    if today > follow_up.due_on + LATEST:
        return "late"
    if compiled is None:
        return "gone"
    if compiled.course.retired:
        return "retired"
    if compiled.course.edition != completion.edition:
        return "newer-edition"  # its keys are not theirs yet, and what they learnt may no longer hold
    try:
        one_address(person.email)
    except ValueError:
        return "address"
    return None


def _write_letter(
    session: Session, follow_up: FollowUp, completion: Completion, person: User, morning: Morning
) -> None:
    stop_code = new_code()
    follow_up.stop_hash = stop_hash(stop_code)
    stop_url = f"{morning.base_url}/stop/{stop_code}"
    letter = follow_up_letter(
        name=person.full_name,
        course_title=completion.title,
        completed_on=day_in_words(local_day(completion.completed_at, morning.zone)),
        day=follow_up.day,
        page_url=f"{morning.base_url}/follow-ups/{follow_up.code}",
        stop_url=stop_url,
        plan=_has_plan(session, follow_up),
        more=_more_comes(session, follow_up),
    )
    queue(
        session,
        letter,
        dedupe_key=f"follow-up:{completion.id}:{follow_up.day}",
        kind="follow-up",
        recipient=person.email,
        person_id=person.id,
        stop_url=stop_url,
        now=morning.now,
    )


def _has_plan(session: Session, follow_up: FollowUp) -> bool:
    mine = {"person_id": follow_up.person_id, "course": follow_up.course, "kind": Plan.kind}
    return bool(session.scalar(select(exists(select(BlockResponse.block).filter_by(**mine)))))


def _more_comes(session: Session, follow_up: FollowUp) -> bool:
    same = (FollowUp.completion_id == follow_up.completion_id, FollowUp.day > follow_up.day)
    return bool(session.scalar(select(exists(select(FollowUp.id).where(*same, *COMING)))))
