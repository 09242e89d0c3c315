"""Two people saved at once: both texts side by side, and a choice between them or a third."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.kernel.errors import NotFound
from app.library.differing import Version, is_text
from app.library.folders import Key
from app.library.kept_texts import Kept, KeptFile, kept_text
from app.library.revisions import is_test, newest_save
from app.web.shared.context import db, signed_in
from app.web.shared.forms import OPEN_TOO_LONG
from app.web.studio.answer_keys import keys_open_or_ask
from app.web.studio.changes import called, rows, typable
from app.web.studio.saving import after_saving, save_file
from app.web.studio.told import desk_of
from app.web.studio.versions import named_in, names_for, when, who

blueprint = Blueprint("kept_text", __name__, template_folder="templates")

KEPT, DRAFT, OWN = "kept", "draft", "own"
NO_CHOICE = "Choose one of the texts."
NO_TEXT = "Write the text that is to stand, or use one of the two."
PAGE_TOO_OLD = "Somebody may have saved since. Look at both texts again, then choose."


@blueprint.get("/studio/<source:key>/kept/<int:revision>")
def show(key: Key, revision: int) -> ResponseReturnValue:
    kept = kept_text(db.session(), key, revision)
    chosen = kept.file(request.args.get("file", ""))
    return _page(key, kept, chosen)


@blueprint.post("/studio/<source:key>/kept/<int:revision>")
def take(key: Key, revision: int) -> ResponseReturnValue:
    """Save the text that was chosen on top of the draft. Where somebody was quicker again, both are kept."""
    kept = kept_text(db.session(), key, revision)
    chosen = _sent_file(kept)
    if is_test(chosen.path) and (asked := keys_open_or_ask(key[1])):
        return asked
    choice, text = request.form.get("choice", ""), request.form.get("text", "")
    try:
        base_id = named_in(request.form.get("base", ""))
    except NotFound:
        return _page(key, kept, chosen, PAGE_TOO_OLD)
    if choice not in {KEPT, DRAFT, OWN}:
        return _page(key, kept, chosen, NO_CHOICE)
    if choice == OWN and not text.strip():
        return _page(key, kept, chosen, NO_TEXT)
    if choice == DRAFT:
        return redirect(desk_of(key), 303)
    body = text.replace("\r\n", "\n").encode() if choice == OWN else chosen.kept
    message = f"Chose between two texts of {called(chosen.path, chosen.kept, chosen.draft)}"
    saved = save_file(key, chosen.path, body, base_id=base_id, message=message)
    return after_saving(saved, key, desk_of(key))


@blueprint.errorhandler(CSRFError)
def keep_what_was_typed(_error: CSRFError) -> ResponseReturnValue:
    key, revision = (request.view_args or {})["key"], (request.view_args or {})["revision"]
    kept = kept_text(db.session(), key, revision)
    chosen = _sent_file(kept)
    return _page(key, kept, chosen, OPEN_TOO_LONG, status=400)


def _sent_file(kept: Kept) -> KeptFile:
    path = request.form.get("file", "")
    if not path:
        raise NotFound("There is no such text here.")
    return kept.file(path)


def _page(
    key: Key, kept: Kept, chosen: KeptFile, wrong: str = "", *, status: int = 422
) -> ResponseReturnValue:
    """Both texts, and what was typed so far; the page that asks first, where they are a test's."""
    shown = [kept.save.revision_id]
    if is_test(chosen.path) and (asked := keys_open_or_ask(key[1], also=shown, shows_more=True)):
        return asked
    newest = newest_save(db.session(), key)
    names = names_for([kept.save, newest])
    mine = kept.save.by_id == signed_in().id
    text = request.form.get("text", _text(chosen.kept or chosen.draft))
    page = render_template(
        "studio/kept-text.html",
        desk=desk_of(key),
        revision=kept.save.revision_id,
        base=kept.base_id,
        path=chosen.path,
        name=called(chosen.path, chosen.kept, chosen.draft),
        whose="Your text" if mine else f"The text of {who(kept.save, names)}",
        kept_by="you" if mine else who(kept.save, names),
        kept_at=when(kept.save.made_at),
        draft_by=who(newest, names),
        draft_at=when(newest.made_at),
        settled=chosen.settled,
        is_text=is_text(chosen.path),
        kept_there=chosen.kept is not None,
        draft_there=chosen.draft is not None,
        draft_text=typable(_text(chosen.draft)),
        changes=rows(_version(chosen.path, chosen.draft), _version(chosen.path, chosen.kept)),
        typed=typable(text),
        others=[_row(key, kept, each) for each in kept.files if each != chosen],
        wrong=wrong,
        has_errors=bool(wrong),
    )
    return page, status if wrong else 200


def _row(key: Key, kept: Kept, file: KeptFile) -> tuple[str, str, str, list[object]]:
    """Another file of the same save, and the way to it."""
    return called(file.path, file.kept, file.draft), _address(key, kept, file), _how(file), []


def _version(path: str, body: bytes | None) -> Version:
    return {} if body is None else {path: body}


def _text(body: bytes | None) -> str:
    return (body or b"").decode(errors="replace")


def _address(key: Key, kept: Kept, file: KeptFile) -> str:
    return f"{desk_of(key)}/kept/{kept.save.revision_id}?file={file.path}"


def _how(file: KeptFile) -> str:
    return "the draft has it" if file.settled else "not settled"
