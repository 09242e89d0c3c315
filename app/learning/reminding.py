"""Letters about certificates that expire: 60 and 14 days before, and on the day after.

A process that stood still on the very day sends them later, as long as they are still of use.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from app.certification.facts import Facts
from app.certification.standing import is_withdrawn
from app.certification.tables import Certificate
from app.kernel.clock import day_in_words, local_day
from app.kernel.db import writing
from app.learning.tables import Completion
from app.learning.writing_to import about, write_to
from app.mail.certificate_letters import expiry_letter
from app.mail.tables import Letter

EARLY, LATE, OVER = "60", "14", "over"
DAYS = {EARLY: 60, LATE: 14}  # days left until the last day on which the certificate is valid
STILL_OF_USE = 14  # days after the last one, while the letter that it is over may still be sent
TOGETHER = 100  # letters in one transaction


@dataclass(frozen=True)
class Due:
    """One letter to write. `key` is the same for every issue of one completion's certificate."""

    person_id: int
    facts: Facts
    stage: str
    key: str


def remind(
    session: Session, courses: Collection[str], *, base_url: str, zone: ZoneInfo, now: datetime
) -> int:
    """Queue every reminder that is due and not queued yet; how many. It owns its transactions.

    `courses` are those that are live: nobody is sent to one that is not there. Whoever has a newer
    certificate of the course is left alone, and so is whose certificate is withdrawn.
    """
    due = _due(session, courses, local_day(now, zone))
    for at in range(0, len(due), TOGETHER):
        some = due[at : at + TOGETHER]
        letters = [
            expiry_letter(
                about(each.facts, base_url),
                expires_on=day_in_words(each.facts.expires_on or date.max),
                over=each.stage == OVER,
                course_url=f"{base_url}/courses/{each.facts.course}",
            )
            for each in some
        ]
        with writing(session):
            for each, letter in zip(some, letters, strict=True):
                write_to(session, each.person_id, letter, kind="certificate-expiry", key=each.key, now=now)
    return len(due)


def stage_of(completed_on: date, expires_on: date, today: date) -> str | None:
    """Which reminder is due on this day, or None. A short validity is not announced as soon as it begins."""
    left = (expires_on - today).days
    if -STILL_OF_USE <= left < 0:
        return OVER
    for stage in (LATE, EARLY):
        if 0 <= left <= DAYS[stage]:
            return stage if completed_on < expires_on - timedelta(days=DAYS[stage]) else None
    return None


def _due(session: Session, courses: Collection[str], today: date) -> list[Due]:
    found = []
    for certificate in session.scalars(_expiring(today)):
        facts = Facts.from_json(certificate.facts)
        stage = stage_of(facts.completed_on, facts.expires_on or date.max, today)
        if stage and facts.course in courses and certificate.person_id:
            key = f"expiry:{certificate.completion_id}:{stage}"
            found.append(Due(certificate.person_id, facts, stage, key))
    wanted = [each.key for each in found]
    sent: set[str] = set()
    for at in range(0, len(wanted), TOGETHER):
        some = wanted[at : at + TOGETHER]
        sent.update(session.scalars(select(Letter.dedupe_key).where(Letter.dedupe_key.in_(some))))
    session.rollback()
    return [each for each in found if each.key not in sent]


def _expiring(today: date) -> Select[Certificate]:
    """The certificates whose last day is near, newest issues of newest completions, and not withdrawn."""
    later, mine, newer, held = (
        aliased(Certificate),
        aliased(Completion),
        aliased(Completion),
        aliased(Certificate),
    )
    last_day = Certificate.facts["expires_on"].as_string()
    renewed = (
        select(newer.id)
        .join(held, held.completion_id == newer.id)
        .where(newer.person_id == mine.person_id, newer.course == mine.course)
        .where(newer.completed_at > mine.completed_at)
    )
    return (
        select(Certificate)
        .join(mine, mine.id == Certificate.completion_id)
        .where(last_day >= (today - timedelta(days=STILL_OF_USE)).isoformat())
        .where(last_day <= (today + timedelta(days=DAYS[EARLY])).isoformat())
        .where(~is_withdrawn(Certificate.id))
        .where(~exists().where(later.replaces_id == Certificate.id))
        .where(~renewed.exists())
        .order_by(Certificate.id)
    )
