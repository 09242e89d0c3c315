"""For each kind of record, what has had its time and how it goes. A period may rule several kinds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.assessment import tables as tested
from app.assessment.tables import Attempt, FollowUp, FollowUpItem, PaperItem, Round
from app.certification.burying import bury
from app.certification.tables import Certificate
from app.kernel.daily import DailyRun
from app.learning.cpd_tables import CpdActivity, Evidence
from app.learning.erasing import erase
from app.learning.follow_up_tables import PlanReport
from app.learning.tables import BlockResponse, Completion, Reflection
from app.mail.tables import Letter, LetterEvent
from app.people.tables import AdminLink, SignInCode, User

Keys = Sequence[Any]  # of what has had its time: ids, hashes or days
Drop = Callable[[Session, Keys, datetime], object]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`find` gives the keys of what was over before a moment, and `drop` lets go of some of them.

    `what` and `since` are for the sentence "<what>: 3 <since> more than 30 days ago."
    """

    period: str
    what: str
    since: str
    find: Callable[[datetime], Select[Any]]
    drop: Drop


def _unconfirmed(before: datetime) -> Select[int]:
    came = func.coalesce(User.registered_at, User.create_datetime, type_=User.registered_at.type)
    return select(User.id).where(User.confirmed_at.is_(None), came < before, ~User.roles.any())


def _erase(session: Session, people: Keys, _before: datetime) -> None:
    for person_id in people:
        erase(session, person_id)


def _answered(before: datetime) -> Select[int]:
    """Completions since which answers of their course have had their time."""
    old = [
        exists().where(
            table.person_id == Completion.person_id,
            table.course == Completion.course,
            table.saved_at < before,
        )
        for table in (BlockResponse, Reflection)
    ]
    return select(Completion.id).where(Completion.completed_at < before, or_(*old)).order_by(Completion.id)


def _drop_answers(session: Session, completions: Keys, before: datetime) -> None:
    whose = select(Completion.person_id, Completion.course).where(Completion.id.in_(completions)).distinct()
    for person_id, course in session.execute(whose).all():
        for table in (BlockResponse, Reflection):
            old = (table.person_id == person_id, table.course == course, table.saved_at < before)
            session.execute(delete(table).where(*old))


def _papers(before: datetime) -> Select[int]:
    papers = exists().where(Round.attempt_id == Attempt.id)
    return select(Attempt.id).where(Attempt.closed_at < before, papers).order_by(Attempt.id)


def _drop_papers(session: Session, attempts: Keys, _before: datetime) -> None:
    """The attempt itself stays, without a name: the record knows a completion by it."""
    rounds = select(Round.id).where(Round.attempt_id.in_(attempts))
    items = select(PaperItem.id).where(PaperItem.round_id.in_(rounds))
    for table in (tested.Response, tested.Grade, tested.Reading):
        session.execute(delete(table).where(table.item_id.in_(items)))
    session.execute(delete(PaperItem).where(PaperItem.round_id.in_(rounds)))
    session.execute(delete(Round).where(Round.attempt_id.in_(attempts)))
    session.execute(update(Attempt).where(Attempt.id.in_(attempts)).values(printed_name=""))


def _follow_ups(before: datetime) -> Select[int]:
    return select(FollowUp.id).where(FollowUp.due_on < before.date()).order_by(FollowUp.id)


def _drop_follow_ups(session: Session, follow_ups: Keys, _before: datetime) -> None:
    for table in (PlanReport, FollowUpItem):
        session.execute(delete(table).where(table.follow_up_id.in_(follow_ups)))
    session.execute(delete(FollowUp).where(FollowUp.id.in_(follow_ups)))


def _evidence(before: datetime) -> Select[int]:
    over = and_(CpdActivity.done_on < before.date(), Evidence.saved_at < before)
    return select(Evidence.id).join(CpdActivity, CpdActivity.id == Evidence.activity_id).where(over)


def _certificates(before: datetime) -> Select[int]:
    named = Certificate.person_id.is_not(None)
    return select(Certificate.id).where(named, Certificate.awarded_at < before).order_by(Certificate.id)


def _letters(before: datetime) -> Select[int]:
    over = func.coalesce(Letter.sent_at, Letter.queued_at, type_=Letter.queued_at.type) < before
    return select(Letter.id).where(Letter.next_at.is_(None), over).order_by(Letter.id)


def _drop_letters(session: Session, letters: Keys, _before: datetime) -> None:
    session.execute(delete(LetterEvent).where(LetterEvent.letter_id.in_(letters)))
    session.execute(delete(Letter).where(Letter.id.in_(letters)))


def _drop_by(key: InstrumentedAttribute[Any]) -> Drop:
    """Delete the rows with these keys: nothing hangs on them."""
    return lambda session, keys, _: session.execute(delete(key.class_).where(key.in_(keys)))


RULES = (
    Rule(
        period="unconfirmed",
        what="Accounts whose address was never confirmed",
        since="made",
        find=_unconfirmed,
        drop=_erase,
    ),
    Rule(
        period="answers",
        what="Completed courses whose answers and reflections go",
        since="completed",
        find=_answered,
        drop=_drop_answers,
    ),
    Rule(
        period="tests",
        what="Tests whose questions and answers go",
        since="ended",
        find=_papers,
        drop=_drop_papers,
    ),
    Rule(
        period="tests",
        what="Follow-ups with their answers",
        since="due",
        find=_follow_ups,
        drop=_drop_follow_ups,
    ),
    Rule(
        period="evidence",
        what="Files that show what was done",
        since="about things done",
        find=_evidence,
        drop=_drop_by(Evidence.id),
    ),
    Rule(
        period="certificates",
        what="Certificates that go on to answer without a name",
        since="awarded",
        find=_certificates,
        drop=lambda session, keys, _: bury(session, select(Certificate.id).where(Certificate.id.in_(keys))),
    ),
    Rule(
        period="letters",
        what="Letters and what became of them",
        since="sent or given up",
        find=_letters,
        drop=_drop_letters,
    ),
    Rule(
        period="codes",
        what="Codes to sign in with",
        since="run out",
        find=lambda before: select(SignInCode.person_id).where(SignInCode.expires_at < before),
        drop=_drop_by(SignInCode.person_id),
    ),
    Rule(
        period="admin-links",
        what="Links that make an administrator",
        since="run out",
        find=lambda before: select(AdminLink.token_hash).where(AdminLink.expires_at < before),
        drop=_drop_by(AdminLink.token_hash),
    ),
    Rule(
        period="daily-runs",
        what="Days whose jobs are noted",
        since="past",
        find=lambda before: select(DailyRun.due_on).where(DailyRun.due_on < before.date()).distinct(),
        drop=_drop_by(DailyRun.due_on),
    ),
)
