"""What a holder is told of a course's certificate: that it expires, or that there is a new edition."""

from collections.abc import Iterable
from datetime import date

from app.catalogue.model import Course
from app.certification.holding import Held
from app.kernel.clock import day_in_words
from app.learning.cpd import Record
from app.learning.renewing import Newest, newest_certificate
from app.people.tables import User
from app.web.shared.context import db, today


def certificate_news(course: Course, who: User) -> str:
    """The sentences for this person about the live course, or "". One SQL."""
    newest = newest_certificate(db.session(), person_id=who.id, course=course.slug)
    return _news(newest, course) if newest else ""


def record_news(record: Record, courses: Iterable[Course]) -> list[tuple[Course, str]]:
    """What there is to say about the courses in a record: each with its sentences. No SQL."""
    found: dict[str, Newest] = {}
    for entry in record.entries:
        if entry.proof is not None and entry.edition is not None:
            mine = Newest(
                code=entry.proof.code,
                edition=entry.edition,
                expires_on=entry.proof.expires_on,
                withdrawn=entry.state == "withdrawn",
            )
            found.setdefault(entry.course, mine)
    told = ((course, _news(found[course.slug], course)) for course in courses if course.slug in found)
    return [(course, news) for course, news in told if news]


def _news(newest: Newest, course: Course) -> str:
    if newest.edition < course.edition and not course.retired:
        return (
            f"There is a new edition of this course, edition {course.edition}. Your certificate for edition "
            f"{newest.edition} stays as it is; passing the new test brings one of its own."
        )
    if newest.edition != course.edition:
        return ""
    return expiry_news(newest, today())


def news_of(mine: Held, who: User) -> str:
    """What its holder is told on the page of a certificate. No SQL for one that does not expire."""
    if mine.facts.expires_on is None:
        return ""
    newest = newest_certificate(db.session(), person_id=who.id, course=mine.facts.course)
    if newest is None or newest.code != mine.code:
        return ""
    return expiry_news(newest, today())


def expiry_news(newest: Newest, today: date) -> str:
    """When a certificate that can be renewed expires, and how it is renewed; "" for any other."""
    if newest.expires_on is None or not newest.renewable(today):
        return ""
    day = day_in_words(newest.expires_on)
    if newest.expired(today):
        return f"Your certificate expired on {day}. To hold a valid one again, take the test again."
    return f"Your certificate is valid until {day}. You can renew it now: take the test again."
