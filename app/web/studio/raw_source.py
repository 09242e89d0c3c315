"""A course's or a design's files as they are: read and changed as text, checked, and saved as a revision."""

from collections.abc import Iterable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from app.kernel.errors import Refusal
from app.kernel.problems import Problem
from app.library.course_files import test_file
from app.library.drafting import LONGEST_MESSAGE, Draft, Saved, open_draft
from app.library.folders import Key
from app.library.publishing_drafts import beside_live
from app.library.raw_files import fit_to_show, put_back, text_at, texts_of
from app.web.shared.context import db
from app.web.shared.forms import Form, show_form, shown, text_of
from app.web.studio.answer_keys import keys_open_or_ask
from app.web.studio.saving import after_saving, base_sent, save_file
from app.web.studio.told import desk_of

blueprint = Blueprint("raw_source", __name__, template_folder="templates")

MOST_NUMBERED = 2000  # lines; a test of 40 questions has about 1,500
FileRow = tuple[str, str, str, list[tuple[str, str]]]  # path, address, length, deeds

SAID = {
    "saved": "Saved in the draft. Learners see it once the draft is published.",
    "same": "Nothing in it had changed.",
}


class Source(Form):
    """One file's text, and which revision it was read from."""

    text = TextAreaField("The file")
    message = StringField(
        "What did you change?",
        [Optional(), Length(max=LONGEST_MESSAGE, message=f"Say it in {LONGEST_MESSAGE} characters at most.")],
        filters=[shown],
    )
    base_id = HiddenField()


@blueprint.get("/studio/<source:key>/source")
def show(key: Key) -> str:
    """The course's text files."""
    draft = open_draft(db.session(), key)
    files: list[FileRow] = [
        (path, url_for(".edit", key=key, path=path), _size(draft.files.get(path)), [])
        for path in texts_of(draft.key, draft.files)
    ]
    return render_template("studio/source.html", key=key, desk=desk_of(key), files=files)


@blueprint.get("/studio/<source:key>/source/<path:path>")
def edit(key: Key, path: str) -> ResponseReturnValue:
    """One file, with what is wrong in it."""
    if asked := _asked_first(key, path):
        return asked
    draft = open_draft(db.session(), key)
    text = text_at(draft.key, draft.files, path)
    form = Source(text=fit_to_show(text), base_id=str(draft.revision_id))
    problems = _problems(draft, path, draft.files.get(path))
    return _page(form, draft, path, problems, SAID.get(request.args.get("done", ""), ""))


@blueprint.post("/studio/<source:key>/source/<path:path>")
def change(key: Key, path: str) -> ResponseReturnValue:
    """Check what was typed, or save it."""
    if asked := _asked_first(key, path):
        return asked
    form, draft = Source(), open_draft(db.session(), key)
    text_at(draft.key, draft.files, path)
    deed, base_id = request.form.get("deed", ""), base_sent(request.form, "base_id")
    if deed not in {"save", "check"} or "text" not in request.form:
        raise BadRequest
    if not form.validate():
        return _page(_again(form), draft, path, [])
    try:
        body = put_back(path, text_of(form.text), draft.files.get(path))
    except Refusal as refused:
        form.text.errors = [str(refused)]
        return _page(_again(form), draft, path, [])
    if deed == "check":
        return _page(_again(form), draft, path, _problems(draft, path, body))
    return _where_it_went(
        key, path, save_file(key, path, body, base_id=base_id, message=text_of(form.message))
    )


def _asked_first(key: Key, path: str) -> ResponseReturnValue | None:
    """The page that asks, where the file holds answers that this person has not seen."""
    return keys_open_or_ask(key[1]) if path == test_file(key[1]) else None


def _where_it_went(key: Key, path: str, saved: Saved) -> ResponseReturnValue:
    done = "saved" if saved.changed else "same"
    return after_saving(saved, key, url_for(".edit", key=key, path=path, done=done))


def _problems(draft: Draft, path: str, body: bytes | None) -> list[Problem]:
    """All that is wrong with the course, if this were the file's body."""
    files = draft.files if body is None else {**draft.files, path: body}
    return beside_live(db.session(), draft.key, files)


def _again(form: Source) -> Source:
    form.text.data = fit_to_show(text_of(form.text))
    return form


def _page(
    form: Source, draft: Draft, path: str, problems: Iterable[Problem], done: str = ""
) -> ResponseReturnValue:
    found = list(problems)
    here = [each for each in found if each.path == path]
    lines = text_of(form.text).split("\n")
    return show_form(
        "studio/source-file.html",
        form,
        key=draft.key,
        desk=desk_of(draft.key),
        path=path,
        done=done,
        here=[(each.line, f"{each.sentence} {each.fix}".strip(), each.level) for each in here],
        elsewhere=len(found) - len(here),
        marked={each.line for each in here},
        lines=lines[:MOST_NUMBERED],
        unnumbered=len(lines) > MOST_NUMBERED,
    )


def _size(body: bytes | None) -> str:
    if body is None:
        return "not there yet"
    count = len(body.splitlines())
    return "1 line" if count == 1 else f"{count} lines"
