"""The course file as a form: title, summary, outcomes, dates, credit, reading, related courses, terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import select

from app.catalogue.reading import CourseFile
from app.catalogue.rendering import render_paragraph
from app.kernel.errors import NotFound
from app.kernel.patching import CannotPatch, put, take_out, value_at
from app.library.course_files import course_file
from app.library.design_files import title_in
from app.library.drafting import Draft, open_draft
from app.library.ids_used import ids_ever_live
from app.library.live import live_sources
from app.library.storing import files_at
from app.library.tables import Source
from app.web.shared.context import db, shelf
from app.web.studio import saving
from app.web.studio.shapes import (
    Faults,
    Offer,
    Part,
    Typed,
    Values,
    filled,
    judge,
    parts_of,
    read,
    show_parts,
    summary,
)
from app.web.studio.told import desk_path

blueprint = Blueprint("course_settings", __name__, template_folder="templates")

# The names of folders, the number that publishing raises and the rules of the test are not for this form.
LEFT_ALONE = frozenset({"slug", "edition", "quiz", "pass_policy"})


@dataclass(frozen=True, kw_only=True)
class Page:
    """The form of one course's file."""

    draft: Draft
    path: str
    parts: tuple[Part, ...]
    base_id: int


@blueprint.get("/studio/courses/<slug>/settings")
def show(slug: str) -> ResponseReturnValue:
    """What course.yml says."""
    page = _page(slug)
    text = saving.text_of_file(page.draft.files, page.path)
    return _show(page, filled(page.parts, _as_shown(value_at(text, ()))), saved="saved" in request.args)


@blueprint.post("/studio/courses/<slug>/settings")
def change(slug: str) -> ResponseReturnValue:
    """Keep what was changed in the draft."""
    page = _page(slug)
    sent = read(page.parts, request.form)
    if not sent.saves:
        return _show(page, sent.typed, focus=sent.focus)
    values, faults = judge(CourseFile, page.parts, sent.typed, ids_ever_live(db.session(), page.draft.key))
    faults = faults or _about_credit(values)
    if faults:
        return _show(page, sent.typed, faults, status=422)
    values = _as_written(values)
    seen = value_at(saving.text_of_file(_files_seen(page), page.path), ())
    changed = [part.name for part in page.parts if values.get(part.name) != _as_written(seen).get(part.name)]

    def own(text: str) -> Values:
        return {name: value_at(text, (name,)) for name in changed}

    base = saving.start_from(db.session(), page.draft.key, page.path, page.base_id, own)
    try:
        text = _changed(base.text, values, changed)
    except CannotPatch as error:
        return _show(page, sent.typed, {(): str(error)}, status=422)
    message = saving.message_sent(request.form, _message(page.parts, changed))
    saved = saving.save_text(page.draft.key, page.path, text, base_id=base.revision_id, message=message)
    return saving.after_saving(saved, page.draft.key, f"{desk_path(slug)}/settings?saved")


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> ResponseReturnValue:
    """Nothing typed is lost when the session has gone."""
    page = _page(**(request.view_args or {}))
    return _show(page, read(page.parts, request.form).typed, {(): saving.RENEWED}, status=400)


def _page(slug: str) -> Page:
    draft = open_draft(db.session(), saving.course_key(slug))
    offers = {"programme": _programmes(), "design": _designs(), "related.course": _courses(slug)}
    return Page(
        draft=draft,
        path=course_file(slug),
        parts=parts_of(CourseFile, "course", offers=offers, without=LEFT_ALONE),
        base_id=saving.base_sent(request.form) if request.method == "POST" else draft.revision_id,
    )


def _files_seen(page: Page) -> Mapping[str, bytes]:
    if page.base_id == page.draft.revision_id:
        return page.draft.files
    return files_at(db.session(), page.base_id)[0]


def _programmes() -> Offer:
    try:
        return [(each.id, each.title) for each in shelf().site(db.session()).programmes]
    except NotFound:
        return []


def _designs() -> Offer:
    """The certificate designs that are live, by their titles."""
    session = db.session()
    return [
        (slug, title_in(slug, shelf().design(session, slug)[1]))
        for kind, slug in live_sources(session)
        if kind == "design"
    ]


def _courses(slug: str) -> Offer:
    """Every other course, by its title where it is live."""
    session = db.session()
    titles = {each.course.slug: each.course.title for each in shelf().courses(session)}
    slugs = session.scalars(select(Source.slug).filter_by(kind="course").order_by(Source.slug))
    return [(each, titles.get(each, each)) for each in slugs if each != slug]


def _as_shown(values: Mapping[str, Any]) -> Values:
    """A related course may stand there as its name alone: here it is a group like the others."""
    related = values.get("related")
    if not isinstance(related, list):
        return dict(values)
    return {**values, "related": [{"course": each} if isinstance(each, str) else each for each in related]}


def _as_written(values: Mapping[str, Any]) -> Values:
    """The other way: a related course is its name alone."""
    related = values.get("related")
    if not isinstance(related, list):
        return dict(values)
    alone = [
        each["course"] if isinstance(each, Mapping) and set(each) == {"course"} else each for each in related
    ]
    return {**values, "related": alone}


def _about_credit(values: Values) -> Faults:
    """The credit is Markdown, and the one field here that is."""
    problems = [each for each in render_paragraph("", 1, values["credit"])[1] if each.level == "error"]
    return {("credit",): f"{problems[0].sentence} {problems[0].fix}".strip()} if problems else {}


def _changed(text: str, values: Values, changed: Sequence[str]) -> str:
    for name in changed:
        text = put(text, (name,), values[name]) if name in values else take_out(text, (name,))
    return text


def _message(parts: Sequence[Part], changed: Sequence[str]) -> str:
    said = [part.words.label.lower() for part in parts if part.name in changed]
    return f"Change the settings: {', '.join(said)}"


def _show(
    page: Page,
    typed: Typed,
    faults: Faults | None = None,
    *,
    focus: str = "",
    saved: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    parts = show_parts(page.parts, typed, faults or {}, focus)
    html = render_template(
        "studio/course-settings.html",
        slug=page.draft.key[1],
        parts=parts,
        errors=summary(parts, faults or {}),
        has_errors=bool(faults),
        saved=saved,
        base=page.base_id,
        message=request.form.get("message", ""),
    )
    return html, status
