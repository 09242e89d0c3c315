"""Drafts: every save of a source is a revision, and two people who save at once both keep their text.

A draft is the head of its source where that is not what is live. Saving names the revision that was started
from. What others saved in between is kept, file by file; where both changed one file, the later text is
stored beside the line and its author is shown both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound, Refusal
from app.kernel.problems import CONTROL
from app.library.folders import LARGEST_SOURCE, MOST_FILES, Key, can_be_kept, key_of
from app.library.live import Live, live_sources
from app.library.storing import Tree, files_at, head, lock_source, store_blobs, store_tree, tree_at, tree_of
from app.library.tables import Blob, Revision, Source

Changes = Mapping[str, bytes | None]  # path -> the file as it is now, or None for one that goes

LONGEST_MESSAGE = 200


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A source as it was last saved. `purged` is the tree of files that were removed for good.

    `live` is what is served of it, None before it is published first.
    """

    key: Key
    revision_id: int
    files: dict[str, bytes]
    purged: Tree
    live: Live | None
    differs: bool

    @property
    def tree(self) -> Tree:
        """Path -> hash of everything in it."""
        return tree_of(self.files) | self.purged


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What came of a save. With `clashes` the text stands in `revision_id`, beside the line."""

    revision_id: int
    changed: bool
    clashes: tuple[str, ...] = ()


def open_draft(session: Session, key: Key) -> Draft:
    """The source as it was last saved. Raises NotFound."""
    newest = head(session, key)
    if newest is None:
        raise NotFound(f"There is no such {key[0]} here.")
    files, purged = files_at(session, newest.id)
    live = live_sources(session).get(key)
    differs = live is None or (
        live.revision_id != newest.id and tree_at(session, live.revision_id) != tree_of(files) | purged
    )
    return Draft(key=key, revision_id=newest.id, files=files, purged=purged, live=live, differs=differs)


def begin(
    session: Session, key: Key, files: Mapping[str, bytes], *, by_id: int | None, message: str, now: datetime
) -> Saved:
    """The first revision of a source. Raises Refusal where one of its name is there."""
    source = lock_source(session, key)
    if head(session, key) is not None:
        raise Refusal(f"There is a {key[0]} called {key[1]} already. Choose another name.")
    store_blobs(session, files)
    tree = tree_of(files)
    _check_tree(session, key, tree)
    made = _made(source, by_id, message, now)
    return Saved(revision_id=store_tree(session, made, tree).id, changed=True)


def save(
    session: Session,
    key: Key,
    changes: Changes,
    *,
    base_id: int,
    by_id: int | None,
    message: str,
    now: datetime,
) -> Saved:
    """Save changed files on top of the head. `base_id` is the revision in which their author saw them.

    A file that somebody else has changed since clashes, unless both made it the same: then nothing of the
    line changes, and everything is stored beside it. Raises NotFound, and Refusal for what is too much.
    """
    source, newest, base = lock_source(session, key), head(session, key), session.get(Revision, base_id)
    if newest is None or base is None or base.source_id != source.id:
        raise NotFound(f"There is no such version of this {key[0]}.")
    own = {path: body for path, body in changes.items() if body is not None}
    wanted: dict[str, str | None] = {**dict.fromkeys(changes), **tree_of(own)}
    before, current = tree_at(session, base.id), tree_at(session, newest.id)
    clashes = _clashes(before, current, wanted)
    tree = _with(before if clashes else current, wanted)
    if tree == current:
        return Saved(revision_id=newest.id, changed=False)
    store_blobs(session, own)
    _check_tree(session, key, tree)
    made = _made(source, by_id, message, now)
    made.parent_id, made.beside_id = (base.id, newest.id) if clashes else (newest.id, None)
    return Saved(revision_id=store_tree(session, made, tree).id, changed=True, clashes=clashes)


def keep_beside(
    session: Session, key: Key, files: Mapping[str, bytes], *, by_id: int | None, message: str, now: datetime
) -> Saved:
    """Keep files beside the line, which stays as it is. Raises NotFound, and Refusal for what is too much."""
    source, newest, tree = lock_source(session, key), head(session, key), tree_of(files)
    if newest is None:
        raise NotFound(f"There is no such {key[0]} here.")
    if tree_at(session, newest.id) == tree:
        return Saved(revision_id=newest.id, changed=False)
    store_blobs(session, files)
    _check_tree(session, key, tree)
    made = _made(source, by_id, message, now)
    made.parent_id = made.beside_id = newest.id
    return Saved(revision_id=store_tree(session, made, tree).id, changed=True)


def _clashes(before: Tree, current: Tree, wanted: Mapping[str, str | None]) -> tuple[str, ...]:
    """The paths that somebody else has changed since `before`, and not into what is wanted."""
    return tuple(
        path
        for path in sorted(wanted)
        if current.get(path) != before.get(path) and current.get(path) != wanted[path]
    )


def _with(tree: Tree, wanted: Mapping[str, str | None]) -> Tree:
    return {path: hash_ for path, hash_ in sorted({**tree, **wanted}.items()) if hash_ is not None}


def _check_tree(session: Session, key: Key, tree: Tree) -> None:
    """Refuse names that belong elsewhere or cannot be kept, and more than a source may have."""
    for path in tree:
        if key_of(path) != key or not can_be_kept(path):
            raise Refusal(f"A file cannot be called {path[:100]} here.")
    sizes = select(func.coalesce(func.sum(Blob.size), 0)).filter(Blob.hash.in_(set(tree.values())))
    if len(tree) > MOST_FILES or (session.scalar(sizes) or 0) > LARGEST_SOURCE:
        raise Refusal(f"This is too much: {MOST_FILES} files and 20 MB are the most that there can be.")


def _made(source: Source, by_id: int | None, message: str, now: datetime) -> Revision:
    said = " ".join(CONTROL.sub(" ", message).split())[:LONGEST_MESSAGE]
    return Revision(source_id=source.id, message=said, made_at=now, made_by_id=by_id)
