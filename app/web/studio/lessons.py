"""The lessons of a course as a whole: adding one, moving one, retiring one."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField

from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.library.arranging_lessons import add_lesson, left_hanging, move_lesson, retire_lesson
from app.library.drafting import Changes, open_draft, save
from app.library.folders import Files
from app.library.ids_used import ids_ever_live
from app.library.lesson_files import lesson_path, lesson_titles
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Button, Form, show_form, text_of
from app.web.studio.lines import line_field
from app.web.studio.told import by_file, desk_path

blueprint = Blueprint("lessons", __name__, template_folder="templates")

FIRST, BEHIND = "first", "after-"
LONGEST_SHOWN = 60  # characters of a title in a message


class NewLesson(Form):
    title = line_field("Title", "Enter a title.", 200)
    place = SelectField("Where does it stand?")


class Place(Form):
    place = SelectField("Where should it stand?")


@blueprint.route("/studio/courses/<slug>/lessons/new", methods=["GET", "POST"])
def add(slug: str) -> ResponseReturnValue:
    """Ask for a title and a place; then the lesson is there to be written."""
    titles = lesson_titles(_files(slug), slug)
    form = NewLesson(**_proposed(f"{BEHIND}{list(titles)[-1]}" if titles else FIRST))
    form.place.choices = _places(titles)
    if not form.validate_on_submit():
        return show_form("studio/lesson-new.html", form, slug=slug)
    title, after = text_of(form.title), _after(form.place)

    def change(session: Session, files: Files) -> tuple[Changes, str]:
        taken = ids_ever_live(session, ("course", slug))
        return add_lesson(files, slug, title, after=after, taken=taken)

    lesson = _save(slug, change, f"Add the lesson {title[:LONGEST_SHOWN]}")
    return redirect(f"{desk_path(slug)}/lessons/{lesson}", 303)


@blueprint.route("/studio/courses/<slug>/lessons/<lesson>/move", methods=["GET", "POST"])
def move(slug: str, lesson: str) -> ResponseReturnValue:
    """Ask where the lesson should stand; its address and its text stay."""
    files = _files(slug)
    lesson_path(files, slug, lesson)
    titles = lesson_titles(files, slug)
    order = list(titles)
    title, at = titles.pop(lesson), order.index(lesson)
    form = Place(**_proposed(f"{BEHIND}{order[at - 1]}" if at else FIRST))
    form.place.choices = _places(titles)
    if not form.validate_on_submit():
        return show_form("studio/lesson-move.html", form, slug=slug, title=title)
    after = _after(form.place)
    message = f"Move the lesson {title[:LONGEST_SHOWN]}"
    _save(slug, lambda _session, files: move_lesson(files, slug, lesson, after=after), message)
    return redirect(desk_path(slug), 303)


@blueprint.route("/studio/courses/<slug>/lessons/<lesson>/retire", methods=["GET", "POST"])
def retire(slug: str, lesson: str) -> ResponseReturnValue:
    """Say what still points at the lesson; then take it out of the course."""
    files, form = _files(slug), Button()
    lesson_path(files, slug, lesson)
    titles = lesson_titles(files, slug)
    if len(titles) == 1:
        raise Conflict("A course needs a lesson, and this is its only one. Add another one first.")
    if not form.validate_on_submit():
        hanging = by_file(left_hanging(files, slug, lesson), slug)
        return show_form("studio/lesson-retire.html", form, slug=slug, title=titles[lesson], hanging=hanging)
    message = f"Retire the lesson {titles[lesson][:LONGEST_SHOWN]}"
    _save(slug, lambda _session, files: retire_lesson(files, slug, lesson), message)
    return redirect(desk_path(slug), 303)


def _files(slug: str) -> Files:
    return open_draft(db.session(), ("course", slug)).files


def _save(slug: str, change: Callable[[Session, Files], tuple[Changes, str]], message: str) -> str:
    """Make the change to the draft as it is now, whoever saved it last, and hand back the lesson's slug."""
    key, by_id = ("course", slug), signed_in().id
    with writing(db.session) as session:
        draft = open_draft(session, key)
        changes, lesson = change(session, draft.files)
        save(session, key, changes, base_id=draft.revision_id, by_id=by_id, message=message, now=now())
    return lesson


def _proposed(place: str) -> dict[str, Any]:
    """What a blank form proposes. One that is sent says for itself, or lacks it."""
    return {"place": place} if request.method == "GET" else {}


def _places(titles: dict[str, str]) -> dict[str, str]:
    return {FIRST: "First of all"} | {f"{BEHIND}{each}": f"After “{title}”" for each, title in titles.items()}


def _after(place: SelectField) -> str:
    """The slug of the lesson in front, nothing for the first place."""
    return str(place.data).removeprefix(BEHIND) if place.data != FIRST else ""
