"""A course's contents as a ladder: its lessons, then its test, each with its address and its minutes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.catalogue.model import Course, FurtherReading, Lesson
from app.kernel.clock import day_in_words
from app.library.model import CompiledCourse

State = Literal["done", "here", "ahead"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rung. `note` says how long it takes."""

    title: str
    href: str
    state: State
    note: str


def course_path(course: Course) -> str:
    return f"/courses/{course.slug}"


def lesson_path(course: Course, lesson: Lesson) -> str:
    return f"/courses/{course.slug}/{lesson.slug}"


def test_path(course: Course) -> str:
    return f"/courses/{course.slug}/test"


def facts(course: Course) -> list[tuple[str, str]]:
    """Which version of the course this is, and how long it stands."""
    valid = [("Certificate valid for", _months(course.valid_for))] if course.valid_for else []
    return [
        ("Edition", str(course.edition)),
        ("Law as at", f"{day_in_words(course.law_as_at)}, {course.nation}"),
        ("To be reviewed by", day_in_words(course.review_by)),
        *valid,
    ]


def _months(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return "1 month" if months == 1 else f"{months} months"
    return "1 year" if years == 1 else f"{years} years"


def source_line(course: Course, address: str) -> str:
    """Where a sheet of paper or a file comes from, so that it can be found again and its age be seen."""
    law = f"law as at {day_in_words(course.law_as_at)}, {course.nation}"
    return f"{course.title}, edition {course.edition}, {law}. {address}"


def reading_by_need(entries: Iterable[FurtherReading]) -> dict[str, list[FurtherReading]]:
    """Further reading under the need that it meets, in the author's order."""
    needs: dict[str, list[FurtherReading]] = {}
    for entry in entries:
        needs.setdefault(entry.need, []).append(entry)
    return needs


def steps(compiled: CompiledCourse, done: Collection[str], here: str | None = None) -> tuple[Step, ...]:
    """The lessons in their order, then the test. `done` and `here` are slugs of lessons."""
    course = compiled.course
    lessons = (
        Step(
            title=lesson.title,
            href=lesson_path(course, lesson),
            state="here" if lesson.slug == here else "done" if lesson.slug in done else "ahead",
            note=minutes_in_words(lesson.minutes),
        )
        for lesson in course.lessons
    )
    return (*lessons, test_step(compiled))


def test_step(compiled: CompiledCourse) -> Step:
    """The last rung. How it went is said on its own pages, so it is never "done" here."""
    note = minutes_in_words(test_minutes(compiled))
    return Step(title="The test", href=test_path(compiled.course), state="ahead", note=note)


def test_minutes(compiled: CompiledCourse) -> int:
    """The test's part of the estimate, in whole minutes."""
    return max(1, round(compiled.estimate.test / 60))


def shares(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` split by weight into whole numbers that add up to it: the largest remainders are rounded up."""
    exact = [whole * weight / max(1, sum(weights)) for weight in weights]
    split = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: split[place] - exact[place])
    for place in by_remainder[: whole - sum(split)]:
        split[place] += 1
    return split


def minutes_in_words(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
