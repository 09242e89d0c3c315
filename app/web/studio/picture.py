"""One picture of a course's draft: where it is used, putting it somewhere, replacing and retiring it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.catalogue.fences import insert_block
from app.kernel.db import writing
from app.kernel.errors import Conflict, Refusal
from app.library.course_pictures import CoursePicture, picture_of, replace_picture, retire_picture
from app.library.drafting import Draft, open_draft
from app.library.lesson_files import lesson_path
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Form, shown, text_of
from app.web.studio.block_places import line_of, taken_in
from app.web.studio.course_offers import blocks_of, name_of
from app.web.studio.figures import Placed, figure_text, place_choices
from app.web.studio.picture_forms import LONGEST, Placing, Replacing, sent_picture
from app.web.studio.pictures import in_words
from app.web.studio.saving import after_saving, course_key, save_text, text_of_file

blueprint = Blueprint("picture", __name__, template_folder="templates")
THERE = "/studio/courses/<slug>/pictures/<path:name>"
DONE = {
    "placed": "The picture stands in the lesson now. Look at it there, or in the preview.",
    "replaced": "The picture has been replaced. The one before stays in the history.",
}


@blueprint.get(THERE)
def show(slug: str, name: str) -> ResponseReturnValue:
    draft = open_draft(db.session(), course_key(slug))
    picture_of(draft, name)
    return _page(draft, name, _placing(draft, alt=shown(request.args.get("words", ""))))


@blueprint.post(f"{THERE}/place")
def place(slug: str, name: str) -> ResponseReturnValue:
    """Put the picture into a lesson of the draft, as a figure with its words."""
    draft = open_draft(db.session(), course_key(slug))
    picture = picture_of(draft, name)
    form = _placing(draft)
    if not form.validate_on_submit():
        form.place.errors = form.place.errors and ["Choose where it goes."]
        return _page(draft, name, form), 422
    lesson, _, where = form.place.data.partition(":")
    path = lesson_path(draft.files, slug, lesson)
    text = text_of_file(draft.files, path)
    figure = figure_text(picture, _words(form), taken_in(draft, lesson))
    made = insert_block(text, line_of(text, where), figure)
    saved = save_text(
        draft.key, path, made, base_id=draft.revision_id, message=f"Picture {name} put into {lesson}"
    )
    return after_saving(saved, draft.key, url_for("picture.show", slug=slug, name=name, done="placed"))


@blueprint.post(f"{THERE}/replace")
def replace(slug: str, name: str) -> ResponseReturnValue:
    """Put another picture in its place. Every lesson that names it shows the new one."""
    form, key = Replacing(), course_key(slug)
    draft = open_draft(db.session(), key)
    picture_of(draft, name)
    seen, by_id = _seen(), signed_in().id
    form.validate_on_submit()
    try:
        sent = sent_picture()
        with writing(db.session) as session:
            name = replace_picture(session, key, name, sent, seen=seen, by_id=by_id, now=now())
    except Refusal as refused:
        form.picture.errors = [str(refused)]
        page = _page(open_draft(db.session(), key), name, _placing(draft), replacing=form)
        return page, 409 if isinstance(refused, Conflict) else 422
    return redirect(url_for("picture.show", slug=slug, name=name, done="replaced"), 303)


@blueprint.post(f"{THERE}/retire")
def retire(slug: str, name: str) -> ResponseReturnValue:
    """Take the picture out of the draft, unless something still uses it."""
    seen, by_id = _seen(), signed_in().id
    try:
        with writing(db.session) as session:
            retire_picture(session, course_key(slug), name, seen=seen, by_id=by_id, now=now())
    except Conflict as refused:
        draft = open_draft(db.session(), course_key(slug))
        return _page(draft, name, _placing(draft), refused=str(refused)), 409
    return redirect(url_for("pictures.show", slug=slug, done="retired"), 303)


def _seen() -> str:
    seen = request.form.get("seen", "")
    if len(seen) != 64:
        raise BadRequest
    return seen


def _placing(draft: Draft, alt: str | None = None) -> Placing:
    form = Placing(data={"alt": (alt or "")[:LONGEST]})
    form.place.choices = place_choices(draft)
    return form


def _names(draft: Draft) -> set[str]:
    return {name_of(block) for block in blocks_of(draft)}


def _words(form: Placing) -> Placed:
    return Placed(text_of(form.alt), text_of(form.caption), text_of(form.credit))


def _page(draft: Draft, name: str, form: Placing, *, replacing: Form | None = None, refused: str = "") -> str:
    slug = draft.key[1]
    picture: CoursePicture = picture_of(draft, name)
    wrong = next((each for each in (replacing, form) if each is not None and each.errors), None)
    return render_template(
        "studio/picture.html",
        slug=slug,
        picture=picture,
        size=in_words(picture),
        form=form,
        replacing=replacing or Replacing(),
        wrong=wrong,
        refused=refused,
        has_errors=bool(wrong or refused),
        markdown=figure_text(picture, _words(form), _names(draft)) if text_of(form.alt).strip() else "",
        done=DONE.get(request.args.get("done", ""), ""),
    )
