"""Folders to shelf, shelf to folders. Where both changed a file it stops, names the file, and loses neither.

Each source has a transaction of its own, begun here: one course's mistake holds no other back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.kernel.problems import Problem, has_errors
from app.library.bases import Bases
from app.library.checked import check
from app.library.folders import Files, Key, read_folders, write_file
from app.library.live import live_sources
from app.library.publishing import about_edition, publish
from app.library.settling import Sides, agreed_now, sides
from app.library.sources import check_sources
from app.library.storing import files_at, live_publication, lock_source, tree_at, tree_of
from app.library.tables import Publication

AnySession = Session | scoped_session[Any]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came of one source, in a sentence. `well` is false where somebody has to do something."""

    sentence: str
    well: bool = True


def publish_at_start(
    session: AnySession, root: Path, data: Path, *, loopback: bool, now: datetime
) -> Iterator[str]:
    """Fill an empty shelf. On loopback changed folders are published too; elsewhere they are only named."""
    if loopback or not live_sources(_plain(session)):
        yield from (told.sentence for told in push(session, root, data, relearn=None, now=now))
        return
    for key, files in read_folders(root).items():
        changed = _sides(_plain(session), key, files, Bases(root, data)).in_folders
        if changed:
            yield f"{_name(key)}: {_list(changed)} differs from the shelf. `rung content push` publishes it."


def push(
    session: AnySession, root: Path, data: Path, *, relearn: bool | None, now: datetime
) -> Iterator[Told]:
    """Publish every source whose folders have changed. `relearn` None leaves the kind to the edition."""
    sources, bases = read_folders(root), Bases(root, data)
    problems = check_sources(sources)
    for key, files in sources.items():
        if _sides(_plain(session), key, files, bases).unchanged:
            bases.remember(key, tree_of(files))
        elif has_errors(problems[key]):
            yield Told(sentence=f"{_name(key)}: {_not_published(problems[key])}", well=False)
        else:
            yield _push(session, key, files, bases=bases, relearn=relearn, now=now)


def pull(session: AnySession, root: Path, data: Path) -> Iterator[Told]:
    """Write what has changed on the shelf into the folders."""
    plain, sources, bases = _plain(session), read_folders(root), Bases(root, data)
    for key, live in live_sources(plain).items():
        local = sources.get(key, {})
        changed = _sides(plain, key, local, bases)
        if changed.on_both:
            yield Told(
                sentence=f"{_name(key)}: {_clash(changed.on_both)} Nothing of it was pulled.", well=False
            )
            continue
        files, purged = files_at(plain, live.revision_id)
        wanted = [path for path in changed.on_shelf if path not in purged]
        for path in wanted:
            write_file(root, path, files.get(path))
        after = read_folders(root).get(key, {})
        bases.remember(key, agreed_now(bases.get(key), tree_of(after), tree_at(plain, live.revision_id)))
        if wanted:
            yield Told(sentence=f"{_name(key)}: {_list(wanted)} brought up to date.")


def _push(
    session: AnySession, key: Key, files: Files, *, bases: Bases, relearn: bool | None, now: datetime
) -> Told:
    checked = check(key[0], files)  # before the write begins: it renders
    try:
        with writing(session) as own:
            lock_source(own, key)
            if refusal := _refusal(_sides(own, key, files, bases)):
                raise Conflict(refusal)
            if wrong := about_edition(checked, live_publication(own, key), relearn=relearn):
                raise Conflict(_not_published(wrong))
            published = publish(own, *key, files, by_id=None, now=now)
    except Conflict as refused:
        return Told(sentence=f"{_name(key)}: {refused}", well=False)
    assert published is not None, "what has no error and the right edition is published"
    bases.remember(key, tree_of(files))
    return Told(sentence=f"{_name(key)}: published{_edition(key, published)}.")


def _not_published(problems: list[Problem]) -> str:
    return "\n  ".join(["not published.", *(str(each) for each in problems if each.level == "error")])


def _refusal(changed: Sides) -> str | None:
    """Why nothing can be published until somebody has looked, or None."""
    if changed.on_both:
        return f"{_clash(changed.on_both)} Nothing of it was published."
    if changed.on_shelf:
        return f"{_list(changed.on_shelf)} changed on the shelf. `rung content pull` fetches it first."
    return None


def _sides(session: Session, key: Key, files: Files, bases: Bases) -> Sides:
    return sides(bases.get(key), tree_of(files), _live_tree(session, key))


def _live_tree(session: Session, key: Key) -> dict[str, str]:
    live = live_publication(session, key)
    return tree_at(session, live.revision_id) if live else {}


def _plain(session: AnySession) -> Session:
    return session() if isinstance(session, scoped_session) else session


def _name(key: Key) -> str:
    return "The site" if key[0] == "site" else f"The {key[0]} {key[1]}"


def _edition(key: Key, publication: Publication) -> str:
    return f" as edition {publication.edition}" if key[0] == "course" else ""


def _list(paths: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(paths[:5])
    return shown if len(paths) <= 5 else f"{shown} and {len(paths) - 5} more"


def _clash(paths: tuple[str, ...]) -> str:
    return f"{_list(paths)} changed both in the folders and on the shelf."
