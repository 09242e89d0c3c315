"""The files of a course: where each is kept, and what stands in it."""

from typing import Any

from app.kernel.authored import decode
from app.kernel.patching import CannotPatch, Path, value_at
from app.library.folders import Files


def course_file(slug: str) -> str:
    """Where a course's own sheet is kept."""
    return f"content/{slug}/course.yml"


def test_file(slug: str) -> str:
    """Where a course's test is kept."""
    return f"quizzes/{slug}/test.yml"


def practice_file(slug: str) -> str:
    """Where a course's practice questions are kept."""
    return f"quizzes/{slug}/practice.yml"


def text_of(files: Files, path: str) -> str:
    """The text of a file, nothing where it is not there. Raises CannotPatch for what is no text."""
    text, problems = decode(path, files.get(path, b""))
    if text is None:
        raise CannotPatch(f"{problems[0].sentence} {problems[0].fix}")
    return text


def parts_at(files: Files, file: str, where: Path) -> list[Any]:
    """The parts of a list; none where it is not there. Raises CannotPatch for a file that cannot be read."""
    found = value_at(text_of(files, file), where, [])
    return found if isinstance(found, list) else []
