"""A block of a lesson as a form, for every kind: put into the lesson's draft, or handed out as its text."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.catalogue.blocks import SHAPES
from app.catalogue.fences import fenced, find_block, insert_block, replace_block
from app.kernel.errors import NotFound
from app.kernel.patching import CannotPatch, put, value_at
from app.kernel.yaml_writing import write
from app.library.drafting import Draft, open_draft
from app.library.lesson_files import lesson_path
from app.web.shared.context import db
from app.web.studio import saving
from app.web.studio.block_places import checked_block, line_of, offers_for, places_in, settings_of, taken_in
from app.web.studio.shapes import (
    Faults,
    Part,
    Typed,
    filled,
    judge,
    parts_of,
    read,
    show_parts,
    started,
    summary,
)
from app.web.studio.shapes.wording_blocks import KINDS as NAMES
from app.web.studio.told import desk_path

blueprint = Blueprint("block_form", __name__, template_folder="templates")


@dataclass(frozen=True, kw_only=True)
class Page:
    """The form of one block: a new one of this kind where `block` is ""."""

    draft: Draft
    lesson: str
    path: str
    kind: str
    block: str
    parts: tuple[Part, ...]
    base_id: int

    @property
    def there(self) -> str:
        """The lesson's editor."""
        return f"{desk_path(self.draft.key[1])}/lessons/{self.lesson}"


@blueprint.get("/studio/courses/<slug>/lessons/<lesson>/blocks/new")
def start(slug: str, lesson: str) -> ResponseReturnValue:
    """A blank form of `?kind=`, or all kinds to choose from."""
    if "kind" not in request.args:
        lesson_path(open_draft(db.session(), saving.course_key(slug)).files, slug, lesson)
        return render_template("studio/block-kinds.html", slug=slug, lesson=lesson, kinds=NAMES)
    page = _new(slug, lesson)
    return _show(page, started(page.parts), place=request.args.get("place", ""))


@blueprint.post("/studio/courses/<slug>/lessons/<lesson>/blocks/new")
def add(slug: str, lesson: str) -> ResponseReturnValue:
    """Put a new block into the lesson, or answer its text."""
    return _receive(_new(slug, lesson))


@blueprint.get("/studio/courses/<slug>/lessons/<lesson>/blocks/<block>")
def show(slug: str, lesson: str, block: str) -> ResponseReturnValue:
    """The form of a block that is there."""
    page = _existing(slug, lesson, block)
    text = saving.text_of_file(page.draft.files, page.path)
    return _show(page, filled(page.parts, value_at(find_block(text, block).options, ())))


@blueprint.post("/studio/courses/<slug>/lessons/<lesson>/blocks/<block>")
def change(slug: str, lesson: str, block: str) -> ResponseReturnValue:
    """Change the block, or answer its new text."""
    return _receive(_existing(slug, lesson, block))


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> ResponseReturnValue:
    """Nothing typed is lost when the session has gone."""
    args = request.view_args or {}
    page = _existing(**args) if "block" in args else _new(**args)
    typed = read(page.parts, request.form).typed
    return _show(page, typed, {(): saving.RENEWED}, place=request.form.get("place", ""), status=400)


def _new(slug: str, lesson: str) -> Page:
    return _page(slug, lesson, request.args.get("kind", ""), "")


def _existing(slug: str, lesson: str, block: str) -> Page:
    draft = open_draft(db.session(), saving.course_key(slug))
    text = saving.text_of_file(draft.files, lesson_path(draft.files, slug, lesson))
    try:
        return _page(slug, lesson, find_block(text, block).kind, block)
    except CannotPatch as error:
        raise NotFound(str(error)) from error


def _page(slug: str, lesson: str, kind: str, block: str) -> Page:
    if kind not in SHAPES:
        raise NotFound("There is no such kind of block.")
    draft = open_draft(db.session(), saving.course_key(slug))
    return Page(
        draft=draft,
        lesson=lesson,
        path=lesson_path(draft.files, slug, lesson),
        kind=kind,
        block=block,
        parts=parts_of(SHAPES[kind], kind, offers=offers_for(kind, draft)),
        base_id=saving.base_sent(request.form) if request.method == "POST" else draft.revision_id,
    )


def _receive(page: Page) -> ResponseReturnValue:
    """What was sent: rows changed, mistakes shown, or the block made."""
    place = "" if page.block else request.form.get("place", "")
    sent = read(page.parts, request.form)
    if not sent.saves:
        return _show(page, sent.typed, focus=sent.focus, place=place)
    sent.typed["id"] = page.block
    taken = frozenset() if page.block else taken_in(page.draft, page.lesson)
    values, faults = judge(SHAPES[page.kind], page.parts, sent.typed, taken)
    base = saving.start_from(db.session(), page.draft.key, page.path, page.base_id, settings_of(page.block))
    try:
        options = put(find_block(base.text, page.block).options, (), values) if page.block else write(values)
        faults = faults or checked_block(page.kind, options, page.draft)
        if faults:
            return _show(page, sent.typed, faults, place=place, status=422)
        made = fenced(page.kind, options)
        if request.accept_mimetypes.best == "text/plain":
            return Response(made, mimetype="text/plain")
        text = (
            replace_block(base.text, page.block, made)
            if page.block
            else insert_block(base.text, line_of(base.text, place), made)
        )
        message = saving.message_sent(request.form, _message(page))
        saved = saving.save_text(page.draft.key, page.path, text, base_id=base.revision_id, message=message)
    except CannotPatch as error:
        return _show(page, sent.typed, {(): str(error)}, place=place, status=422)
    return saving.after_saving(saved, page.draft.key, f"{page.there}#{values['id']}")


def _show(
    page: Page,
    typed: Typed,
    faults: Faults | None = None,
    *,
    focus: str = "",
    place: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    parts = show_parts(page.parts, typed, faults or {}, focus)
    # In the lesson's editor the form stands within another page, and its text goes to the cursor.
    bare = request.method == "POST" and "message" not in request.form
    places = [] if page.block or bare else places_in(page.draft, page.path)
    last = places[-1].value if places else ""
    html = render_template(
        "studio/block-form.html",
        lesson=page.lesson,
        there=page.there,
        name=NAMES[page.kind],
        is_new=not page.block,
        bare=bare,
        parts=parts,
        errors=summary(parts, faults or {}),
        has_errors=bool(faults),
        base=page.base_id,
        places=places,
        place=place if place in {each.value for each in places} else last,
        message=request.form.get("message", ""),
    )
    return html, status


def _message(page: Page) -> str:
    name = NAMES[page.kind][0].lower()
    return f"Change a {name} in {page.lesson}" if page.block else f"Add a {name} to {page.lesson}"
