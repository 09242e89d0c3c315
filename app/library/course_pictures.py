"""The pictures of a course's draft: what each is, where it stands, and changing them by revisions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from app.catalogue.lessons import FILE_NAME
from app.kernel.errors import Conflict, NotFound, Refusal
from app.library.drafting import Draft, Saved, open_draft, save
from app.library.folders import Key
from app.library.lesson_files import UNTITLED, title_typed
from app.library.pictures import is_picture, kind_named, read_file
from app.library.uploads import Upload, free_name

MOVED_ON = "Somebody else has changed this picture since you opened the page. Look at it, then choose again."


@dataclass(frozen=True, kw_only=True)
class Use:
    """A line that names a picture. `lesson` is its slug, "" where the file is no lesson."""

    path: str
    line: int
    lesson: str
    title: str


@dataclass(frozen=True, kw_only=True)
class CoursePicture:
    """A picture of the draft. `name` is without the folder; sides are in pixels, 0 where it is broken.

    `fault` is what has to be mended, "" where nothing has.
    """

    name: str
    path: str
    hash: str
    weight: int
    width: int
    height: int
    fault: str
    uses: tuple[Use, ...]

    @property
    def reference(self) -> str:
        """How a lesson names it."""
        return f"images/{self.name}"


def pictures_of(draft: Draft) -> tuple[CoursePicture, ...]:
    """Every picture of the draft, by name."""
    start = _folder(draft.key)
    return tuple(
        _picture(draft, path) for path in sorted(draft.files) if path.startswith(start) and is_picture(path)
    )


def picture_of(draft: Draft, name: str) -> CoursePicture:
    """One picture of the draft. Raises NotFound."""
    path = _folder(draft.key) + name
    if path not in draft.files or not is_picture(path):
        raise NotFound("There is no such picture in this course.")
    return _picture(draft, path)


def add_picture(session: Session, key: Key, upload: Upload, *, by_id: int, now: datetime) -> str:
    """Keep a picture under a free name, and tell it. The same bytes are not kept twice."""
    draft = open_draft(session, key)
    folder = _folder(key)
    for path, body in draft.files.items():
        if path.startswith(folder) and body == upload.body:
            return path.removeprefix(folder)
    taken = [path.removeprefix(folder) for path in draft.tree if path.startswith(folder)]
    name = free_name(upload.name, taken)
    save(
        session,
        key,
        {folder + name: upload.body},
        base_id=draft.revision_id,
        by_id=by_id,
        message=f"Picture {name} added",
        now=now,
    )
    return name


def replace_picture(
    session: Session, key: Key, name: str, upload: Upload, *, seen: str, by_id: int, now: datetime
) -> str:
    """Put another picture in its place. `seen` is the hash of the one that its editor saw.

    One of another kind gets another name, which every text of the course then says. Returns the name.
    Raises NotFound, and Conflict where it has changed since.
    """
    draft = open_draft(session, key)
    old = _seen(draft, name, seen)
    new = name
    changes: dict[str, bytes | None] = {}
    if kind_named(name) != upload.kind:
        taken = [path.removeprefix(_folder(key)) for path in draft.tree]
        new = free_name(f"{name.rpartition('.')[0]}.{upload.kind}", taken)
        named = _naming(old.reference)
        for path in {use.path for use in old.uses}:
            changes[path] = named.sub(lambda _: f"images/{new}".encode(), draft.files[path])
        changes[old.path] = None
    changes[_folder(key) + new] = upload.body
    save(
        session,
        key,
        changes,
        base_id=draft.revision_id,
        by_id=by_id,
        message=f"Picture {name} replaced",
        now=now,
    )
    return new


def retire_picture(session: Session, key: Key, name: str, *, seen: str, by_id: int, now: datetime) -> Saved:
    """Take a picture out of the draft. Raises NotFound, Conflict, and Refusal while it is used."""
    draft = open_draft(session, key)
    old = _seen(draft, name, seen)
    if old.uses:
        where = ", ".join(sorted({f"{use.title}, line {use.line}" for use in old.uses}))
        raise Refusal(f"This picture is still used: {where}. Take it out there first.")
    return save(
        session,
        key,
        {old.path: None},
        base_id=draft.revision_id,
        by_id=by_id,
        message=f"Picture {name} retired",
        now=now,
    )


def _seen(draft: Draft, name: str, seen: str) -> CoursePicture:
    found = picture_of(draft, name)
    if found.hash != seen:
        raise Conflict(MOVED_ON)
    return found


def _folder(key: Key) -> str:
    return f"content/{key[1]}/images/"


def _picture(draft: Draft, path: str) -> CoursePicture:
    body, name = draft.files[path], path.removeprefix(_folder(draft.key))
    found, problem = read_file(path, body)
    return CoursePicture(
        name=name,
        path=path,
        hash=sha256(body).hexdigest(),
        weight=len(body),
        width=found.width if found else 0,
        height=found.height if found else 0,
        fault=f"{problem.sentence} {problem.fix}".strip() if problem else "",
        uses=tuple(_uses(draft, f"images/{name}")),
    )


def _uses(draft: Draft, reference: str) -> Iterator[Use]:
    named = _naming(reference)
    for path, body in sorted(draft.files.items()):
        if "/images/" in path:
            continue
        file = path.rpartition("/")[2]
        lesson = FILE_NAME.match(file)
        for found in named.finditer(body):
            yield Use(
                path=path,
                line=body.count(b"\n", 0, found.start()) + 1,
                lesson=lesson["slug"] if lesson else "",
                title=(title_typed(body) or UNTITLED) if lesson else file,
            )


def _naming(reference: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![\w/.-])" + re.escape(reference).encode() + rb"(?![\w-]|\.\w)")
