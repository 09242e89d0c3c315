"""A lesson of a draft, as it stands now and as it stood when somebody began to write."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.catalogue.lesson_parts import in_plain_lines
from app.kernel.errors import NotFound
from app.library.drafting import Draft, open_draft
from app.library.lesson_files import lesson_path
from app.library.revisions import save_at, version


@dataclass(frozen=True, kw_only=True)
class LessonDraft:
    """One lesson's file in a course's draft, and its text."""

    draft: Draft
    slug: str
    path: str
    text: str


def open_lesson(session: Session, slug: str, lesson: str) -> LessonDraft:
    """The lesson with this slug as it was last saved. Raises NotFound."""
    draft = open_draft(session, ("course", slug))
    path = lesson_path(draft.files, slug, lesson)
    return LessonDraft(draft=draft, slug=lesson, path=path, text=_text(draft.files[path]))


def lesson_at(session: Session, found: LessonDraft, revision_id: int) -> LessonDraft:
    """The same lesson as it stood in another revision of its course. Raises NotFound."""
    body = version(session, save_at(session, found.draft.key, revision_id).revision_id).get(found.path)
    if body is None:
        raise NotFound("There is no such lesson in that version of the course.")
    return replace(found, text=_text(body))


def _text(body: bytes) -> str:
    """A file's text, whatever its bytes are."""
    return in_plain_lines(body.decode("utf-8-sig", "replace"))
