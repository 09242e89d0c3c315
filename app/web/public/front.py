"""The front page: the catalogue by programme, and for learners the way back to where they left off."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from app.catalogue.model import Programme, Site
from app.learning.enrolment import under_way
from app.learning.progress import my_progress
from app.library.model import CompiledCourse
from app.web.shared.contents import Step, minutes_in_words, steps, test_step
from app.web.shared.context import db, shelf
from app.web.shared.frame import reader

blueprint = Blueprint("front", __name__, template_folder="templates")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A programme and its live courses. One without a course is not shown."""

    programme: Programme
    courses: tuple[CompiledCourse, ...]


@dataclass(frozen=True, kw_only=True)
class LeftOff:
    """A course that the learner is in the middle of, and the step to open next."""

    course: str
    step: Step


@blueprint.get("/")
def show() -> str:
    session, who = db.session(), reader()
    courses, site = shelf().courses(session), shelf().site(session)
    return render_template(
        "public/front.html",
        offers=_by_programme(site, courses),
        note=site.programmes_note,
        in_words=minutes_in_words,
        learner=who is not None,
        left_off=_left_off(session, who.id, courses) if who else None,
    )


def _by_programme(site: Site, courses: Sequence[CompiledCourse]) -> list[Offer]:
    offered = [each for each in courses if not each.course.retired]
    offers = (
        Offer(programme=one, courses=tuple(each for each in offered if each.course.programme == one.id))
        for one in site.programmes
    )
    return [offer for offer in offers if offer.courses]


def _left_off(session: Session, person_id: int, courses: Sequence[CompiledCourse]) -> LeftOff | None:
    """Where to go on in the course visited last, of those whose live edition is not completed."""
    live = {each.course.slug: each for each in courses}
    for begun in under_way(session, person_id):
        compiled = live.get(begun.course)
        if compiled and begun.completed_edition < compiled.course.edition:
            return LeftOff(
                course=compiled.course.title, step=_next_step(session, person_id, compiled, begun.place)
            )
    return None


def _next_step(session: Session, person_id: int, compiled: CompiledCourse, place: str) -> Step:
    slugs = [lesson.slug for lesson in compiled.course.lessons]
    left = my_progress(session, person_id, compiled.course.slug).left(slugs)
    if not left:
        return test_step(compiled)
    return steps(compiled, ())[slugs.index(place if place in left else left[0])]
