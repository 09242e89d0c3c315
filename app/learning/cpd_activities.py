"""What a person did elsewhere: webinars, reading, conferences, as they tell of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.kernel.codes import new_code, read_code
from app.kernel.errors import NotFound, Refusal
from app.kernel.upsert import insert_new
from app.learning.cpd import KINDS, METHODS, Kind
from app.learning.cpd_tables import CpdActivity, Evidence
from app.learning.cpd_typed import (
    EARLIEST,
    LONGEST_OBJECTIVE,
    LONGEST_OUTCOME,
    LONGEST_PROVIDER,
    LONGEST_TITLE,
    MOST_HOURS,
)
from app.learning.record import NONE


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What is told of it. Each text is one line; provider, objective and outcome may be empty."""

    title: str
    provider: str
    method: str
    done_on: date
    minutes: int
    kind: Kind
    objective: str
    outcome: str


def add_activity(
    session: Session, *, person_id: int, code: str, told: Activity, today: date, now: datetime
) -> str:
    """Add it to the record under `code`, which its form brought; the code that it has.

    The same form sent twice adds one activity. A form that was sent, changed and sent again adds another.
    """
    _check(told, today)
    row = {**asdict(told), "person_id": person_id, "saved_at": now}
    if insert_new(session, CpdActivity, {**row, "code": code}):
        return code
    if _told(own_activity(session, person_id, code)) == told:
        return code
    another = new_code()
    session.add(CpdActivity(**row, code=another))
    session.flush()
    return another


def change_activity(
    session: Session, *, person_id: int, code: str, told: Activity, today: date, now: datetime
) -> None:
    """Let the entry say this instead. Raises NotFound."""
    _check(told, today)
    changed = (
        update(CpdActivity)
        .where(CpdActivity.code == read_code(code), CpdActivity.person_id == person_id)
        .values(**asdict(told), saved_at=now)
        .returning(CpdActivity.id)
    )
    if session.scalar(changed) is None:
        raise NotFound(NONE)


def remove_activity(session: Session, *, person_id: int, code: str) -> None:
    """Take the entry out of the record, with its evidence. Raises NotFound."""
    activity = own_activity(session, person_id, code)
    session.execute(delete(Evidence).where(Evidence.activity_id == activity.id))
    session.execute(delete(CpdActivity).where(CpdActivity.id == activity.id))


def own_activity(session: Session, person_id: int, code: str) -> CpdActivity:
    """The person's own entry as it is kept. Raises NotFound."""
    wanted = select(CpdActivity).where(
        CpdActivity.code == read_code(code), CpdActivity.person_id == person_id
    )
    activity = session.scalar(wanted)
    if activity is None:
        raise NotFound(NONE)
    return activity


def _told(row: CpdActivity) -> Activity:
    kind: Kind = "structured" if row.kind == "structured" else "self-directed"
    return Activity(
        title=row.title,
        provider=row.provider,
        method=row.method,
        done_on=row.done_on,
        minutes=row.minutes,
        kind=kind,
        objective=row.objective,
        outcome=row.outcome,
    )


def _check(told: Activity, today: date) -> None:
    """Raises Refusal for what no form of ours lets through."""
    lengths = (
        (told.title, LONGEST_TITLE),
        (told.provider, LONGEST_PROVIDER),
        (told.objective, LONGEST_OBJECTIVE),
        (told.outcome, LONGEST_OUTCOME),
    )
    good = (
        told.title
        and told.method in METHODS
        and told.kind in KINDS
        and EARLIEST <= told.done_on <= today
        and 0 < told.minutes <= MOST_HOURS * 60
        and all(len(text) <= longest for text, longest in lengths)
    )
    if not good:
        raise Refusal("This cannot be kept as it is. Look through it again.")
