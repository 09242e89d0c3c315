"""Accounts in which nothing is done any more: a letter a month before, and then they are erased.

Signing in is not noted anywhere, so what counts is whatever somebody saved, every letter that they asked for,
and the button that the letter speaks of. Whoever has a role is left alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, select, update
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt, FollowUp
from app.kernel.clock import day_in_words, local_day
from app.kernel.db import writing
from app.learning.cpd_tables import CpdActivity, CpdNote, Evidence
from app.learning.erasing import erase
from app.learning.tables import BlockResponse, Completion, Enrolment, LessonDone, Reflection
from app.mail.account_letters import idle_erased_letter, idle_letter
from app.mail.outbox import queue
from app.mail.tables import Letter
from app.people.tables import User

NOTICE = timedelta(days=30)
WARNING = "idle-warning"
BATCH = 50
SAVED = (  # whose it is, and when something was done
    (Enrolment.person_id, Enrolment.moved_at),
    (LessonDone.person_id, LessonDone.done_at),
    (BlockResponse.person_id, BlockResponse.saved_at),
    (Reflection.person_id, Reflection.saved_at),
    (Attempt.person_id, Attempt.opened_at),
    (Completion.person_id, Completion.completed_at),
    (FollowUp.person_id, FollowUp.asked_at),
    (CpdActivity.person_id, CpdActivity.saved_at),
    (CpdNote.person_id, CpdNote.saved_at),
    (Evidence.person_id, Evidence.saved_at),
)


@dataclass(frozen=True, kw_only=True)
class Idling:
    """How many were written to, and how many were erased."""

    warned: int
    erased: int


def let_idle_go(session: Session, days: int, *, base_url: str, zone: ZoneInfo, now: datetime) -> Idling:
    """Write to whoever will have been idle for so many days in a month, and erase whom that told so.

    Nobody is, where `days` is 0. It owns its transactions.
    """
    if not days:
        return Idling(warned=0, erased=0)
    gone = local_day(now + NOTICE, zone)
    erased = _each(session, idle(days, now), lambda person_id: _erase(session, person_id, now))
    address = f"{base_url}/account"
    warned = _each(
        session,
        to_warn(days, now),
        lambda person_id: _warn(session, person_id, day_in_words(gone), address, now),
    )
    return Idling(warned=warned, erased=erased)


def idle(days: int, now: datetime) -> Select[int]:
    """Who has done nothing for so long, and was told of it a month ago or earlier."""
    since = now - timedelta(days=days)
    told = _warned(since).where(Letter.queued_at <= now - NOTICE, Letter.next_at.is_(None))
    return select(User.id).where(_quiet(since), told.exists()).order_by(User.id)


def to_warn(days: int, now: datetime) -> Select[int]:
    """Who will have done nothing for so long in a month, and has not been told yet."""
    quiet = _quiet(now + NOTICE - timedelta(days=days))
    told = _warned(now - timedelta(days=days)).exists()
    return select(User.id).where(quiet, ~told).order_by(User.id)


def is_warned(session: Session, person_id: int) -> bool:
    """Whether the person was told that their account goes, and has not kept it since."""
    later = Letter.queued_at > User.update_datetime
    told = exists().where(Letter.person_id == User.id, Letter.kind == WARNING, later)
    return session.scalar(select(User.id).where(User.id == person_id, told)) is not None


def keep_account(session: Session, person_id: int, now: datetime) -> None:
    """The person wants to keep their account."""
    session.execute(update(User).where(User.id == person_id).values(update_datetime=now))


def _quiet(since: datetime) -> ColumnElement[bool]:
    asked = exists().where(
        Letter.person_id == User.id, Letter.queued_at >= since, Letter.kind.like("account-%")
    )
    saved = [exists().where(whose == User.id, moment >= since) for whose, moment in SAVED]
    quiet = User.confirmed_at < since
    for each in (asked, *saved):
        quiet &= ~each
    return quiet & (User.create_datetime < since) & (User.update_datetime < since) & ~User.roles.any()


def _warned(since: datetime) -> Select[int]:
    return select(Letter.id).where(
        Letter.person_id == User.id, Letter.kind == WARNING, Letter.queued_at >= since
    )


def _each(session: Session, who: Select[int], do: Callable[[int], object]) -> int:
    people, done = session.scalars(who).all(), 0
    session.rollback()
    for at in range(0, len(people), BATCH):
        with writing(session):
            # Once more: somebody may have come back at this very moment.
            for person_id in session.scalars(who.where(User.id.in_(people[at : at + BATCH]))).all():
                do(person_id)
                done += 1
    return done


def _warn(session: Session, person_id: int, erased_on: str, address: str, now: datetime) -> None:
    person = session.get_one(User, person_id)
    letter = idle_letter(name=person.full_name, erased_on=erased_on, account_url=address)
    queue(
        session,
        letter,
        dedupe_key=f"idle:{person_id}:{now.isoformat()}",
        kind=WARNING,
        recipient=person.email,
        person_id=person_id,
        now=now,
    )


def _erase(session: Session, person_id: int, now: datetime) -> None:
    erased, letter = erase(session, person_id), idle_erased_letter()
    queue(
        session,
        letter,
        dedupe_key=f"idle-erased:{person_id}:{now.isoformat()}",
        kind="idle-erased",
        recipient=erased.address,
        fleeting=True,
        now=now,
    )
