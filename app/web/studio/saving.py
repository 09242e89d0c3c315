"""A page that changes one file of a course's draft: what it started from, what it saves, two people at once.

Each such form sends `base`, the revision that its author saw. What somebody else has saved since is kept: as
long as they left alone what this form changes, it is changed in their text.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from app.kernel.authored import decode
from app.kernel.db import writing
from app.kernel.errors import NotFound, Refusal
from app.library.drafting import Saved, open_draft, save
from app.library.folders import Key
from app.library.revisions import is_test
from app.library.storing import files_at
from app.web.shared.context import db, now, signed_in
from app.web.studio.answer_keys import open_keys_in_sight
from app.web.studio.numbers import number_in
from app.web.studio.told import desk_of

RENEWED = (
    "You have signed in again since you opened this page, so nothing is saved yet. Press Save once more."
)


class Base(NamedTuple):
    """The text that a change is made to, and the revision in which it stands so."""

    text: str
    revision_id: int


def course_key(slug: str) -> Key:
    return "course", slug


def base_sent(form: Mapping[str, str], name: str = "base") -> int:
    """The revision that the author of this form saw. Raises BadRequest."""
    number = number_in(form.get(name, ""))
    if number is None:
        raise BadRequest
    return number


def text_of_file(files: Mapping[str, bytes], path: str) -> str:
    """A file of a draft as text with plain newlines. Raises NotFound, and Refusal where it is no text."""
    if path not in files:
        raise NotFound("There is no such file here.")
    text, problems = decode(path, files[path])
    if text is None:
        raise Refusal(problems[0].sentence)
    return text


def start_from(
    session: Session, key: Key, path: str, base_id: int, part: Callable[[str], Any] = lambda text: text
) -> Base:
    """What a form that was shown with revision `base_id` changes.

    That is the newest text, where `part` of it is what the author saw; else the text that they saw, so that
    saving meets what the other has done. Raises NotFound.
    """
    newest = open_draft(session, key)
    if base_id == newest.revision_id:
        return Base(text_of_file(newest.files, path), base_id)
    seen = text_of_file(files_at(session, base_id)[0], path)
    if path in newest.files:
        current = text_of_file(newest.files, path)
        if part(current) == part(seen):
            return Base(current, newest.revision_id)
    return Base(seen, base_id)


def save_text(key: Key, path: str, text: str | None, *, base_id: int, message: str) -> Saved:
    """Keep the text of the file as `save_file` does."""
    body = None if text is None else text.encode()
    return save_file(key, path, body, base_id=base_id, message=message)


def save_file(key: Key, path: str, body: bytes | None, *, base_id: int, message: str) -> Saved:
    """Keep the file as a revision of the signed-in person's; None takes it away.

    Whoever wrote into a test has seen its answers, and that is noted. Raises NotFound and Refusal.
    """
    by_id = signed_in().id
    with writing(db.session) as session:
        saved = save(session, key, {path: body}, base_id=base_id, by_id=by_id, message=message, now=now())
        if is_test(path):
            open_keys_in_sight(session, key[1])
        return saved


def after_saving(saved: Saved, key: Key, there: str) -> ResponseReturnValue:
    """On to `there`; or, where somebody else was faster, to the page that shows both texts."""
    return redirect(f"{desk_of(key)}/kept/{saved.revision_id}" if saved.clashes else there, 303)


def message_sent(form: Mapping[str, str], otherwise: str) -> str:
    """What the author says of the change, or what can be said of it anyway."""
    return form.get("message", "").strip() or otherwise
