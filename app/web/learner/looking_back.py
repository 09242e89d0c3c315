"""The end of a course for one person: their plan, their own words, and what is worth another look."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template

from app.assessment.attempts import latest
from app.catalogue.block import Block
from app.catalogue.model import Lesson
from app.library.model import CompiledCourse
from app.web.learner.completion import certificate_of
from app.web.shared.blocks import door_of
from app.web.shared.blocks.kept import my_answers
from app.web.shared.blocks.parts import Asked, Group, Recap
from app.web.shared.contents import course_path, lesson_path
from app.web.shared.context import db, shelf, signed_in

blueprint = Blueprint("looking_back", __name__, template_folder="templates")

HEADINGS: dict[Group, str] = {
    "plan": "Your plan",
    "words": "What you wrote for yourself",
    "work": "What you worked out",
    "again": "Worth another look",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing to look back at, and the place where it was done."""

    recap: Recap
    where: str
    href: str


@blueprint.get("/courses/<slug>/looking-back")
def show(slug: str) -> str:
    """All that the person has kept in the course, gathered. A handful of SQL, however long the course is."""
    compiled = shelf().course(db.session(), slug)
    entries = [*_entries(compiled), *_missed(compiled)]
    groups = [
        (heading, [entry for entry in entries if entry.recap.group == group])
        for group, heading in HEADINGS.items()
    ]
    return render_template(
        "learner/looking-back.html",
        course=compiled.course,
        course_href=course_path(compiled.course),
        certificate=certificate_of(compiled),
        groups=[(heading, found) for heading, found in groups if found],
    )


def _entries(compiled: CompiledCourse) -> list[Entry]:
    placed = [(lesson, block) for lesson in compiled.course.lessons for block in lesson.blocks.values()]
    kept = my_answers(db.session(), signed_in().id, compiled.course.slug, [block for _, block in placed])
    found = []
    for lesson, block in placed:
        make = door_of(block).recap
        if make is None or block.id not in kept:
            continue
        asked = Asked(compiled=compiled, learner=True, query={}, saved=kept[block.id])
        if recap := make(block, asked):
            found.append(_entry(compiled, lesson, block, recap))
    return found


def _entry(compiled: CompiledCourse, lesson: Lesson, block: Block, recap: Recap) -> Entry:
    return Entry(recap=recap, where=lesson.title, href=f"{lesson_path(compiled.course, lesson)}#{block.id}")


def _missed(compiled: CompiledCourse) -> Sequence[Entry]:
    """What was missed in any round of the newest test, each slot once, with the section that teaches it."""
    attempt = latest(db.session(), person_id=signed_in().id, course=compiled.course.slug)
    slots: dict[str, Entry] = {}
    for item in [item for each in (attempt.rounds if attempt else ()) for item in each.missed]:
        slug, _, anchor = item.section.partition("#")
        lesson = compiled.course.lesson(slug)
        section = lesson.section(anchor) if lesson else None
        if lesson is not None and section is not None:
            slots[item.slot] = Entry(
                recap=Recap(group="again", title=item.title, lines=("Missed at least once in the test.",)),
                where=f"{lesson.title}: {section.title}",
                href=f"{lesson_path(compiled.course, lesson)}#{anchor}",
            )
    return list(slots.values())
