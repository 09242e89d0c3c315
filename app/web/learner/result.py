"""What a round came to: what is secured, why a miss fails, where to read; after the pass, everything."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from app.assessment.attempts import AttemptView, next_round, record_reading
from app.assessment.policy import reopens_at
from app.assessment.standing import ItemView, RoundView
from app.assessment.wording import in_words
from app.kernel.clock import day_in_words, local_day
from app.kernel.codes import new_seed
from app.kernel.db import writing
from app.learning.awarded import awarded
from app.library.estimate import WORDS_A_MINUTE
from app.library.model import CompiledCourse
from app.web.learner.sitting import Sitting, attempt_code, sit, whole_number
from app.web.shared.contents import course_path, minutes_in_words
from app.web.shared.context import db, now, settings, shelf, signed_in
from app.web.shared.keys import AFTER

blueprint = Blueprint("result", __name__, template_folder="templates")


@dataclass(frozen=True, kw_only=True)
class Missed:
    """One slot that is left: what was answered, why it fails, and the section to read."""

    item: ItemView
    section: str
    minutes: str


@blueprint.get("/attempts/<code>/rounds/<int(max=99):number>")
def show(code: str, number: int) -> ResponseReturnValue:
    """The result of one round."""
    found = sit(code)
    view, its_round = found.view, found.view.round(number)
    if its_round.handed_in_at is None:
        return redirect(url_for("question.where", code=view.code), 303)
    slots = view.slots_after(number)
    secured = sum(held for _, held in slots)
    return render_template(
        "learner/result.html",
        sitting=found,
        round=its_round,
        newest=its_round is view.current,
        heading=_heading(view, secured, len(slots)),
        slots=[held for _, held in slots],
        left=in_words(len(slots) - secured),
        one_left=len(slots) - secured == 1,
        missed=[_missed(item, found.compiled) for item in its_round.missed if not view.passed],
        certificate=_certificate(view) if view.passed else None,
        no_certificate=AFTER,
        explained=_explained(view) if view.passed else [],
        reopens=_reopens(view),
        course_href=course_path(found.compiled.course),
    )


@blueprint.post("/attempts/<code>/readings/<slot>")
def read(code: str, slot: str) -> Response:
    """Note that the section behind a miss is opened, and open it, with a way back."""
    person_id, own = signed_in().id, attempt_code(code)
    with writing(db.session) as session:
        section = record_reading(session, person_id=person_id, code=own, slot=slot[:80], now=now())
    course = shelf().course(db.session(), sit(own).view.course).course
    lesson, anchor = section.split("#", 1)
    if course.lesson(lesson) is None:  # a newer revision has taken the lesson out
        return redirect(course_path(course), 303)
    return redirect(url_for("lesson.show", slug=course.slug, lesson=lesson, back=own, _anchor=anchor), 303)


@blueprint.post("/attempts/<code>/rounds")
def go_on(code: str) -> Response:
    """Open the round that asks what is left."""
    after, found, person_id = whole_number("after"), sit(code), signed_in().id
    compiled = _newest_fitting(found)
    with writing(db.session) as session:
        next_round(
            session,
            person_id=person_id,
            code=found.view.code,
            after=after,
            revision_id=compiled.revision_id,
            quiz=compiled.quiz,
            now=now(),
            seed=new_seed(),
        )
    return redirect(url_for("question.show", code=found.view.code, position=1), 303)


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> ResponseReturnValue:
    """A page opened before signing in again has an old token: a fresh one is where the test stands."""
    return redirect(url_for("question.where", code=(request.view_args or {})["code"]), 303)


def _newest_fitting(found: Sitting) -> CompiledCourse:
    """The live course if it is of the attempt's edition and has the slots, else the one that is pinned."""
    live = shelf().course(db.session(), found.view.course)
    left = {item.slot for item in found.view.current.missed}
    fits = live.course.edition == found.view.edition and left <= {slot.id for slot in live.quiz.slots}
    return live if fits else found.compiled


def _heading(view: AttemptView, secured: int, slots: int) -> str:
    word = "secured" if view.policy.rounds > 1 else "right"
    return f"All {in_words(slots)} {word}" if secured == slots else f"{secured} of {slots} {word}"


def _missed(item: ItemView, compiled: CompiledCourse) -> Missed:
    slug, anchor = item.section.split("#", 1)
    lesson = compiled.course.lesson(slug)
    section = lesson.section(anchor) if lesson else None
    words = len(section.text.split()) if section else 0
    return Missed(
        item=item,
        section=section.title if section else item.title,
        minutes=minutes_in_words(max(1, round(words / WORDS_A_MINUTE))),
    )


def _explained(view: AttemptView) -> list[tuple[RoundView, tuple[ItemView, ...]]]:
    """Every question of the attempt laid open, the newest round first."""
    return [(each, each.items) for each in reversed(view.rounds)]


def _certificate(view: AttemptView) -> str | None:
    """The code of the certificate that this pass brought."""
    mine = signed_in().id
    return awarded(db.session(), person_id=mine, course=view.course, edition=view.edition) or None


def _reopens(view: AttemptView) -> str:
    """The day on which a new test opens after one that ended without a pass, or ""."""
    if view.closed_at is None or view.passed:
        return ""
    zone = settings().time_zone
    opens_at = reopens_at(view.closed_at, zone)
    return day_in_words(local_day(opens_at, zone)) if now() < opens_at else ""
