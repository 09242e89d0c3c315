"""Folders and the studio's drafts: neither runs over what the other has changed since they last agreed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.approving import demands_second_person
from app.library.bases import Bases
from app.library.drafting import Draft, open_draft, save
from app.library.folders import Files, Key, read_folders, write_file
from app.library.settling import Sides, agreed_now, sides
from app.library.storing import files_at, head, live_publication, tree_at, tree_of
from app.library.tables import Revision, Source
from app.library.told import Told, listed, tell

CARRIED = "Carried over what was drafted before the folders were published"
FROM_FOLDERS = "From the folders"


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What one working copy remembers: on what it last agreed with what is live, and with a draft."""

    live: Bases
    drafts: Bases

    @classmethod
    def of(cls, root: Path, data: Path) -> "Agreed":
        """What is remembered in `data` of the working copy at `root`."""
        return cls(live=Bases(root, data), drafts=Bases(root, data, of_drafts=True))

    def with_draft(self, key: Key, folders: dict[str, str], live: dict[str, str]) -> dict[str, str]:
        """The tree on which folders and draft last agreed. Before a draft was met, that is what was live."""
        return self.drafts.get(key) or agreed_now(self.live.get(key), folders, live)


def beside_draft(session: Session, key: Key, files: Files, agreed: Agreed) -> Sides:
    """Who changed what since folders and draft agreed. Nothing, where there is no draft."""
    newest, folders = head(session, key), tree_of(files)
    draft = tree_at(session, newest.id) if newest else folders
    return sides(agreed.with_draft(key, folders, _live_tree(session, key)), folders, draft)


def agree_with_draft(session: Session, key: Key, folders: dict[str, str], agreed: Agreed) -> None:
    """Remember what folders and draft now hold alike."""
    newest = head(session, key)
    draft = tree_at(session, newest.id) if newest else {}
    before = agreed.with_draft(key, folders, _live_tree(session, key))
    agreed.drafts.remember(key, agreed_now(before, folders, draft))


def wants_second_person(session: Session, key: Key, files: Files) -> bool:
    """Whether these files may not go live by one person's hand: the live course or they themselves say so."""
    live = live_publication(session, key)
    if live is None:
        return False
    return demands_second_person(key[0], [files_at(session, live.revision_id), (files, {})])


def carry_over(session: Session, draft: Draft, changed: Sides, *, published_id: int, now: datetime) -> bool:
    """Put what was changed in the draft alone on top of what has just been published from the folders.

    It stays under the name of who saved the draft last. Gives whether there was anything.
    """
    paths = [path for path in changed.on_shelf if path not in draft.purged]
    if not paths:
        return False
    by_id = session.get_one(Revision, draft.revision_id).made_by_id
    changes = {path: draft.files.get(path) for path in paths}
    save(session, draft.key, changes, base_id=published_id, by_id=by_id, message=CARRIED, now=now)
    return True


def save_from_folders(session: Session, draft: Draft, files: Files, changed: Sides, *, now: datetime) -> None:
    """Put what was changed in the folders alone into the draft."""
    changes = {path: files.get(path) for path in changed.in_folders}
    save(session, draft.key, changes, base_id=draft.revision_id, by_id=None, message=FROM_FOLDERS, now=now)


def pull_drafts(session: Session, root: Path, data: Path) -> Iterator[Told]:
    """Write what has changed in the studio's drafts into the folders."""
    sources, agreed = read_folders(root), Agreed.of(root, data)
    for kind, slug in session.execute(select(Source.kind, Source.slug).order_by(Source.kind, Source.slug)):
        key = (kind, slug)
        if head(session, key) is not None:
            yield from _pull(session, key, sources.get(key, {}), root, agreed)


def _pull(session: Session, key: Key, local: Files, root: Path, agreed: Agreed) -> Iterator[Told]:
    draft, changed = open_draft(session, key), beside_draft(session, key, local, agreed)
    if changed.on_both:
        sentence = f"{listed(changed.on_both)} changed both in the folders and in the draft."
        yield tell(key, f"{sentence} Nothing of it was pulled.", well=False)
        return
    wanted = [path for path in changed.on_shelf if path not in draft.purged]
    before = agreed.with_draft(key, tree_of(local), _live_tree(session, key))
    for path in wanted:
        write_file(root, path, draft.files.get(path))
    after = tree_of(read_folders(root).get(key, {}))
    agreed.drafts.remember(key, agreed_now(before, after, draft.tree))
    if wanted:
        yield tell(key, f"{listed(wanted)} brought from the draft.")


def _live_tree(session: Session, key: Key) -> dict[str, str]:
    live = live_publication(session, key)
    return tree_at(session, live.revision_id) if live else {}
