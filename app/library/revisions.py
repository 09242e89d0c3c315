"""Every save of a source: who, when and why, which were live, and the files of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound
from app.library.differing import Version
from app.library.folders import Key
from app.library.live import live_sources
from app.library.storing import files_at, head
from app.library.tables import Publication, Revision, Source

ON_A_PAGE = 50
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Save:
    """One revision. `by_id` is None for the folders and for whoever has left.

    `base_id` is what it was made from, None for the first; `beside_id` what was saved at the same time and
    came first. `editions` are those as which it went live, in order; `live`: it is what is served now.
    `head`: it is the draft.
    """

    revision_id: int
    base_id: int | None
    beside_id: int | None
    made_at: datetime
    by_id: int | None
    message: str
    editions: tuple[int, ...]
    live: bool
    head: bool


@dataclass(frozen=True, kw_only=True)
class History:
    """One page of the saves of a source, the newest first. Pages count from 1."""

    saves: tuple[Save, ...]
    page: int
    pages: int


def history(session: Session, key: Key, *, page: int = 1) -> History:
    """A page of 50 saves, those kept beside the line among them. Raises NotFound, also for no such page."""
    of_key = _of(key)
    count = session.scalar(select(func.count()).select_from(of_key.subquery())) or 0
    pages = -(-count // ON_A_PAGE)
    if not 1 <= page <= pages:
        raise NotFound(f"There is no such {key[0]} here." if not count else "There is no such page.")
    newest_first = of_key.order_by(Revision.id.desc()).offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE)
    return History(
        saves=_saves(session, key, session.scalars(newest_first).all()),
        page=page,
        pages=pages,
    )


def save_at(session: Session, key: Key, revision_id: int) -> Save:
    """One save of this source. Raises NotFound."""
    if not 0 < revision_id <= LARGEST_ID:
        raise NotFound("There is no such version.")
    row = session.scalars(_of(key).filter(Revision.id == revision_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such version.")
    return _saves(session, key, [row])[0]


def newest_save(session: Session, key: Key) -> Save:
    """The save that is the draft. Raises NotFound."""
    newest = head(session, key)
    if newest is None:
        raise NotFound(f"There is no such {key[0]} here.")
    return _saves(session, key, [newest])[0]


def version(session: Session, revision_id: int | None) -> Version:
    """The files of a revision by path, None for one that was removed for good. Empty without a revision."""
    if revision_id is None:
        return {}
    files, purged = files_at(session, revision_id)
    return {**files, **dict.fromkeys(purged)}


def holds_answers(key: Key, before: Version, after: Version) -> bool:
    """Whether telling these apart shows answers of the test."""
    folder = f"quizzes/{key[1]}/"
    return any(
        before.get(path) != after.get(path)
        for path in before.keys() | after.keys()
        if is_test(path) and path.startswith(folder)
    )


def is_test(path: str) -> bool:
    """Whether a file may hold answers of a test. Practice is answered before everybody's eyes."""
    return path.startswith("quizzes/") and not path.endswith("/practice.yml")


def _of(key: Key) -> Select[Revision]:
    joined = select(Revision).join(Source, Source.id == Revision.source_id)
    return joined.filter(Source.kind == key[0], Source.slug == key[1])


def _saves(session: Session, key: Key, rows: Sequence[Revision]) -> tuple[Save, ...]:
    published = select(Publication.revision_id, Publication.edition).order_by(Publication.id)
    wanted = published.filter(Publication.revision_id.in_([row.id for row in rows]))
    editions: dict[int, tuple[int, ...]] = {}
    for revision_id, edition in session.execute(wanted):
        known = editions.get(revision_id, ())
        editions[revision_id] = known if edition in known else (*known, edition)
    live, newest = live_sources(session).get(key), head(session, key)
    return tuple(
        Save(
            revision_id=row.id,
            base_id=row.parent_id,
            beside_id=row.beside_id,
            made_at=row.made_at,
            by_id=row.made_by_id,
            message=row.message,
            editions=editions.get(row.id, ()),
            live=live is not None and live.revision_id == row.id,
            head=newest is not None and newest.id == row.id,
        )
        for row in rows
    )
