"""The files of a certificate's design: where each is kept, a copy under another name, and who uses it."""

from collections.abc import Iterable, Mapping

from app.kernel.authored import decode
from app.kernel.errors import Refusal
from app.kernel.fields import SLUG
from app.kernel.patching import CannotPatch, put, value_at
from app.library.checked import check
from app.library.course_files import course_file, text_of
from app.library.drafting import Draft
from app.library.folders import Files
from app.library.model import CompiledCourse
from app.library.naming import LONGEST

NOT_FOR_DESIGNS = {"new"}  # /studio/designs/new is a page


def design_folder(slug: str) -> str:
    """Where the files of a design lie, with a slash at its end."""
    return f"certificates/{slug}/"


def design_file(slug: str) -> str:
    """Where a design's own sheet is kept."""
    return f"{design_folder(slug)}design.yml"


def sample_file(slug: str) -> str:
    """Where the people and the course are kept with which a design is tried."""
    return f"{design_folder(slug)}sample.yml"


def title_in(slug: str, files: Files) -> str:
    """What editors call a design: its own title where it can be made out, else what its folder is called."""
    text, _ = decode(design_file(slug), files.get(design_file(slug), b""))
    try:
        title = value_at(text or "", ("title",), "")
    except CannotPatch:
        return slug
    return " ".join(title.split())[:300] if isinstance(title, str) and title.strip() else slug


def copied_design(files: Files, old: str, new: str, title: str) -> dict[str, bytes]:
    """The files of the design `old` as those of another, which is called `title`.

    Raises Refusal for a slug that no design can have, and CannotPatch for words that no file can hold.
    """
    if not SLUG.fullmatch(new) or len(new) > LONGEST:
        raise Refusal("The short name must be made of small letters, digits and single dashes, 60 at most.")
    if new in NOT_FOR_DESIGNS:
        raise Refusal(f"A design cannot be called {new}. Choose another short name.")
    sheet = put(text_of(files, design_file(old)), ("title",), " ".join(title.split()))
    start = design_folder(old)
    copied = {
        design_folder(new) + path.removeprefix(start): body
        for path, body in files.items()
        if path.startswith(start)
    }
    return {**copied, design_file(new): sheet.encode()}


def courses_using(drafts: Iterable[Draft]) -> Mapping[str, tuple[str, ...]]:
    """Which courses name each design in these drafts: the design's slug -> titles of courses, by title."""
    found: dict[str, list[str]] = {}
    for draft in drafts:
        if draft.key[0] == "course":
            design, title = _named(draft)
            found.setdefault(design, []).append(title)
    return {design: tuple(sorted(titles, key=str.casefold)) for design, titles in found.items()}


def _named(draft: Draft) -> tuple[str, str]:
    """The design that a course names, and the course's title."""
    compiled = check("course", draft.files, draft.purged).compiled
    if isinstance(compiled, CompiledCourse):
        return compiled.course.design, compiled.course.title
    slug = draft.key[1]
    try:
        sheet = value_at(text_of(draft.files, course_file(slug)), (), {})
    except CannotPatch:
        return "", slug
    named = sheet if isinstance(sheet, dict) else {}
    return str(named.get("design", "")), str(named.get("title", slug))
