"""Every source at a glance: what is live, whether the folders have moved on, and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.kernel.problems import Problem
from app.library.checked import check
from app.library.folders import Files, Key, read_folders
from app.library.health import title_of
from app.library.history import about_history
from app.library.live import live_sources
from app.library.model import CompiledCourse
from app.library.publishing import Difference, compare
from app.library.sources import check_sources
from app.library.storing import files_at, tree_at, tree_of


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one source stands. `edition` and `published_at` are None for one that was never published.

    The problems are those of the folders; of what is live where the folders do not hold the source.
    """

    kind: str
    slug: str
    title: str
    edition: int | None
    published_at: datetime | None
    differences: tuple[Difference, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def overview(session: Session, root: Path) -> tuple[Standing, ...]:
    """Courses by slug, then certificate designs, then the site."""
    live = live_sources(session)
    folders = read_folders(root)
    sources: dict[Key, Files] = {
        key: files_at(session, live[key].revision_id)[0] for key in live if key not in folders
    }
    sources |= folders
    problems = check_sources(sources)
    return tuple(_standing(session, key, sources, problems[key]) for key in sorted(problems))


def _standing(session: Session, key: Key, sources: Mapping[Key, Files], problems: list[Problem]) -> Standing:
    kind, slug = key
    live = live_sources(session).get(key)
    files = sources.get(key, {})
    shelf = tree_at(session, live.revision_id) if live else {}
    changes = compare(shelf, tree_of(files))
    if live and changes:
        problems = sorted([*problems, *_about_history(session, kind, live.revision_id, files)])
    return Standing(
        kind=kind,
        slug=slug,
        title=title_of(key, files),
        edition=live.edition if live else None,
        published_at=live.published_at if live else None,
        differences=tuple(changes),
        errors=tuple(problem for problem in problems if problem.level == "error"),
        warnings=tuple(problem for problem in problems if problem.level == "warning"),
    )


def _about_history(session: Session, kind: str, revision_id: int, files: Files) -> Iterator[Problem]:
    live, changed = check(kind, *files_at(session, revision_id)).compiled, check(kind, files).compiled
    if isinstance(live, CompiledCourse) and isinstance(changed, CompiledCourse):
        yield from about_history(live, changed)
