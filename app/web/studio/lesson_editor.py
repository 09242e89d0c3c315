"""The page on which a lesson is written: as Markdown in one large text, checked, shown and saved."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.catalogue.blocks import SHAPES
from app.kernel.errors import Refusal
from app.library.drafting import Saved
from app.library.folders import Key
from app.library.revisions import newest_save
from app.web.shared.context import db, now, settings
from app.web.shared.forms import OPEN_TOO_LONG, text_of
from app.web.shared.moments import saved_in_words
from app.web.shared.requests import FRAMING
from app.web.studio.lesson_desk import Desk, desk_kept, desk_typed
from app.web.studio.lesson_form import fit_to_show
from app.web.studio.lesson_shown import show_lesson
from app.web.studio.lesson_told import blocks_in, elsewhere_in_words, figures_in_words, tell
from app.web.studio.saving import after_saving, save_text
from app.web.studio.shapes.wording_blocks import KINDS as NAMES
from app.web.studio.versions import names_for, titled, who

blueprint = Blueprint("lesson_editor", __name__, template_folder="templates")

DEEDS = {"save", "check", "preview"}
BLOCK = "block-"  # with a kind: save, then fill in the form of a new block
SAID = {
    "save": "Saved in the draft. Learners see it once the draft is published.",
    "nothing": "Nothing had changed since the last save.",
    "check": "Checked. Nothing is saved yet.",
    "preview": "The preview stands below. Nothing is saved yet.",
}


@blueprint.get("/studio/courses/<slug>/lessons/<lesson>")
def show(slug: str, lesson: str) -> ResponseReturnValue:
    desk = desk_kept(slug, lesson)
    done = {str(desk.base_id): "save", "nothing": "nothing"}.get(request.args.get("saved", ""), "")
    return _page(desk, done=done)


@blueprint.post("/studio/courses/<slug>/lessons/<lesson>")
def save(slug: str, lesson: str) -> ResponseReturnValue:
    """Save, or only check or show: then nothing is kept, and what was typed stands on the page again."""
    deed = request.form.get("deed", "")
    kind = deed.removeprefix(BLOCK) if deed.startswith(BLOCK) else ""
    if deed not in DEEDS and kind not in SHAPES:
        raise Refusal("It is not clear what to do with this. Go back and press one of the buttons.")
    desk = desk_typed(slug, lesson)
    if not desk.form.validate_on_submit() or desk.complaint:
        return _page(desk, status=422)
    if deed in {"check", "preview"}:
        return _page(desk, done=deed)
    try:
        saved = _saved(desk)
    except Refusal as refusal:
        return _page(replace(desk, complaint=str(refusal)), status=422)
    here = url_for("lesson_editor.show", slug=slug, lesson=lesson)
    if saved.clashes:
        return after_saving(saved, desk.found.draft.key, here)
    if kind:
        return redirect(url_for("block_form.start", slug=slug, lesson=lesson, kind=kind), 303)
    done = saved.revision_id if saved.changed else "nothing"
    return redirect(f"{here}?saved={done}", 303)


@blueprint.errorhandler(CSRFError)
def keep_what_was_typed(_error: CSRFError) -> ResponseReturnValue:
    """A form opened before signing in again has an old token: what was typed comes back with a new one."""
    values = request.view_args or {}
    desk = desk_typed(values["slug"], values["lesson"])
    desk.form.text.errors = [OPEN_TOO_LONG]
    return _page(desk, status=400)


def _saved(desk: Desk) -> Saved:
    message = text_of(desk.form.message) or f"Lesson {text_of(desk.form.title) or desk.found.path}"
    return save_text(desk.found.draft.key, desk.found.path, desk.file, base_id=desk.base_id, message=message)


def _page(desk: Desk, *, done: str = "", status: int = 200) -> ResponseReturnValue:
    slug, in_fields = desk.found.draft.key[1], desk.form.whole.data != "yes"
    fit_to_show(desk.form)
    if desk.complaint:
        desk.form.text.errors = [desk.complaint]
    told = tell(desk.look.problems, desk.file, in_fields=in_fields)
    html = render_template(
        "studio/lesson_editor.html",
        slug=slug,
        lesson=desk.found.slug,
        title=text_of(desk.form.title) or "A lesson without a title",
        form=desk.form,
        has_errors=bool(desk.form.errors),
        in_fields=in_fields,
        done=done,
        said=SAID.get(done, ""),
        action=url_for("lesson_editor.save", slug=slug, lesson=desk.found.slug),
        open=any(one.level == "error" and one.target in {"minutes", "outcomes"} for one in told)
        or bool(desk.form.minutes.errors or desk.form.outcomes.errors),
        told=told,
        kinds=[(BLOCK + name, *words) for name, words in NAMES.items()],
        blocks=blocks_in(desk.look),
        unsaved=request.method == "POST",
        elsewhere=elsewhere_in_words(desk.look),
        figures=figures_in_words(desk.look.figures),
        saved=_last_saved(desk.found.draft.key),
        shown=show_lesson(desk.look, apart=True) if done == "preview" else None,
    )
    return html, status, FRAMING


def _last_saved(key: Key) -> tuple[str, str]:
    """When the course was last saved, in a few words for the bar; and by whom and why."""
    last = newest_save(db.session(), key)
    at = saved_in_words(last.made_at, now(), settings().time_zone)
    return f"Saved {at}", f"The course was last saved {at} by {who(last, names_for([last]))}: {titled(last)}"
