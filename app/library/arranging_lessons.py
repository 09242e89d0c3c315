"""Adding, moving and retiring the lessons of a course. Only the numbers of their files are changed."""

from collections.abc import Collection

from app.catalogue.fences import put_front_matter
from app.kernel.errors import NotFound, Refusal
from app.kernel.problems import Problem
from app.library.course_files import course_file, parts_at
from app.library.crosschecks import TAKEN
from app.library.drafting import Changes
from app.library.folders import Files
from app.library.left_hanging import left_hanging_by
from app.library.lesson_files import lesson_files, lesson_path, lesson_slugs
from app.library.naming import slug_from, unused
from app.library.placeholders import LESSON

STEP = 10  # between the numbers of two lessons, so that one can be added in between
HIGHEST = 999
NOT_FOR_LESSONS = {"new"}  # /studio/courses/<slug>/lessons/new is a page


def add_lesson(
    files: Files, slug: str, title: str, *, after: str | None = None, taken: Collection[str] = ()
) -> tuple[Changes, str]:
    """A lesson to be written, after another one, first where `after` is empty, last where it is None.

    Hands back what changes and the lesson's slug, which is none of `taken`. Raises NotFound and Refusal.
    """
    if not title.strip():
        raise Refusal("A lesson needs a title.")
    known = lesson_slugs(files, slug)
    lesson = unused(slug_from(title, "lesson"), {*taken, *known, *TAKEN, *NOT_FOR_LESSONS})
    outcomes = parts_at(files, course_file(slug), ("outcomes",))
    first = [each["id"] for each in outcomes[:1] if isinstance(each, dict) and "id" in each]
    text = put_front_matter(LESSON, {"title": " ".join(title.split()), "outcomes": first})
    known.insert(_behind(known, after), lesson)
    paths, changes = _renumbered(files, slug, known)
    return {**changes, paths[lesson]: text.encode()}, lesson


def move_lesson(files: Files, slug: str, lesson: str, *, after: str | None) -> tuple[Changes, str]:
    """The lesson after another one, first where `after` is empty, last where it is None. Raises NotFound."""
    lesson_path(files, slug, lesson)
    known = [each for each in lesson_slugs(files, slug) if each != lesson]
    known.insert(_behind(known, after), lesson)
    return _renumbered(files, slug, known, moved=lesson)[1], lesson


def retire_lesson(files: Files, slug: str, lesson: str) -> tuple[Changes, str]:
    """The lesson taken out of the course; it stays in the history. Raises NotFound and Refusal."""
    path = lesson_path(files, slug, lesson)
    if len(lesson_files(files, slug)) == 1:
        raise Refusal("A course needs a lesson, and this is its only one.")
    return {path: None}, lesson


def left_hanging(files: Files, slug: str, lesson: str) -> tuple[Problem, ...]:
    """What would still point at the lesson once it is retired: the problems that come with that."""
    return left_hanging_by(files, retire_lesson(files, slug, lesson)[0])


def _behind(known: list[str], after: str | None) -> int:
    if after is None:
        return len(known)
    if after and after not in known:
        raise NotFound("There is no such lesson in this course.")
    return known.index(after) + 1 if after else 0


def _renumbered(
    files: Files, slug: str, order: list[str], moved: str = ""
) -> tuple[dict[str, str], dict[str, bytes | None]]:
    """The path of each lesson in this order, and the files that change their names for it.

    Every number is kept that can be: where there is room, only the lesson that is new or moved gets one.
    """
    had = {each.slug: (each.number, each.path) for each in lesson_files(files, slug)}
    kept = [None if lesson == moved or lesson not in had else had[lesson][0] for lesson in order]
    numbers = _numbers(kept)
    paths: dict[str, str] = {}
    changes: dict[str, bytes | None] = {}
    for lesson, number in zip(order, numbers, strict=True):
        if lesson in had and had[lesson][0] == number:
            paths[lesson] = had[lesson][1]
            continue
        paths[lesson] = f"content/{slug}/{number:02}-{lesson}.md"
        if lesson in had:
            changes[had[lesson][1]] = None
    for lesson, path in paths.items():
        if lesson in had and had[lesson][1] != path:
            changes[path] = files[had[lesson][1]]
    return paths, changes


def _numbers(kept: list[int | None]) -> list[int]:
    """Numbers that rise, those in `kept` as they are for as long as that leaves room."""
    numbers: list[int] = []
    for place, number in enumerate(kept):
        last = numbers[-1] if numbers else -1
        if number is not None and number > last:
            numbers.append(number)
            continue
        following = next((each for each in kept[place + 1 :] if each is not None), None)
        if number is None and following is not None and following - last > 1:
            numbers.append(last + min(STEP, (following - last) // 2))
        else:
            numbers.append(max(last, 0) + STEP if number is None and following is None else last + 1)
    if numbers and numbers[-1] > HIGHEST:
        step = max(1, min(STEP, HIGHEST // len(kept)))
        return [step * (place + 1) for place in range(len(kept))]
    return numbers
