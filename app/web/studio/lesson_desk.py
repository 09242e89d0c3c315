"""A lesson before its editor: its draft, its form, what was typed into it, and what is said of that."""

from dataclasses import dataclass

from app.catalogue.lesson_parts import put_together, take_apart
from app.kernel.patching import CannotPatch
from app.library.lesson_drafts import LessonDraft, lesson_at, open_lesson
from app.library.looking import Look, look_at_lesson
from app.web.shared.context import db
from app.web.studio.lesson_form import LessonForm, base_typed, lesson_form, parts_typed


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One lesson before its editor: its draft, its form, its whole file as typed, and what is said of it."""

    found: LessonDraft
    base_id: int
    form: LessonForm
    file: str
    look: Look
    complaint: str = ""


def desk_kept(slug: str, lesson: str) -> Desk:
    """The lesson as it was last saved. Raises NotFound."""
    found = open_lesson(db.session(), slug, lesson)
    return _desk(found, found.text, found.draft.revision_id)


def desk_typed(slug: str, lesson: str) -> Desk:
    """The lesson with what was sent. Raises NotFound, and Refusal for a form that is not whole."""
    base_id = base_typed()
    found = open_lesson(db.session(), slug, lesson)
    base = lesson_at(db.session(), found, base_id)
    typed = parts_typed(lesson_form(take_apart(base.text), (), base_id))
    try:
        return _desk(base, put_together(base.text, typed), base_id)
    except CannotPatch as error:
        return _desk(base, base.text, base_id, complaint=str(error))


def _desk(found: LessonDraft, file: str, base_id: int, complaint: str = "") -> Desk:
    """`found.text` is what the form was made from, `file` what the lesson is now."""
    files = {**found.draft.files, found.path: file.encode()}
    look = look_at_lesson(files, found.path, found.draft.purged)
    form = lesson_form(take_apart(found.text), look.outcomes, base_id)
    return Desk(found=found, base_id=base_id, form=form, file=file, look=look, complaint=complaint)
