"""A new course: a small sample that passes every check, to be changed piece by piece into a real one."""

from datetime import date
from pathlib import Path

from app.kernel.errors import Refusal
from app.kernel.fields import SLUG
from app.kernel.patching import put
from app.library.course_files import course_file, practice_file, test_file
from app.library.naming import LONGEST

STARTER = Path(__file__).parent / "starter"
NOT_FOR_COURSES = {"new", "pages"}  # /studio/courses/new is a page, and content/pages holds the site's own


def new_course(
    slug: str,
    title: str,
    *,
    programme: str,
    law_as_at: date,
    review_by: date,
    nation: str,
    design: str = "standard",
) -> dict[str, bytes]:
    """The files of a course that can be published as it is: two lessons, practice, a story and a test.

    Raises Refusal for a slug that no course can have, and CannotPatch for words that no file can hold.
    """
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST:
        raise Refusal("The short name must be made of small letters, digits and single dashes, 60 at most.")
    if slug in NOT_FOR_COURSES:
        raise Refusal(f"A course cannot be called {slug}. Choose another short name.")
    title = " ".join(title.split())
    sheet = _starter("course.yml")
    values = {"slug": slug, "title": title, "programme": programme, "law_as_at": law_as_at}
    values |= {"review_by": review_by, "nation": nation, "quiz": slug, "design": design}
    for name, value in values.items():
        sheet = put(sheet, (name,), value)
    files = {
        course_file(slug): sheet,
        test_file(slug): put(_starter("test.yml"), ("title",), title),
        practice_file(slug): _starter("practice.yml"),
    }
    files |= {f"content/{slug}/{path.name}": _starter(path.name) for path in STARTER.glob("*.md")}
    return {path: text.encode() for path, text in sorted(files.items())}


def _starter(name: str) -> str:
    return (STARTER / name).read_text(encoding="utf-8")
