"""Reading a course's content folder. Files come as path -> bytes, mistakes as Problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field

from app.catalogue.images import Image, Images
from app.catalogue.lessons import FILE_NAME, ReadLesson, read_lesson
from app.catalogue.model import Course, FurtherReading, Outcome, RelatedEntry, Term
from app.catalogue.rendering import render_paragraph
from app.kernel.authored import decode, load_yaml, place, validate
from app.kernel.fields import Authored, Day, Line, Listed, Prose, Slug
from app.kernel.problems import Problem

REMEMBERED = 256  # lessons; each is read anew only where its own text, a picture or the glossary changes


class CourseFile(Authored):
    """course.yml as written. `glossary` holds the terms that the course explains."""

    slug: Slug
    title: Line
    summary: Prose
    programme: Slug
    minutes: Annotated[int, Field(ge=1, le=6000)]
    edition: Annotated[int, Field(ge=1, le=9999)]
    law_as_at: Day
    review_by: Day
    nation: Line
    credit: Prose
    outcomes: Annotated[tuple[Outcome, ...], Listed, Field(min_length=1, max_length=20)]
    further_reading: Annotated[tuple[FurtherReading, ...], Listed] = ()
    related: Annotated[tuple[RelatedEntry, ...], Listed] = ()
    share_text: Prose
    quiz: Slug
    design: Slug
    pass_policy: dict[str, Any]
    valid_for: Annotated[int, Field(ge=1, le=240)] | None = None
    second_person: bool = False
    retired: bool = False
    glossary: Annotated[tuple[Term, ...], Listed, Field(max_length=100)] = ()


@dataclass(frozen=True, kw_only=True)
class ReadCourse:
    """A course's folder with what checking it needs. `unread` are lessons too broken to look into.

    `course` is None where course.yml cannot be used: what can be said of the lessons is said all the same.
    """

    path: str
    course: Course | None
    node: Any
    lessons: tuple[ReadLesson, ...]
    unread: frozenset[str]
    glossary: tuple[Term, ...]

    @property
    def whole(self) -> bool:
        """Whether every lesson and block could be read: only then is what is not there really missing."""
        return not self.unread and all(each.blocks_sound for each in self.lessons)

    def lesson(self, slug: str) -> ReadLesson | None:
        """The lesson with this slug, or None."""
        return next((each for each in self.lessons if each.lesson.slug == slug), None)

    def place(self, *where: str | int) -> tuple[int, int]:
        """Where a field of course.yml stands."""
        return place(self.node, where)


def read_course(folder: str, files: Mapping[str, bytes], images: Images) -> tuple[ReadCourse, list[Problem]]:
    """The course in `folder` (such as content/co-production), with every mistake."""
    path = f"{folder}/course.yml"
    sheet, node, told = _course_file(path, files.get(path))
    problems = list(told)
    glossary = sheet.glossary if sheet else ()
    lessons, unread, faults = _lessons(folder, files, images, glossary)
    problems += faults
    course = None
    if sheet is not None:
        credit, faults = render_paragraph(path, place(node, ("credit",))[0], sheet.credit)
        problems += faults
        fields = {name: value for name, value in sheet if name != "credit"}
        fields["pass_policy"] = dict(sheet.pass_policy)
        course = Course(**fields, credit_html=credit, lessons=tuple(read.lesson for read in lessons))
    read = ReadCourse(
        path=path,
        course=course,
        node=node,
        lessons=lessons,
        unread=unread,
        glossary=glossary,
    )
    return read, problems


@lru_cache(maxsize=REMEMBERED)
def _course_file(path: str, body: bytes | None) -> tuple[CourseFile | None, Any, tuple[Problem, ...]]:
    if body is None:
        fix = "Copy one from another course."
        return None, None, (Problem(path=path, line=1, sentence="This course has no course.yml.", fix=fix),)
    text, problems = decode(path, body)
    if text is None:
        return None, None, tuple(problems)
    node, problems = load_yaml(path, text)
    if node is None:
        return None, None, tuple(problems)
    sheet, problems = validate(CourseFile, node, path)
    return sheet, node, tuple(problems)


def _lessons(
    folder: str, files: Mapping[str, bytes], images: Images, glossary: Sequence[Term]
) -> tuple[tuple[ReadLesson, ...], frozenset[str], list[Problem]]:
    """The lessons in the order of their numbers, and those that cannot be read. A stray file is named."""
    problems: list[Problem] = []
    numbered = []
    for path in sorted(files):
        inside = path.removeprefix(f"{folder}/")
        if not path.startswith(f"{folder}/") or inside == "course.yml" or inside.startswith("images/"):
            continue
        if name := FILE_NAME.match(inside):
            numbered.append((int(name["order"]), path, name["slug"]))
        else:
            sentence = "This file is not used."
            fix = "A lesson is named like 10-what-it-is.md; pictures belong in images."
            problems.append(Problem(path=path, line=1, level="warning", sentence=sentence, fix=fix))
    lessons, unread = [], set()
    for _number, path, slug in sorted(numbered):
        lesson, told = _lesson(path, files[path], tuple(sorted(images.items())), tuple(glossary))
        problems += told
        if lesson is None:
            unread.add(slug)
        else:
            lessons.append(lesson)
    return tuple(lessons), frozenset(unread), problems


@lru_cache(maxsize=REMEMBERED)
def _lesson(
    path: str, body: bytes, images: tuple[tuple[str, Image], ...], glossary: tuple[Term, ...]
) -> tuple[ReadLesson | None, tuple[Problem, ...]]:
    lesson, problems = read_lesson(path, body, dict(images), glossary)
    return lesson, tuple(problems)
