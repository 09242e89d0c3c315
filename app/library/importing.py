"""A course that somebody brings in as files: it becomes a draft, and never touches what is live.

Where a course of its name is here already, the files are kept beside it, and stand in its draft once somebody
has seen what they would change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, NotFound, Refusal
from app.kernel.fields import is_slug
from app.library.course_files import course_file
from app.library.drafting import Saved, begin, keep_beside, open_draft, save
from app.library.folders import KINDS, Files, Key, key_of
from app.library.pictures import kind_named, measure
from app.library.publishing import Difference, compare
from app.library.revisions import LARGEST_ID
from app.library.storing import files_at, head, lock_source, tree_at
from app.library.tables import Revision

FROM_FILE = "Brought in from a file"
TAKEN = {"new"}  # what stands under /studio/courses beside the courses
MOVED_ON = "Somebody has saved this course since you looked. Look through what would change once more."


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came of a course's files. `beside` says that they wait: a course of this name was here."""

    slug: str
    revision_id: int
    beside: bool = False
    changed: bool = True


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Files that were kept beside a course's draft, and what they would change in it."""

    revision_id: int
    draft_id: int
    differences: tuple[Difference, ...]


def read_course_files(files: Files) -> tuple[str, dict[str, bytes]]:
    """The slug of the one course that these files are, and its files, pictures as they are when sent alone.

    One folder around all of them is taken off. Raises Refusal for anything that is not part of one course.
    """
    files = _unwrapped(files)
    slugs = {_course_of(path) for path in files}
    slug = min(slugs, default="")
    if len(slugs) != 1 or course_file(slug) not in files:
        raise Refusal("This zip has to hold one course, with its course.yml in content/ and its own folder.")
    if not is_slug(slug) or slug in TAKEN:
        raise Refusal(f"A course cannot be called {slug}. Use small letters, digits and single dashes.")
    pictures = f"content/{slug}/images/"
    return slug, {
        path: _tidy(path, body) if path.startswith(pictures) else body for path, body in files.items()
    }


def bring_in(session: Session, slug: str, files: Files, *, by_id: int | None, now: datetime) -> Brought:
    """Begin a course with these files, or keep them beside the course of this name. Raises Refusal."""
    key: Key = ("course", slug)
    lock_source(session, key)
    if head(session, key) is None:
        begun = begin(session, key, files, by_id=by_id, message=FROM_FILE, now=now)
        return Brought(slug=slug, revision_id=begun.revision_id)
    kept = keep_beside(session, key, files, by_id=by_id, message=FROM_FILE, now=now)
    return Brought(slug=slug, revision_id=kept.revision_id, beside=kept.changed, changed=kept.changed)


def waiting(session: Session, key: Key, revision_id: int) -> Waiting:
    """What these files would change in the draft as it is now. Raises NotFound."""
    _kept(session, key, revision_id)
    draft = open_draft(session, key)
    differences = tuple(compare(draft.tree, tree_at(session, revision_id)))
    return Waiting(revision_id=revision_id, draft_id=draft.revision_id, differences=differences)


def take_over(
    session: Session, key: Key, revision_id: int, *, seen_id: int, by_id: int | None, now: datetime
) -> Saved:
    """Make the draft hold exactly the files that were kept. `seen_id` is the draft they were compared with.

    Raises NotFound, and Conflict where the draft has moved on since.
    """
    lock_source(session, key)
    _kept(session, key, revision_id)
    newest = head(session, key)
    if newest is None or newest.id != seen_id:
        raise Conflict(MOVED_ON)
    files, _purged = files_at(session, revision_id)
    changes: Mapping[str, bytes | None] = {**dict.fromkeys(tree_at(session, newest.id)), **files}
    return save(session, key, changes, base_id=newest.id, by_id=by_id, message=FROM_FILE, now=now)


def _kept(session: Session, key: Key, revision_id: int) -> Revision:
    """A revision beside this source's line. Raises NotFound."""
    if revision_id > LARGEST_ID:
        raise NotFound("There is no such version of this course.")
    kept, newest = session.get(Revision, revision_id), head(session, key)
    if kept is None or newest is None or kept.source_id != newest.source_id or kept.beside_id is None:
        raise NotFound("There is no such version of this course.")
    return kept


def _unwrapped(files: Files) -> Files:
    tops = {path.partition("/")[0] for path in files}
    if len(tops) != 1 or tops & KINDS.keys():
        return files
    return {path.partition("/")[2] or path: body for path, body in files.items()}


def _course_of(path: str) -> str:
    key = key_of(path)
    if key is None or key[0] != "course":
        raise Refusal(
            f"This zip holds {path}, which is no part of a course. Only courses are brought in here."
        )
    return key[1]


def _tidy(path: str, body: bytes) -> bytes:
    try:
        found = measure(body)
    except Refusal as refused:
        raise Refusal(f"{path}: {refused}") from refused
    if found.kind != kind_named(path):
        raise Refusal(f"{path} is a picture of another kind than its name says. Give it its own ending.")
    return found.body
