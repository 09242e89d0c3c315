"""One lesson as whoever writes it sees it: what is wrong, how it reads, and as much as can be shown. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.assessment.model import Quiz
from app.assessment.questions import Question
from app.catalogue.block import Block
from app.catalogue.blocks import Ladder, Placement, Practice
from app.catalogue.lessons import ReadLesson
from app.catalogue.model import BlockRef, Html, Lesson, Outcome
from app.catalogue.reading import ReadCourse
from app.kernel.problems import Problem
from app.library.compiling import Looked, look_at_course
from app.library.estimate import estimate_course, estimate_lesson
from app.library.folders import Files
from app.library.model import CompiledCourse, Estimate
from app.library.readability import grade_of

GAP = "<p><em>What stands here cannot be shown yet.</em></p>"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a lesson comes to. `grade` is None for fewer than 100 words, the estimates where unread."""

    words: int
    grade: float | None
    minutes: int
    estimate: Estimate
    course_minutes: int | None
    course_estimate: Estimate | None


@dataclass(frozen=True, kw_only=True)
class Look:
    """What can be said of one lesson in its course. `figures` and `shown` are None where it cannot be read.

    `problems` are the lesson's own in order, `elsewhere` those of the rest. `shown` and `lesson` are what a
    learner's page would show, with a gap for what is not whole. `outcomes` are all of the course's.
    """

    problems: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]
    figures: Figures | None = None
    shown: CompiledCourse | None = None
    lesson: Lesson | None = None
    outcomes: tuple[Outcome, ...] = ()


def look_at_lesson(files: Files, path: str, purged: Mapping[str, str] | None = None) -> Look:
    """The lesson in the file at `path` of a course's files, checked with the whole course around it."""
    looked = look_at_course(files, purged)
    if looked is None:
        return Look(problems=(), elsewhere=())
    found = next((each for each in looked.read.lessons if each.path == path), None)
    lesson = _shown(found.lesson, looked.read, looked.practice) if found else None
    return Look(
        problems=tuple(problem for problem in looked.problems if problem.path == path),
        elsewhere=tuple(problem for problem in looked.problems if problem.path != path),
        figures=_figures(found, looked) if found else None,
        shown=_course(looked, lesson) if lesson else None,
        lesson=lesson,
        outcomes=looked.read.course.outcomes if looked.read.course else (),
    )


def _figures(found: ReadLesson, looked: Looked) -> Figures:
    course, quiz = looked.read.course, looked.quiz
    whole = None
    if course is not None and quiz is not None and not looked.read.unread:
        whole = estimate_course(course, quiz, looked.practice)
    return Figures(
        words=found.lesson.words + sum(block.load.words for block in found.lesson.blocks.values()),
        grade=grade_of(found, [each.term for each in looked.read.glossary]),
        minutes=found.lesson.minutes,
        estimate=estimate_lesson(found.lesson, looked.practice),
        course_minutes=course.minutes if course else None,
        course_estimate=whole,
    )


def _course(looked: Looked, lesson: Lesson) -> CompiledCourse | None:
    course = looked.read.course
    if course is None:
        return None
    lessons = tuple(lesson if each.slug == lesson.slug else each for each in course.lessons)
    return CompiledCourse(
        course=replace(course, lessons=lessons),
        quiz=looked.quiz or Quiz(title="", slots=(), places={}),
        practice=looked.practice,
        estimate=Estimate(reading=0, practice=0, prompts=0, test=0),
    )


def _shown(lesson: Lesson, read: ReadCourse, practice: Mapping[str, Question]) -> Lesson:
    """The lesson with a gap in the place of each block that names what is not there."""
    ladders = {
        block.id
        for each in read.lessons
        for block in each.lesson.blocks.values()
        if isinstance(block, Ladder)
    }
    whole = {id_: block for id_, block in lesson.blocks.items() if _is_whole(block, ladders, practice)}
    segments = tuple(
        Html(html=GAP) if isinstance(segment, BlockRef) and segment.block not in whole else segment
        for segment in lesson.segments
    )
    return replace(lesson, blocks=whole, segments=segments)


def _is_whole(block: Block, ladders: set[str], practice: Mapping[str, Question]) -> bool:
    if isinstance(block, Practice):
        return block.question in practice
    return not isinstance(block, Placement) or block.ladder in ladders
