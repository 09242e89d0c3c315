"""My CPD: a person's completions and what they did elsewhere, as one record. Days are the site's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import Session, aliased

from app.assessment.tables import Attempt
from app.certification.facts import Facts
from app.certification.standing import is_withdrawn
from app.certification.tables import Certificate
from app.certification.wording import METHOD
from app.kernel.clock import local_day
from app.kernel.codes import read_code
from app.kernel.errors import NotFound
from app.learning import cpd_tables as kept
from app.learning.cpd import (
    METHODS,
    SUGGESTED,
    Entry,
    EvidenceFile,
    Goal,
    Kind,
    Membership,
    Proof,
    Record,
    State,
    make_record,
)
from app.learning.tables import Completion
from app.people.tables import User

NONE = "There is no such entry in your record."


def my_cpd(session: Session, person_id: int, zone: ZoneInfo, now: datetime) -> Record:
    """The person's whole record. Three statements, however long it is."""
    today = local_day(now, zone)
    entries = [
        *_completed(session.execute(_completions(person_id)), zone, today),
        *_done_elsewhere(session.execute(_activities(person_id))),
    ]
    return make_record(entries, *settings_of(session, person_id), today)


def entry_of(session: Session, person_id: int, code: str, zone: ZoneInfo, now: datetime) -> Entry:
    """One entry of the person's own. At most two statements. Raises NotFound."""
    wanted, today = read_code(code), local_day(now, zone)
    completions = session.execute(_completions(person_id).where(Attempt.code == wanted))
    found = [*_completed(completions, zone, today)]
    if not found:
        activities = session.execute(_activities(person_id).where(kept.CpdActivity.code == wanted))
        found = [*_done_elsewhere(activities)]
    if not found:
        raise NotFound(NONE)
    return found[0]


def settings_of(session: Session, person_id: int) -> tuple[Goal, Membership | None]:
    """The person's goal, the default one until they set it, and their membership if they gave it."""
    row = session.execute(
        select(kept.CpdGoal, kept.Membership)
        .select_from(User)
        .outerjoin(kept.CpdGoal, kept.CpdGoal.person_id == User.id)
        .outerjoin(kept.Membership, kept.Membership.person_id == User.id)
        .where(User.id == person_id)
    ).first()
    if row is None:
        return Goal(), None
    goal, membership = row
    return (
        Goal(minutes=goal.minutes, first_month=goal.first_month) if goal else Goal(),
        Membership(body=membership.body, number=membership.number) if membership else None,
    )


Found = tuple[Completion, str, Certificate | None, bool, kept.CpdNote | None]


def _completions(person_id: int) -> Select[Completion, str, Certificate, bool, kept.CpdNote]:
    later = aliased(Certificate)
    replaced = exists().where(later.replaces_id == Certificate.id)
    return (
        select(Completion, Attempt.code, Certificate, is_withdrawn(Certificate.id), kept.CpdNote)
        .join(Attempt, Attempt.id == Completion.attempt_id)
        .outerjoin(Certificate, (Certificate.completion_id == Completion.id) & ~replaced)
        .outerjoin(kept.CpdNote, kept.CpdNote.completion_id == Completion.id)
        .where(Completion.person_id == person_id)
        .order_by(Completion.completed_at.desc(), Completion.id.desc())
    )


def _completed(rows: Iterable[Row[*Found]], zone: ZoneInfo, today: date) -> Iterator[Entry]:
    for completion, code, certificate, withdrawn, note in rows:
        facts = Facts.from_json(certificate.facts) if certificate else None
        yield Entry(
            code=code,
            course=completion.course,
            title=facts.title if facts else completion.title,  # a corrected certificate says it anew
            provider=facts.issuer if facts else "",
            method=METHOD,
            on=local_day(completion.completed_at, zone),
            minutes=facts.minutes if facts else completion.minutes,
            kind=_kind(note.kind) if note else SUGGESTED,
            decided=note is not None,
            objective=note.objective if note else " ".join(facts.outcomes) if facts else "",
            outcome=note.outcome if note else "",
            edition=completion.edition,
            proof=_proof(facts) if facts else None,
            state=_state(facts, withdrawn, today),
        )


def _proof(facts: Facts) -> Proof:
    return Proof(
        code=facts.code,
        title=facts.title,
        check_url=facts.check_url,
        issuer=facts.issuer,
        completed_on=facts.completed_on,
        expires_on=facts.expires_on,
        specimen=facts.specimen,
    )


def _state(facts: Facts | None, withdrawn: bool, today: date) -> State:
    if facts is None:
        return "none"
    if withdrawn:
        return "withdrawn"
    return "expired" if facts.expires_on and facts.expires_on < today else "valid"


Named = tuple[kept.CpdActivity, str | None, str | None, int | None]


def _activities(person_id: int) -> Select[kept.CpdActivity, str, str, int]:
    return (
        select(kept.CpdActivity, kept.Evidence.code, kept.Evidence.name, kept.Evidence.size)
        .outerjoin(kept.Evidence, kept.Evidence.activity_id == kept.CpdActivity.id)
        .where(kept.CpdActivity.person_id == person_id)
        .order_by(kept.CpdActivity.done_on.desc(), kept.CpdActivity.id.desc(), kept.Evidence.id)
    )


def _done_elsewhere(rows: Iterable[Row[*Named]]) -> Iterator[Entry]:
    files: defaultdict[int, list[EvidenceFile]] = defaultdict(list)
    activities: dict[int, kept.CpdActivity] = {}
    for activity, code, name, size in rows:
        activities[activity.id] = activity
        if code is not None and name is not None and size is not None:
            files[activity.id].append(EvidenceFile(code=code, name=name, size=size))
    for activity in activities.values():
        yield Entry(
            code=activity.code,
            course="",
            title=activity.title,
            provider=activity.provider,
            method=METHODS.get(activity.method, METHODS["other"]),
            on=activity.done_on,
            minutes=activity.minutes,
            kind=_kind(activity.kind),
            decided=True,
            objective=activity.objective,
            outcome=activity.outcome,
            evidence=tuple(files[activity.id]),
        )


def _kind(stored: str) -> Kind:
    return cast(Kind, stored)
