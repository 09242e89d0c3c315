"""One save of a course or a design: what it changed, its files as they stood, and bringing it back."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.kernel.errors import Conflict, NotFound
from app.library.differing import Version, is_text
from app.library.folders import Key
from app.library.health import title_of
from app.library.publishing_drafts import MOVED_ON
from app.library.returning import Returning, bring_back, returning
from app.library.revisions import holds_answers, is_test, save_at, version
from app.web.shared.context import db, now, signed_in
from app.web.studio.answer_keys import keys_open_or_ask, open_keys_in_sight
from app.web.studio.changes import called, picture_address, rows, shown, size_in_words
from app.web.studio.told import desk_of
from app.web.studio.versions import ask_before, named_in, names_for, standing, titled, when, who

Deed = tuple[str, str]  # what can be done, and where

blueprint = Blueprint("revision", __name__, template_folder="templates")


@blueprint.get("/studio/<source:key>/history/<int:revision>")
def show(key: Key, revision: int) -> ResponseReturnValue:
    session = db.session()
    save = save_at(session, key, revision)
    before, files = version(session, save.base_id), version(session, revision)
    if asked := ask_before(key[1], before, files, save.base_id, revision):
        return asked
    found = returning(session, key, revision)
    return render_template(
        "studio/revision.html",
        title=title_of(key, {path: body for path, body in files.items() if body is not None}),
        desk=desk_of(key),
        save=save,
        said=titled(save),
        by=who(save, names_for([save])),
        at=when(save.made_at),
        standing=standing(key, save),
        changes=rows(before, files),
        files=[_file(key, revision, path, body) for path, body in sorted(files.items())],
        returning=found,
        come_and_go=_come_and_go(found, files),
    )


@blueprint.get("/studio/<source:key>/history/<int:revision>/files/<path:path>")
def file(key: Key, revision: int, path: str) -> ResponseReturnValue:
    """One file as it stood in this version."""
    session = db.session()
    save = save_at(session, key, revision)
    files = version(session, revision)
    if path not in files:
        raise NotFound("There is no such file in this version.")
    if is_test(path) and (asked := keys_open_or_ask(key[1], also=[revision])):
        return asked
    body = files[path]
    return render_template(
        "studio/revision-file.html",
        desk=desk_of(key),
        revision=revision,
        name=called(path, body),
        path=shown(path),
        at=when(save.made_at),
        text=shown(body.decode(errors="replace")) if body is not None and is_text(path) else None,
        picture=picture_address(path, body),
        size=size_in_words(body) if body is not None else "",
    )


@blueprint.post("/studio/<source:key>/history/<int:revision>")
def bring_it_back(key: Key, revision: int) -> ResponseReturnValue:
    """Make this version's files the draft."""
    session = db.session()
    found = returning(session, key, revision)
    answers = holds_answers(key, found.now, {**found.now, **found.changes})
    if answers and (asked := keys_open_or_ask(key[1])):
        return asked
    base_id, by_id = _looked_at(), signed_in().id
    message = f"Brought back the version of {when(save_at(session, key, revision).made_at)}"
    with writing(db.session) as own:
        bring_back(own, key, revision, base_id=base_id, by_id=by_id, message=message, now=now())
        if answers:
            open_keys_in_sight(own, key[1])
    return redirect(desk_of(key), 303)


def _looked_at() -> int:
    """The draft that the page was made from. Raises Conflict where the form does not say."""
    try:
        return named_in(request.form.get("base", ""))
    except NotFound as unknown:
        raise Conflict(MOVED_ON) from unknown


def _file(
    key: Key, revision: int, path: str, body: bytes | None
) -> tuple[str, str, str, list[tuple[str, str]]]:
    note = f"{path}, {size_in_words(body)}" if body is not None else f"{path}, removed for good"
    return called(path, body), f"{desk_of(key)}/history/{revision}/files/{path}", shown(note), []


def _come_and_go(found: Returning, files: Version) -> list[tuple[str, str]]:
    """What bringing it back does to each file, in words."""
    told = [("Comes back", found.back), ("As it was then", found.as_before), ("Goes", found.gone)]
    told.append(("Stays as it is, since it was removed for good then", found.lost))
    return [
        (what, "\n".join(called(path, files.get(path), found.now.get(path)) for path in paths))
        for what, paths in told
        if paths
    ]
