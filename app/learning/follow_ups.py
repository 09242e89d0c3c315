"""Follow-ups: asking for them after a pass, and stopping them. Nobody gets one unasked."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.assessment.tables import FollowUp
from app.kernel.clock import local_day
from app.kernel.codes import new_code, read_code
from app.kernel.errors import Conflict, NotFound
from app.kernel.upsert import insert_new
from app.learning.tables import Completion

DAYS = (7, 35)  # after the pass: a week, and five weeks
NO_SUCH_LINK = "This link is not known here. No letters come of it."

COMING = (FollowUp.drawn_at.is_(None), FollowUp.skipped.is_(None))


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What somebody may ask for after a pass, the days that lie ahead; and what they asked for already."""

    days: tuple[date, ...] = ()
    coming: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Coming:
    """The follow-ups of one course that a person asked for and that have not come yet."""

    course: str
    title: str
    days: tuple[date, ...]


def ask_for_follow_ups(
    session: Session, *, person_id: int, course: str, edition: int, zone: ZoneInfo, now: datetime
) -> None:
    """Ask for those that still lie ahead after the newest completion of this edition. Twice is once.

    Raises NotFound without a completion, Conflict where it is too late for any.
    """
    completion = session.scalars(_newest_completion(person_id, course, edition)).one_or_none()
    if completion is None:
        raise NotFound("You have not completed this course.")
    days = _ahead(completion, zone, now)
    if not days:
        raise Conflict("It is too late for these questions: their days have gone by.")
    for day, due_on in days.items():
        key = {"completion_id": completion.id, "day": day}
        whose = {"code": new_code(), "person_id": person_id, "course": course}
        insert_new(session, FollowUp, {**key, **whose, "due_on": due_on, "asked_at": now})


def stop_follow_ups(session: Session, *, person_id: int, course: str | None = None) -> None:
    """Let go of what has not come yet, of one course or of all. What has come stays in the record."""
    coming = delete(FollowUp).where(FollowUp.person_id == person_id, *COMING)
    session.execute(coming if course is None else coming.where(FollowUp.course == course))


def stopping(session: Session, typed: str) -> bool:
    """Whether anything is left to stop for whom this letter's code was sent to. Raises NotFound."""
    coming = select(FollowUp.id).where(FollowUp.person_id == _written_to(session, typed), *COMING)
    return session.scalar(coming.limit(1)) is not None


def stop_by_letter(session: Session, typed: str) -> None:
    """Stop all that comes to whom this letter's code was sent to. Twice is once. Raises NotFound."""
    stop_follow_ups(session, person_id=_written_to(session, typed))


def stop_hash(code: str) -> str:
    """What is kept of the code in a letter."""
    return hashlib.sha256(code.encode()).hexdigest()


def offer(
    session: Session, *, person_id: int, course: str, edition: int, zone: ZoneInfo, now: datetime
) -> Offer:
    """What the person may ask for after completing this edition, and what is coming. At most 2 SQL."""
    completion = session.scalars(_newest_completion(person_id, course, edition)).one_or_none()
    if completion is None:
        return Offer()
    coming = select(FollowUp.due_on).where(FollowUp.completion_id == completion.id, *COMING)
    return Offer(
        days=tuple(_ahead(completion, zone, now).values()),
        coming=tuple(session.scalars(coming.order_by(FollowUp.due_on))),
    )


def coming_to(session: Session, person_id: int) -> tuple[Coming, ...]:
    """All that the person asked for and that has not come yet, by course. One SQL."""
    found: dict[str, Coming] = {}
    rows = session.execute(
        select(FollowUp.course, Completion.title, FollowUp.due_on)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .where(FollowUp.person_id == person_id, *COMING)
        .order_by(FollowUp.due_on, FollowUp.id)
    )
    for course, title, due_on in rows:
        days = found[course].days if course in found else ()
        found[course] = Coming(course=course, title=title, days=(*days, due_on))
    return tuple(found.values())


def _newest_completion(person_id: int, course: str, edition: int) -> Select[Completion]:
    own = select(Completion).filter_by(person_id=person_id, course=course, edition=edition)
    return own.order_by(Completion.completed_at.desc()).limit(1)


def _ahead(completion: Completion, zone: ZoneInfo, now: datetime) -> dict[int, date]:
    """The days that still lie ahead: whoever asks on the day itself asks for the next one."""
    completed_on, today = local_day(completion.completed_at, zone), local_day(now, zone)
    days = {day: completed_on + timedelta(days=day) for day in DAYS}
    return {day: due_on for day, due_on in days.items() if due_on > today}


def _written_to(session: Session, typed: str) -> int:
    code = read_code(typed)
    written_to = select(FollowUp.person_id).where(FollowUp.stop_hash == stop_hash(code or ""))
    person_id = session.scalar(written_to) if code else None
    if person_id is None:
        raise NotFound(NO_SUCH_LINK)
    return person_id
