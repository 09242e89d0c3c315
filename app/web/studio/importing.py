"""Bringing a course in as one zip: a new course as a draft, or files that wait beside the one here."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField

from app.kernel.db import writing
from app.kernel.errors import Conflict, Refusal
from app.library.importing import Brought, bring_in, read_course_files, take_over, waiting
from app.library.unzipping import LARGEST_ZIP, unpack
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Form, show_form
from app.web.studio.answer_keys import open_keys_in_sight
from app.web.studio.saving import base_sent

blueprint = Blueprint("importing", __name__, template_folder="templates")


class Bringing(Form):
    """The one file. Its bytes come beside the text fields."""

    zip = FileField("The course, as one zip file")


@blueprint.get("/studio/import")
def ask() -> ResponseReturnValue:
    return show_form("studio/import.html", Bringing())


@blueprint.post("/studio/import")
def take_in() -> ResponseReturnValue:
    """A new course, or files kept beside the one that is here."""
    form = Bringing()
    if not form.validate():
        return show_form("studio/import.html", form)
    try:
        brought = _bring(_sent())
    except Refusal as refused:
        form.zip.errors = [str(refused)]
        return show_form("studio/import.html", form)
    if brought.beside:
        return redirect(url_for(".compare", slug=brought.slug, revision=brought.revision_id), 303)
    return redirect(url_for("desk.show", slug=brought.slug), 303)


@blueprint.get("/studio/courses/<slug>/import/<int:revision>")
def compare(slug: str, revision: int) -> ResponseReturnValue:
    """What the files that were brought would change in the draft."""
    return _what_would_change(slug, revision)


@blueprint.post("/studio/courses/<slug>/import/<int:revision>")
def take(slug: str, revision: int) -> ResponseReturnValue:
    """Make them the draft."""
    seen_id = base_sent(request.form, "seen")
    try:
        with writing(db.session) as session:
            take_over(session, ("course", slug), revision, seen_id=seen_id, by_id=signed_in().id, now=now())
            open_keys_in_sight(session, slug)
    except Conflict as moved_on:
        return _what_would_change(slug, revision, str(moved_on)), 409
    return redirect(url_for("desk.show", slug=slug), 303)


def _sent() -> bytes:
    """The file's bytes, and no more of them than a zip may have. Raises Refusal where there is none."""
    sent = request.files.get("zip")
    body = sent.stream.read(LARGEST_ZIP + 1) if sent else b""
    if not body:
        raise Refusal("Choose a zip file.")
    return body


def _bring(body: bytes) -> Brought:
    slug, files = read_course_files(unpack(body))
    with writing(db.session) as session:
        brought = bring_in(session, slug, files, by_id=signed_in().id, now=now())
        if not brought.changed:
            raise Refusal(f"The course {slug} is here already, with the same files in its draft.")
        open_keys_in_sight(session, slug)
    return brought


def _what_would_change(slug: str, revision: int, moved_on: str = "") -> str:
    found = waiting(db.session(), ("course", slug), revision)
    changed: Sequence[tuple[str, str]] = [(each.change.capitalize(), each.path) for each in found.differences]
    return render_template(
        "studio/import-compare.html",
        slug=slug,
        changed=changed,
        revision=revision,
        seen=found.draft_id,
        moved_on=moved_on,
    )
