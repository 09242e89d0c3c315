"""How each source stands for those who edit it: what is live, what is drafted, what is wrong, what is due."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.problems import Problem
from app.library.approving import Asked, asked_about
from app.library.checked import check
from app.library.course_files import course_file
from app.library.design_files import title_in
from app.library.drafting import Draft, open_draft
from app.library.folders import Files, Key
from app.library.lesson_files import title_typed
from app.library.model import CompiledCourse
from app.library.publishing_drafts import beside_live
from app.library.sources import check_sources
from app.library.tables import Revision, Source

SOON = timedelta(days=60)
_DAY = re.compile(rb"^(law_as_at|review_by): *['\"]?(\d{4}-\d{2}-\d{2})['\"]? *$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Health:
    """One source. `problems` are those of the draft beside the others; the days are the draft's, or None.

    `compiled` is the draft's course where it compiles. `saved_by_id` is None for what came from the folders.
    """

    draft: Draft
    title: str
    saved_at: datetime
    saved_by_id: int | None
    problems: tuple[Problem, ...]
    compiled: CompiledCourse | None
    law_as_at: date | None
    review_by: date | None
    asked: Asked | None

    @property
    def key(self) -> Key:
        """Its kind and slug."""
        return self.draft.key

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being published."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is worth a look."""
        return tuple(problem for problem in self.problems if problem.level == "warning")

    def due(self, today: date) -> bool:
        """Whether its review is due, or will be within 60 days."""
        return self.review_by is not None and self.review_by - SOON <= today


def health_of(session: Session, key: Key) -> Health:
    """How one source stands. Raises NotFound."""
    draft = open_draft(session, key)
    return _health(session, draft, beside_live(session, key, draft.files))


def health(session: Session) -> tuple[Health, ...]:
    """Every source by kind and slug, each draft beside the other drafts."""
    drafts = drafts_of(session)
    problems = check_sources({draft.key: draft.files for draft in drafts})
    return tuple(_health(session, draft, problems[draft.key]) for draft in drafts)


def drafts_of(session: Session, kind: str | None = None) -> list[Draft]:
    """The draft of every source, or of those of one kind, by kind and slug."""
    saved = select(Source.kind, Source.slug).filter(Source.id.in_(select(Revision.source_id)))
    wanted = saved.filter(Source.kind == kind) if kind else saved
    keys = session.execute(wanted.order_by(Source.kind, Source.slug)).all()
    return [open_draft(session, (kind, slug)) for kind, slug in keys]


def title_of(key: Key, files: Files) -> str:
    """A course's or a design's own title where it can be made out, else what its folder is called."""
    kind, slug = key
    if kind == "site":
        return "The site"
    if kind == "design":
        return title_in(slug, files)
    compiled = check(kind, files).compiled
    if isinstance(compiled, CompiledCourse):
        return compiled.course.title
    return title_typed(files.get(course_file(slug), b"")) or slug


def _health(session: Session, draft: Draft, problems: Iterable[Problem]) -> Health:
    compiled = check(draft.key[0], draft.files, draft.purged).compiled
    saved = session.get_one(Revision, draft.revision_id)
    days = _days(draft.files.get(course_file(draft.key[1]), b""))
    return Health(
        draft=draft,
        title=title_of(draft.key, draft.files),
        saved_at=saved.made_at,
        saved_by_id=saved.made_by_id,
        problems=tuple(problems),
        compiled=compiled if isinstance(compiled, CompiledCourse) else None,
        law_as_at=days.get("law_as_at"),
        review_by=days.get("review_by"),
        asked=asked_about(session, draft.revision_id) if draft.differs else None,
    )


def _days(body: bytes) -> dict[str, date]:
    found = {}
    for field, typed in _DAY.findall(body):
        try:
            found[field.decode()] = date.fromisoformat(typed.decode())
        except ValueError:  # 2026-02-31 is no day
            continue
    return found
