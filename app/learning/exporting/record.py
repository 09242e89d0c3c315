"""My CPD: the record's entries, goal and membership, the files that show what was done, and follow-ups."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.questions import CannotGrade, from_json, read_body
from app.assessment.tables import FollowUp, FollowUpItem, QuestionVersion
from app.kernel.clock import local_day
from app.learning.cpd import EvidenceFile
from app.learning.cpd_csv import as_csv
from app.learning.cpd_export import export_of
from app.learning.cpd_tables import Evidence
from app.learning.exporting.kinds import Kind, Record, Whose
from app.learning.follow_up_tables import PlanReport
from app.learning.record import my_cpd, settings_of
from app.people.tables import User


def _entries(whose: Whose) -> Iterator[Record]:
    for entry in my_cpd(whose.session, whose.person_id, whose.zone, whose.now).entries:
        yield {
            "title": entry.title,
            "on": entry.on,
            "minutes": entry.minutes,
            "counted_minutes": entry.counted,
            "type": entry.kind,
            "type_decided": entry.decided,
            "method": entry.method,
            "provider": entry.provider,
            "objective": entry.objective,
            "outcome": entry.outcome,
            "certificate": entry.proof.code if entry.proof else "",
            "state": entry.state,
            "files": ", ".join(evidence_name(each) for each in entry.evidence),
        }


def table(whose: Whose) -> bytes:
    """The record as the table that My CPD offers, all years of it."""
    record = my_cpd(whose.session, whose.person_id, whose.zone, whose.now)
    name = whose.session.scalar(select(User.full_name).where(User.id == whose.person_id)) or ""
    today = local_day(whose.now, whose.zone)
    return as_csv(export_of(record, name=name, begins=None, made_on=today))


def _settings(whose: Whose) -> Iterator[Record]:
    goal, membership = settings_of(whose.session, whose.person_id)
    yield {
        "goal_minutes": goal.minutes,
        "year_begins_in_month": goal.first_month,
        "professional_body": membership.body if membership else "",
        "membership_number": membership.number if membership else "",
    }


def _follow_ups(whose: Whose) -> Iterator[Record]:
    mine = select(FollowUp).filter_by(person_id=whose.person_id).order_by(FollowUp.id)
    for each in whose.session.scalars(mine).all():
        report = whose.session.scalar(select(PlanReport).filter_by(follow_up_id=each.id))
        yield {
            "course_title": whose.words.title(each.course),
            "day": each.day,
            "due_on": each.due_on,
            "asked_at": each.asked_at,
            "drawn_at": each.drawn_at,
            "not_sent_because": each.skipped,
            "questions": list(_questions(whose.session, each.id)),
            "plan": report.plan if report else "",
            "plan_happened": report.happened if report else "",
            "plan_line": report.line if report else "",
            "plan_new_day_on": report.new_on if report else None,
            "reported_at": report.reported_at if report else None,
        }


def _questions(session: Session, follow_up_id: int) -> Iterator[Record]:
    rows = session.execute(
        select(FollowUpItem, QuestionVersion.body)
        .join(QuestionVersion, QuestionVersion.hash == FollowUpItem.question_hash)
        .where(FollowUpItem.follow_up_id == follow_up_id)
        .order_by(FollowUpItem.position)
    )
    for item, body in rows:
        asked, answer = _asked(body, item.response)
        yield {
            "title": item.slot_title,
            "asked": asked,
            "answer": answer,
            "secured": item.secured,
            "answered_at": item.answered_at,
        }


def _asked(body: str, response: Mapping[str, Any] | None) -> tuple[str, list[str]]:
    """A question and what was answered, in words; the answer as it is kept where it cannot be read."""
    question = from_json(body)
    stem = question.present(()).stem.striptags()
    try:
        given = read_body(question, response or {})
    except CannotGrade:
        return stem, [str(response)]
    return stem, [words.striptags() for words in question.words(given)]


def evidence(session: Session, person_id: int) -> Iterator[tuple[str, bytes]]:
    """Each file that the person keeps as evidence: its name in the zip, and its bytes. One at a time."""
    mine = select(Evidence.id, Evidence.code, Evidence.name, Evidence.size).filter_by(person_id=person_id)
    for row in session.execute(mine.order_by(Evidence.id)).all():
        body = session.scalars(select(Evidence.body).filter_by(id=row.id)).one()
        yield evidence_name(EvidenceFile(code=row.code, name=row.name, size=row.size)), body


def evidence_name(file: EvidenceFile) -> str:
    """Where a file stands in the zip. The code tells two of one name apart."""
    return f"evidence/{file.code[:8].lower()}-{file.name}"


ENTRIES = Kind(
    name="cpd",
    title="My CPD",
    about="Your record: courses here, and what you noted of learning elsewhere.",
    fields={
        "title": "what it was",
        "on": "the day",
        "minutes": "how long it took",
        "counted_minutes": "how much of that counts; none where the certificate was withdrawn",
        "type": "structured or self-directed",
        "type_decided": "whether you decided that, or it is only suggested",
        "method": "how you learnt",
        "provider": "who offered it",
        "objective": "what it was for",
        "outcome": "what came of it",
        "certificate": "the code of its certificate",
        "state": "how that stands: valid, expired, withdrawn, or none",
        "files": "files that show it, in this zip",
    },
    read=_entries,
)
SETTINGS = Kind(
    name="cpd-settings",
    title="Your CPD year, goal and membership",
    about="Membership is printed on certificates if you give it.",
    fields={
        "goal_minutes": "the minutes that you want to do in a year; 0 for no goal",
        "year_begins_in_month": "the month in which your CPD year begins",
        "professional_body": "the body that you belong to",
        "membership_number": "your number there",
    },
    read=_settings,
)
FOLLOW_UPS = Kind(
    name="follow-ups",
    title="Follow-ups that you asked for",
    about="Questions some weeks after a course, and whether your plan happened.",
    fields={
        "course_title": "the course",
        "day": "how many days after the course",
        "due_on": "the day on which it was due",
        "asked_at": "when you asked for it",
        "drawn_at": "when its questions were chosen",
        "not_sent_because": "why no letter was sent, if none was",
        "questions": "what was asked",
        "questions.title": "the part of the test",
        "questions.asked": "the question",
        "questions.answer": "what you answered",
        "questions.secured": "whether it was right",
        "questions.answered_at": "when",
        "plan": "your plan, as it stood then",
        "plan_happened": "whether it happened: yes, partly, not-yet or no",
        "plan_line": "what you said of it",
        "plan_new_day_on": "the day that you chose instead",
        "reported_at": "when you told that",
    },
    read=_follow_ups,
)
