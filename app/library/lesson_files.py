"""The files of a course's lessons, sound or not: which there are, in what order, and their titles."""

import re
from typing import NamedTuple

from app.catalogue.lessons import FILE_NAME
from app.kernel.errors import NotFound
from app.library.folders import Files

UNTITLED = "A lesson without a title"
_TITLE = re.compile(r"^title:[ \t]*(\S[^\n]{0,200})", re.MULTILINE)


class LessonFile(NamedTuple):
    """Where one lesson is kept. `number` gives its place among the others."""

    number: int
    slug: str
    path: str


def lesson_files(files: Files, course: str) -> list[LessonFile]:
    """The lessons of a course in their order."""
    found = [each for path in files if (each := _lesson_file(path, course))]
    return sorted(found, key=lambda each: (each.number, each.path))


def lesson_slugs(files: Files, course: str) -> list[str]:
    """The slugs of the lessons in their order."""
    return [each.slug for each in lesson_files(files, course)]


def lesson_titles(files: Files, course: str) -> dict[str, str]:
    """Slug -> title of each lesson, in their order; the slug again where no title can be made out."""
    return {each.slug: title_typed(files[each.path]) or each.slug for each in lesson_files(files, course)}


def lesson_path(files: Files, course: str, lesson: str) -> str:
    """The file of a lesson. Raises NotFound."""
    for each in lesson_files(files, course):
        if each.slug == lesson:
            return each.path
    raise NotFound("There is no such lesson in this course.")


def title_typed(body: bytes) -> str:
    """The title in a file's YAML, as well as it can be made out of what may not be sound; else ""."""
    found = _TITLE.search(body.decode("utf-8-sig", "replace"))
    return found[1].strip().strip("\"'") if found else ""


def _lesson_file(path: str, course: str) -> LessonFile | None:
    folder, _, name = path.rpartition("/")
    parts = FILE_NAME.match(name) if folder == f"content/{course}" else None
    return LessonFile(int(parts["order"]), parts["slug"], path) if parts else None
