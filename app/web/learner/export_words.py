"""Answers in words, as the courses stand now: for the page in a person's export."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.assessment.questions import CannotGrade, read_body
from app.catalogue.block import Block
from app.catalogue.blocks import Practice
from app.kernel.errors import NotFound
from app.learning.exporting.kinds import Described
from app.library.model import CompiledCourse
from app.web.shared.blocks import door_of
from app.web.shared.blocks.parts import Asked, Saved
from app.web.shared.context import db, shelf

UNKNOWN = Described(lesson="", asked="", lines=())
ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # no words hang on when an answer was saved


class CourseWords:
    """The courses of this request, each looked up once."""

    def __init__(self) -> None:
        self._courses: dict[str, CompiledCourse | None] = {}

    def title(self, course: str) -> str:
        """What the course is called; its slug where there is none of it any more."""
        compiled = self._course(course)
        return compiled.course.title if compiled else course

    def describe(self, course: str, block: str, kind: str, body: Mapping[str, Any]) -> Described:
        """The answer in words, as far as the course still has the block and its answer still fits."""
        compiled = self._course(course)
        for lesson in compiled.course.lessons if compiled else ():
            if compiled and block in lesson.blocks:
                asked, lines = _told(
                    compiled, lesson.blocks[block], Saved(kind=kind, body=body, saved_at=ANY_TIME)
                )
                return Described(lesson=lesson.title, asked=asked, lines=lines)
        return UNKNOWN

    def _course(self, slug: str) -> CompiledCourse | None:
        if slug not in self._courses:
            try:
                self._courses[slug] = shelf().course(db.session(), slug)
            except NotFound:
                self._courses[slug] = None
        return self._courses[slug]


def _told(compiled: CompiledCourse, block: Block, saved: Saved) -> tuple[str, tuple[str, ...]]:
    if isinstance(block, Practice):
        return _practised(compiled, block, saved)
    make = door_of(block).recap
    recap = make(block, Asked(compiled=compiled, learner=True, query={}, saved=saved)) if make else None
    return (recap.title, recap.lines) if recap else ("", ())


def _practised(compiled: CompiledCourse, block: Practice, saved: Saved) -> tuple[str, tuple[str, ...]]:
    question = compiled.practice[block.question]
    asked = question.present(()).stem.striptags()
    try:
        given = read_body(question, dict(saved.body)) if saved.kind == question.type else None
    except CannotGrade:
        given = None
    return asked, tuple(words.striptags() for words in question.words(given))
