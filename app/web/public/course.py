"""The course page: everything to know before the start. Reading it, like the lessons, needs no account."""

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from app.assessment.policy import read_policy, sentences
from app.catalogue.model import Course, Related
from app.learning.progress import NOT_BEGUN, Progress, my_progress
from app.library.model import CompiledCourse
from app.web.public.sharing import share_links
from app.web.shared.certificate_news import certificate_news
from app.web.shared.contents import (
    Step,
    course_path,
    facts,
    minutes_in_words,
    reading_by_need,
    shares,
    source_line,
    steps,
)
from app.web.shared.context import db, settings, shelf
from app.web.shared.frame import reader
from app.web.shared.keys import why_no_certificate

blueprint = Blueprint("course", __name__, template_folder="templates")

SHOWN_BY = {"test": "shown in the test", "reflection": "shown in a reflection", "plan": "shown in a plan"}


@blueprint.get("/courses/<slug>")
def show(slug: str) -> str:
    session, who = db.session(), reader()
    compiled = shelf().course(session, slug)
    course = compiled.course
    progress = my_progress(session, who.id, course.slug) if who else NOT_BEGUN
    return render_template(
        "public/course.html",
        course=course,
        learner=who is not None,
        outcomes=[(outcome.text, SHOWN_BY[outcome.shown_by]) for outcome in course.outcomes],
        steps=steps(compiled, progress.done),
        minutes=minutes_in_words(course.minutes),
        rules=sentences(read_policy(course.pass_policy), len(compiled.quiz.slots)),
        start_label="Continue" if progress.place else "Start",
        start=_start(compiled, progress),
        in_words=minutes_in_words,
        parts=_parts(compiled),
        news=certificate_news(course, who) if who else "",
        no_certificate=why_no_certificate(compiled, who) if who else "",
        facts=facts(course),
        reading=reading_by_need(course.further_reading),
        related=_related(session, course),
        address=settings().base_url + course_path(course),
        source=source_line(course, settings().base_url + course_path(course)),
        share_links=share_links(course, settings().base_url + course_path(course)),
    )


def _start(compiled: CompiledCourse, progress: Progress) -> Step:
    """Where the one button leads: the learner's place, the first lesson left, or the test."""
    slugs = [lesson.slug for lesson in compiled.course.lessons]
    left = progress.left(slugs)
    if not left:
        return steps(compiled, ())[-1]
    return steps(compiled, ())[slugs.index(progress.place if progress.place in left else left[0])]


def _parts(compiled: CompiledCourse) -> str:
    """The stated minutes, split as the estimate splits them."""
    estimate = compiled.estimate
    seconds = (estimate.reading, estimate.practice + estimate.prompts, estimate.test)
    split = shares(compiled.course.minutes, seconds)
    words = zip(split, ("to read", "to practise and reflect", "for the test"), strict=True)
    return ", ".join(f"{minutes} {what}" for minutes, what in words if minutes)


def _related(session: Session, course: Course) -> list[tuple[str, str, str]]:
    """Title, address and kind of what goes with the course. One that is not live, or retired, is left out."""
    courses = shelf().courses(session) if course.related else ()
    live = {each.course.slug: each.course for each in courses if not each.course.retired}
    return [entry for entry in (_entry(one, live) for one in course.related) if entry]


def _entry(related: Related, live: dict[str, Course]) -> tuple[str, str, str] | None:
    if related.course is None:
        return (related.title or "", related.url or "", related.kind or "")
    found = live.get(related.course)
    return (found.title, course_path(found), "course") if found else None
