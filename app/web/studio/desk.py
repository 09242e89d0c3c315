"""A course's desk: how it stands, what is to be mended, and the way to every page that edits a part of it."""

from collections.abc import Mapping

from flask import Blueprint, render_template

from app.assessment.wording import in_words
from app.learning.time_spent import FEWEST_PEOPLE, median_time
from app.library.health import Health, health_of
from app.library.lesson_files import lesson_titles
from app.library.model import CompiledCourse
from app.people.names import names_of
from app.web.shared.contents import minutes_in_words
from app.web.shared.context import db, today
from app.web.studio.told import by_file, desk_path, draft_in_words, live_in_words, review_in_words

blueprint = Blueprint("desk", __name__, template_folder="templates")

Deed = tuple[str, str]  # what can be done, and where
Row = tuple[str, str, str, list[Deed]]  # title, address, note, deeds


@blueprint.get("/studio/courses/<slug>")
def show(slug: str) -> str:
    """The draft of one course, and everything that can be done to it."""
    session = db.session()
    found = health_of(session, ("course", slug))
    names = names_of(session, [found.saved_by_id, found.asked.asked_by_id if found.asked else None])
    return render_template(
        "studio/desk.html",
        health=found,
        desk=desk_path(slug),
        stands=_stands(found, names),
        asked_by=names[found.asked.asked_by_id] if found.asked else "",
        overdue=found.due(today()),
        errors=by_file(found.errors, slug),
        warnings=by_file(found.warnings, slug),
        lessons=_lessons(found),
        slots=_slots(found),
        how_long=_how_long(found.compiled) if found.compiled else "",
    )


def _stands(found: Health, names: Mapping[int | None, str]) -> list[str]:
    said = (live_in_words(found.key, found.draft.live), draft_in_words(found, names), review_in_words(found))
    return [each for each in said if each]


def _lessons(found: Health) -> list[Row]:
    slug = found.key[1]
    minutes = {each.slug: each.minutes for each in found.compiled.course.lessons} if found.compiled else {}
    rows = []
    for lesson, title in lesson_titles(found.draft.files, slug).items():
        href = f"{desk_path(slug)}/lessons/{lesson}"
        note = minutes_in_words(minutes[lesson]) if lesson in minutes else ""
        rows.append((title, href, note, [("Move", f"{href}/move"), ("Retire", f"{href}/retire")]))
    return rows


def _slots(found: Health) -> list[Row]:
    questions = f"{desk_path(found.key[1])}/questions"
    slots = found.compiled.quiz.slots if found.compiled else ()
    return [(slot.title, f"{questions}#{slot.id}", _questions(len(slot.questions)), []) for slot in slots]


def _questions(count: int) -> str:
    return f"{in_words(count)} {'question' if count == 1 else 'questions'}"


def _how_long(compiled: CompiledCourse) -> str:
    """The minutes that a course states, beside the estimate and what people really took."""
    stated = minutes_in_words(compiled.course.minutes)
    said = f"It states {stated}, and the estimate is {compiled.estimate.minutes}."
    real = median_time(db.session(), compiled.course.slug, compiled.course.edition)
    if real is None:
        return f"{said} What people really take is shown once {in_words(FEWEST_PEOPLE)} have completed it."
    took = minutes_in_words(real.minutes)
    return f"{said} Half of the {real.people} people who completed it last took {took} or less."
