"""Asking for follow-ups and stopping them: one press each, on the pages that come after a pass."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from app.assessment.wording import listed
from app.kernel.clock import day_in_words
from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.learning.follow_ups import DAYS, ask_for_follow_ups, offer, stop_follow_ups
from app.web.shared.appearance import safe_path
from app.web.shared.context import db, now, settings, shelf, signed_in

blueprint = Blueprint("follow_up_choice", __name__)
PLACE = "#follow-ups"


@dataclass(frozen=True, kw_only=True)
class ShownOffer:
    """What a page offers: to send letters on `days`, or to stop those that come on `coming`. "" for none."""

    course: str
    days: str
    coming: str
    whole: bool


@blueprint.post("/courses/<slug>/follow-ups")
def ask(slug: str) -> Response:
    """Ask for the questions that still lie ahead."""
    back, person_id = _back(), signed_in().id
    edition = shelf().course(db.session(), slug).course.edition
    with writing(db.session) as session:
        ask_for_follow_ups(
            session,
            person_id=person_id,
            course=slug,
            edition=edition,
            zone=settings().time_zone,
            now=now(),
        )
    return redirect(back, 303)


@blueprint.post("/courses/<slug>/follow-ups/end")
def end(slug: str) -> Response:
    """Stop those of one course, whether or not it is still there."""
    back, person_id = _back(), signed_in().id
    with writing(db.session) as session:
        stop_follow_ups(session, person_id=person_id, course=slug[:80])
    return redirect(back, 303)


def offer_of(course: str, edition: int) -> ShownOffer | None:
    """What to offer of a course that the person has completed in this edition, or None."""
    session = db.session()
    try:
        live = shelf().course(session, course).course
    except NotFound:
        return None
    if live.retired or live.edition != edition:
        return None
    found = offer(
        session,
        person_id=signed_in().id,
        course=course,
        edition=edition,
        zone=settings().time_zone,
        now=now(),
    )
    if not found.days and not found.coming:
        return None
    whole = len(found.days) == len(DAYS)
    return ShownOffer(
        course=course, days=days_in_words(found.days), coming=days_in_words(found.coming), whole=whole
    )


def days_in_words(days: tuple[date, ...]) -> str:
    """ "30 November 2026 and 28 December 2026"."""
    return listed(tuple(day_in_words(day) for day in days))


def _back() -> str:
    """The page that the form stood on. A form of ours always names it."""
    given = request.form.getlist("back")
    if len(given) != 1:
        raise BadRequest
    return safe_path(given[0]).split("#", maxsplit=1)[0] + PLACE
