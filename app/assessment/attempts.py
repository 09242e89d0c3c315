"""What a learner does with a test: open it, answer, read after a miss, go on to the next round.

Every use-case locks the attempt first (its row on PostgreSQL; SQLite has one writer), then loads and checks.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.answering import HandedIn, Saved, StaleForm, save_response
from app.assessment.handing_in import ChangedSince, RoundResult, grade_round
from app.assessment.model import Quiz
from app.assessment.papers import Own, open_round
from app.assessment.policy import Policy, reopens_at, to_stored
from app.assessment.records import lock_attempt
from app.assessment.standing import AttemptView, latest, standing
from app.assessment.tables import Attempt, Grade, PaperItem, Reading, Round
from app.kernel.codes import new_code
from app.kernel.errors import Conflict, NotAllowed, NotFound
from app.kernel.upsert import insert_new, insert_new_id

__all__ = [
    "AttemptView",
    "ChangedSince",
    "HandedIn",
    "RoundResult",
    "Saved",
    "StaleForm",
    "grade_round",
    "latest",
    "next_round",
    "open_attempt",
    "record_reading",
    "save_response",
    "standing",
]


def open_attempt(
    session: Session,
    *,
    person_id: int,
    course: str,
    edition: int,
    revision_id: int,
    quiz: Quiz,
    policy: Policy,
    printed_name: str,
    lessons_done: bool,
    zone: ZoneInfo,
    now: datetime,
    seed: str,
    renewing: bool = False,
) -> str:
    """The code of the person's open attempt: a new one, or the one already open. Asking twice opens one.

    Whoever has passed this edition can take its test again only when `renewing` a certificate. The pledge is
    taken as given: the door asks for it. Raises NotAllowed and Conflict.
    """
    before = latest(session, person_id=person_id, course=course)
    if before and before.closed_at is None:
        return before.code
    _check_may_open(before, None if renewing else edition, lessons_done, zone, now)
    row = {"code": new_code(), "person_id": person_id, "course": course, "edition": edition}
    row |= {"policy": to_stored(policy), "printed_name": printed_name, "pledged_at": now, "opened_at": now}
    attempt_id = insert_new_id(session, Attempt, row)
    if attempt_id is None:
        mine = (Attempt.person_id == person_id, Attempt.course == course, Attempt.closed_at.is_(None))
        return session.scalars(select(Attempt.code).where(*mine)).one()
    own = Own(attempt_id=attempt_id, person_id=person_id, course=course)
    open_round(session, own, number=1, revision_id=revision_id, slots=quiz.slots, now=now, seed=seed)
    return str(row["code"])


def _check_may_open(
    before: AttemptView | None, passed_once: int | None, lessons_done: bool, zone: ZoneInfo, now: datetime
) -> None:
    if before and before.passed and before.edition == passed_once:
        raise Conflict("You have passed this test.")
    if before and before.closed_at and not before.passed and now < reopens_at(before.closed_at, zone):
        raise NotAllowed("Your last test has ended. A new one opens tomorrow.")
    if not lessons_done:
        raise NotAllowed("The test opens when every lesson is marked as done.")


def record_reading(session: Session, *, person_id: int, code: str, slot: str, now: datetime) -> str:
    """Note that the section behind a missed slot was opened; the section, as "lesson#anchor". Twice is once.

    It counts for every miss of that round which leads to the same section. Raises NotFound without a miss.
    """
    attempt = lock_attempt(session, person_id, code)
    misses = session.execute(
        select(PaperItem.id, PaperItem.slot, PaperItem.section, PaperItem.round_id)
        .join(Round, Round.id == PaperItem.round_id)
        .join(Grade, Grade.item_id == PaperItem.id)
        .where(Round.attempt_id == attempt.id, Grade.secured.is_(False))
        .order_by(Round.number.desc())
    ).all()
    missed = next((each for each in misses if each.slot == slot), None)
    if missed is None:
        raise NotFound("There is nothing to read for this question.")
    for each in misses:
        if (each.round_id, each.section) == (missed.round_id, missed.section):
            insert_new(session, Reading, {"item_id": each.id, "opened_at": now})
    section: str = missed.section
    return section


def next_round(
    session: Session,
    *,
    person_id: int,
    code: str,
    after: int,
    revision_id: int,
    quiz: Quiz,
    now: datetime,
    seed: str,
) -> int:
    """Open the round that asks what round `after` left; its number. Asking twice opens one.

    Raises NotAllowed while a section is unread, Conflict once the attempt is closed or a slot is gone.
    """
    attempt = lock_attempt(session, person_id, code)
    view = standing(session, person_id=person_id, code=code)
    if view.is_answering or view.current.number > after:
        return view.current.number
    if view.closed_at:
        raise Conflict("This test has ended.")
    if not view.may_go_on:
        raise NotAllowed("Open the section behind each missed question first. Then the next round opens.")
    left = {item.slot for item in view.current.missed}
    slots = tuple(slot for slot in quiz.slots if slot.id in left)
    if {slot.id for slot in slots} != left:
        raise Conflict("A part of this test has changed, so the next round cannot be drawn from it.")
    number = view.current.number + 1
    own = Own(attempt_id=attempt.id, person_id=person_id, course=attempt.course)
    open_round(session, own, number=number, revision_id=revision_id, slots=slots, now=now, seed=seed)
    return number
