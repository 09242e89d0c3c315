"""Folders to shelf, shelf to folders. Where both changed a file it stops, names the file, and loses neither.

Each source has a transaction of its own, begun here: one course's mistake holds no other back.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.kernel.problems import Problem, has_errors
from app.library.checked import check
from app.library.draft_syncing import (
    Agreed,
    agree_with_draft,
    beside_draft,
    carry_over,
    pull_drafts,
    save_from_folders,
    wants_second_person,
)
from app.library.drafting import open_draft
from app.library.folders import Files, Key, read_folders, write_file
from app.library.live import live_sources
from app.library.publishing import about_edition, publish
from app.library.settling import Sides, agreed_now, sides
from app.library.sources import check_sources
from app.library.storing import files_at, head, live_publication, lock_source, tree_at, tree_of
from app.library.tables import Publication
from app.library.told import Told, listed, named, tell

AnySession = Session | scoped_session[Any]


def publish_at_start(
    session: AnySession, root: Path, data: Path, *, loopback: bool, now: datetime
) -> Iterator[str]:
    """Fill an empty shelf. On loopback changed folders are published too; elsewhere they are only named."""
    if loopback or not live_sources(_plain(session)):
        yield from (told.sentence for told in push(session, root, data, relearn=None, now=now))
        return
    for key, files in read_folders(root).items():
        changed = _sides(_plain(session), key, files, Agreed.of(root, data)).in_folders
        if changed:
            yield f"{named(key)}: {listed(changed)} differs from the shelf. `rung content push` publishes it."


def push(
    session: AnySession, root: Path, data: Path, *, relearn: bool | None, now: datetime
) -> Iterator[Told]:
    """Publish every source whose folders have changed. `relearn` None leaves the kind to the edition."""
    sources, agreed = read_folders(root), Agreed.of(root, data)
    problems = check_sources(sources)
    for key, files in sources.items():
        if _sides(_plain(session), key, files, agreed).unchanged:
            _agree(_plain(session), key, tree_of(files), agreed)
        elif has_errors(problems[key]):
            yield tell(key, _not_published(problems[key]), well=False)
        else:
            yield _push(session, key, files, agreed=agreed, relearn=relearn, now=now)


def pull(session: AnySession, root: Path, data: Path, *, drafts: bool = False) -> Iterator[Told]:
    """Write what has changed on the shelf into the folders; with `drafts` what has changed in the studio."""
    plain, sources, agreed = _plain(session), read_folders(root), Agreed.of(root, data)
    if drafts:
        yield from pull_drafts(plain, root, data)
        return
    for key, live in live_sources(plain).items():
        changed = _sides(plain, key, sources.get(key, {}), agreed)
        if changed.on_both:
            yield tell(key, f"{_clash(changed.on_both)} Nothing of it was pulled.", well=False)
            continue
        files, purged = files_at(plain, live.revision_id)
        wanted = [path for path in changed.on_shelf if path not in purged]
        for path in wanted:
            write_file(root, path, files.get(path))
        _agree(plain, key, tree_of(read_folders(root).get(key, {})), agreed)
        if wanted:
            yield tell(key, f"{listed(wanted)} brought up to date.")


def _push(
    session: AnySession, key: Key, files: Files, *, agreed: Agreed, relearn: bool | None, now: datetime
) -> Told:
    checked = check(key[0], files)  # before the write begins: it renders
    to_draft = wants_second_person(_plain(session), key, files)
    try:
        with writing(session) as own:
            lock_source(own, key)
            if refusal := _refusal(_sides(own, key, files, agreed), beside_draft(own, key, files, agreed)):
                raise Conflict(refusal)
            if to_draft:
                sentence = _save_draft(own, key, files, agreed, now=now)
            elif wrong := about_edition(checked, live_publication(own, key), relearn=relearn):
                raise Conflict(_not_published(wrong))
            else:
                sentence = _publish(own, key, files, agreed, now=now)
    except Conflict as refused:
        return tell(key, str(refused), well=False)
    _agree(_plain(session), key, tree_of(files), agreed)
    return tell(key, sentence)


def _publish(session: Session, key: Key, files: Files, agreed: Agreed, *, now: datetime) -> str:
    """Publish what the folders hold; what the draft alone had changed stays drafted on top of it."""
    draft = open_draft(session, key) if head(session, key) else None
    changed = beside_draft(session, key, files, agreed)
    published = publish(session, *key, files, by_id=None, now=now)
    assert published is not None, "what has no error and the right edition is published"
    if draft and carry_over(session, draft, changed, published_id=published.revision_id, now=now):
        return f"published{_edition(key, published)}. What was changed in its draft stays drafted."
    return f"published{_edition(key, published)}."


def _save_draft(session: Session, key: Key, files: Files, agreed: Agreed, *, now: datetime) -> str:
    changed = beside_draft(session, key, files, agreed)
    save_from_folders(session, open_draft(session, key), files, changed, now=now)
    return "saved as a draft. This course asks for a second person, who publishes it in the studio."


def _agree(session: Session, key: Key, folders: dict[str, str], agreed: Agreed) -> None:
    """Remember what folders and shelf now hold alike, and folders and draft."""
    agree_with_draft(session, key, folders, agreed)
    agreed.live.remember(key, agreed_now(agreed.live.get(key), folders, _live_tree(session, key)))


def _not_published(problems: list[Problem]) -> str:
    return "\n  ".join(["not published.", *(str(each) for each in problems if each.level == "error")])


def _refusal(live: Sides, draft: Sides) -> str | None:
    """Why nothing can be published until somebody has looked, or None."""
    if live.on_both:
        return f"{_clash(live.on_both)} Nothing of it was published."
    if live.on_shelf:
        return f"{listed(live.on_shelf)} changed on the shelf. `rung content pull` fetches it first."
    if draft.on_both:
        changed = f"{listed(draft.on_both)} changed both in the folders and in the studio's draft."
        return f"{changed} Publish or undo it there first. Nothing of it was published."
    return None


def _sides(session: Session, key: Key, files: Files, agreed: Agreed) -> Sides:
    """Who changed what since folders and shelf agreed.

    A file that is still as it was pulled from a draft has not been changed in the folders; one that is live
    as it was pulled has not been changed on the shelf.
    """
    folders, live, drafted = tree_of(files), _live_tree(session, key), agreed.drafts.get(key)
    found = sides(agreed.live.get(key), folders, live)
    pulled = {path for path in found.on_both if path in drafted and folders.get(path) == drafted[path]}
    gone_live = {path for path in found.on_both if path in drafted and live.get(path) == drafted[path]}
    return Sides(
        in_folders=tuple(sorted({*found.in_folders, *gone_live})),
        on_shelf=tuple(sorted({*found.on_shelf, *pulled})),
        on_both=tuple(path for path in found.on_both if path not in pulled | gone_live),
    )


def _live_tree(session: Session, key: Key) -> dict[str, str]:
    live = live_publication(session, key)
    return tree_at(session, live.revision_id) if live else {}


def _plain(session: AnySession) -> Session:
    return session() if isinstance(session, scoped_session) else session


def _edition(key: Key, publication: Publication) -> str:
    return f" as edition {publication.edition}" if key[0] == "course" else ""


def _clash(paths: tuple[str, ...]) -> str:
    return f"{listed(paths)} changed both in the folders and on the shelf."
