"""What a person kept in a course, beside the entry that it brought: their plans, and their private words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.catalogue.block import Block
from app.catalogue.blocks import Plan, Reflection
from app.kernel.errors import NotFound
from app.learning.cpd import Entry
from app.web.shared.blocks import door_of
from app.web.shared.blocks.kept import my_answers
from app.web.shared.blocks.parts import Asked
from app.web.shared.contents import lesson_path
from app.web.shared.context import db, shelf, signed_in


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One answer: what was asked, its lines, where it stands, and the calendar file of a plan or ""."""

    title: str
    lines: Sequence[str]
    href: str
    calendar: str = ""


def plans(entry: Entry) -> list[Kept]:
    """The plans that the person made in the course. None where the course is gone."""
    return _kept(entry, Plan)


def own_words(entry: Entry) -> list[Kept]:
    """What they wrote for themselves alone."""
    return _kept(entry, Reflection)


def _kept(entry: Entry, kind: type[Block]) -> list[Kept]:
    session = db.session()
    try:
        compiled = shelf().course(session, entry.course)
    except NotFound:
        return []
    placed = [
        (lesson, block)
        for lesson in compiled.course.lessons
        for block in lesson.blocks.values()
        if isinstance(block, kind)
    ]
    answers = my_answers(session, signed_in().id, compiled.course.slug, [block for _, block in placed])
    found = []
    for lesson, block in placed:
        recap = door_of(block).recap
        if block.id not in answers or recap is None:
            continue
        said = recap(block, Asked(compiled=compiled, learner=True, query={}, saved=answers[block.id]))
        if said is None:
            continue
        found.append(
            Kept(
                title=said.title,
                lines=said.lines,
                href=f"{lesson_path(compiled.course, lesson)}#{block.id}",
                calendar=_calendar(entry.course, lesson.slug, block.id) if kind is Plan else "",
            )
        )
    return found


def _calendar(course: str, lesson: str, block: str) -> str:
    return url_for("plan.download", slug=course, lesson=lesson, block=block)
