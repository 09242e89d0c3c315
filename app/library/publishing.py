"""Publishing: a source's files become what is served. Also what has changed, and removing for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, NotFound
from app.kernel.problems import Problem, has_errors
from app.library.checked import Checked, check
from app.library.folders import Files
from app.library.live import forget_live, live_sources
from app.library.storing import live_publication, lock_source, store_revision, tree_hash, tree_of
from app.library.tables import Blob, Publication, Revision, RevisionFile

Change = Literal["added", "changed", "removed"]


@dataclass(frozen=True, kw_only=True, order=True)
class Difference:
    """One file of the working copy that is not as it stands on the shelf."""

    path: str
    change: Change


def publish(
    session: Session, kind: str, slug: str, files: Files, *, by_id: int | None, now: datetime
) -> Publication | None:
    """Make these files what is served. None where they have an error or a wrong edition.

    Files that are live already give the publication that they have. Raises Conflict for a purged file.
    """
    key, checked = (kind, slug), check(kind, files)
    if has_errors(list(checked.problems)):
        return None
    source = lock_source(session, key)
    live = live_publication(session, key)
    if live is not None and _tree_hash_at(session, live) == tree_hash(tree_of(files)):
        return live
    if about_edition(checked, live):
        return None
    revision = store_revision(session, source, files, by_id=by_id, now=now)
    publication = Publication(
        source_id=source.id,
        revision_id=revision.id,
        edition=checked.edition,
        kind="minor" if live is not None and live.edition == checked.edition else "relearn",
        published_at=now,
        published_by_id=by_id,
    )
    session.add(publication)
    session.flush()
    forget_live(session)
    return publication


def about_edition(
    checked: Checked, live: Publication | None, *, relearn: bool | None = None
) -> list[Problem]:
    """A small change keeps the live edition; one that people must learn again is the next one.

    `relearn` says which of the two is meant; None allows either.
    """
    if live is None or not checked.edition_place[0].endswith("/course.yml"):
        return []
    allowed = {None: {live.edition, live.edition + 1}, False: {live.edition}, True: {live.edition + 1}}
    if checked.edition in allowed[relearn]:
        return []
    path, line, column = checked.edition_place
    sentence = f"edition is {checked.edition}, but edition {live.edition} is live."
    fix = f"Write {live.edition} for a small change, or {live.edition + 1} where people must learn it again."
    return [Problem(path=path, line=line, column=column, sentence=sentence, fix=fix)]


def compare(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """What to do to `old` to have `new`."""
    found = [Difference(path=path, change="removed") for path in old.keys() - new.keys()]
    found += [Difference(path=path, change="added") for path in new.keys() - old.keys()]
    changed = (path for path in old.keys() & new.keys() if old[path] != new[path])
    return sorted(found + [Difference(path=path, change="changed") for path in changed])


def purge(session: Session, blob_hash: str, *, now: datetime) -> list[str]:
    """Remove a file's bytes for good and leave a marker. Gives the paths that it had.

    A picture goes at once, even where it is live. Words must not be live, or Conflict is raised.
    """
    paths = list(session.scalars(select(RevisionFile.path).filter_by(blob_hash=blob_hash).distinct()))
    if session.get(Blob, blob_hash) is None:
        raise NotFound("There is no file with this hash.")
    words = [path for path in paths if "/images/" not in path]
    if words and _is_live(session, blob_hash):
        raise Conflict(f"{words[0]} is live: publish a version without these words first.")
    session.execute(update(Blob).filter_by(hash=blob_hash).values(body=None, purged_at=now))
    return sorted(paths)


def _tree_hash_at(session: Session, live: Publication) -> str | None:
    return session.scalar(select(Revision.tree_hash).filter_by(id=live.revision_id))


def _is_live(session: Session, blob_hash: str) -> bool:
    live = [each.revision_id for each in live_sources(session).values()]
    using = select(RevisionFile.path).filter(
        RevisionFile.blob_hash == blob_hash, RevisionFile.revision_id.in_(live)
    )
    return session.scalar(using.limit(1)) is not None
