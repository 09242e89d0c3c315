"""The pictures of a design's draft: what each is, which fields print it, and changing them by revisions."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from app.certification.picture import read_picture
from app.kernel.errors import Conflict, NotFound, Refusal
from app.kernel.patching import put, value_at
from app.library.course_files import text_of
from app.library.design_files import design_file, design_folder
from app.library.drafting import Draft, Saved, open_draft, save
from app.library.folders import Files, Key
from app.library.pictures import is_picture
from app.library.publishing_drafts import MOVED_ON
from app.library.uploads import Upload, free_name, read_upload

PRINTED = {"png", "jpg"}


@dataclass(frozen=True, kw_only=True)
class DesignPicture:
    """A picture beside design.yml. Sides are in pixels, 0 where it is broken. `fields` count from 1."""

    name: str
    hash: str
    weight: int
    width: int
    height: int
    fault: str
    fields: tuple[int, ...]


def read_logo(filename: str, body: bytes) -> Upload:
    """A picture that can be printed, as it is kept. Raises Refusal with what to do instead."""
    sent = read_upload(filename, body)
    if sent.kind not in PRINTED:
        raise Refusal("A certificate can print a PNG or a JPEG. Save the picture as one of these.")
    picture, sentence = read_picture(sent.body)
    if picture is None:
        raise Refusal(f"{sentence} Make it smaller, or save it again.")
    return sent


def pictures_in(draft: Draft) -> tuple[DesignPicture, ...]:
    """Every picture of the draft, by name."""
    start = design_folder(draft.key[1])
    return tuple(
        _picture(draft, path.removeprefix(start)) for path in sorted(draft.files) if is_picture(path)
    )


def logo_fields(files: Files, slug: str) -> dict[int, str]:
    """The fields that print a picture, counted from 1, and the file that each names."""
    fields = value_at(text_of(files, design_file(slug)), ("fields",), [])
    listed = enumerate(fields if isinstance(fields, list) else [], 1)
    return {
        number: str(field.get("file", ""))
        for number, field in listed
        if isinstance(field, dict) and field.get("kind") == "logo"
    }


def add_logo(
    session: Session, key: Key, sent: Upload, *, field: int, seen: int, by_id: int, now: datetime
) -> Saved:
    """Keep a picture under a free name, and let the field number `field` print it; 0 for none yet.

    `seen` is the revision that was looked at. What nothing prints any more stays until it is taken out.
    Raises Conflict where somebody has saved since, and NotFound for a field that is no logo.
    """
    draft = _seen(session, key, seen)
    folder, path = design_folder(key[1]), design_file(key[1])
    same = (each for each, body in draft.files.items() if is_picture(each) and body == sent.body)
    taken = [each.removeprefix(folder) for each in draft.tree]
    name = next(same, folder + free_name(sent.name, taken)).removeprefix(folder)
    changes: dict[str, bytes | None] = {folder + name: sent.body}
    if field:
        if field not in logo_fields(draft.files, key[1]):
            raise NotFound("There is no such field in this design.")
        changes[path] = put(text_of(draft.files, path), ("fields", field - 1, "file"), name).encode()
    said = f"Picture {name} added"
    return save(session, key, changes, base_id=draft.revision_id, by_id=by_id, message=said, now=now)


def take_out_picture(session: Session, key: Key, name: str, *, seen: int, by_id: int, now: datetime) -> Saved:
    """Take a picture out of the draft. Raises NotFound, Conflict, and Refusal while a field prints it."""
    draft = _seen(session, key, seen)
    path = design_folder(key[1]) + name
    if path not in draft.files or not is_picture(path):
        raise NotFound("There is no such picture in this design.")
    if _picture(draft, name).fields:
        raise Refusal("A field prints this picture. Let it print another first.")
    said = f"Picture {name} taken out"
    return save(session, key, {path: None}, base_id=draft.revision_id, by_id=by_id, message=said, now=now)


def _seen(session: Session, key: Key, revision_id: int) -> Draft:
    draft = open_draft(session, key)
    if draft.revision_id != revision_id:
        raise Conflict(MOVED_ON)
    return draft


def _picture(draft: Draft, name: str) -> DesignPicture:
    body = draft.files[design_folder(draft.key[1]) + name]
    picture, fault = read_picture(body)
    width, height = picture.image.size if picture else (0, 0)
    fields = logo_fields(draft.files, draft.key[1])
    return DesignPicture(
        name=name,
        hash=sha256(body).hexdigest(),
        weight=len(body),
        width=width,
        height=height,
        fault=fault,
        fields=tuple(number for number, file in fields.items() if file == name),
    )
