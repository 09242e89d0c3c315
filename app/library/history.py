"""Ids that a changed course lost, or uses for something else than what is live: records hang on them."""

from collections.abc import Iterator, Mapping

from app.assessment.questions import Question
from app.kernel.problems import Problem
from app.library.course_files import course_file, test_file
from app.library.model import CompiledCourse

Kinds = Mapping[tuple[str, str], str]  # (what it is, its id) -> what it must stay


def about_history(live: CompiledCourse, changed: CompiledCourse) -> Iterator[Problem]:
    """A warning for every id that vanished or changed its kind. A new edition may let ids go."""
    if changed.course.edition != live.course.edition:
        return
    before, after = _kinds(live), _kinds(changed)
    for (what, name), kind in before.items():
        if (what, name) not in after:
            sentence = f"The {what} {name} is live and is not here any more."
            fix = "People's records name it: keep its id, or raise the edition."
        elif after[(what, name)] != kind:
            sentence = f"The {what} {name} was {kind} and is {after[(what, name)]} now."
            fix = "Give what is new an id of its own."
        else:
            continue
        path, line, column = _place(changed, what, name)
        yield Problem(path=path, line=line, column=column, level="warning", sentence=sentence, fix=fix)


def _kinds(compiled: CompiledCourse) -> dict[tuple[str, str], str]:
    found = {("outcome", outcome.id): f"shown by {outcome.shown_by}" for outcome in compiled.course.outcomes}
    for lesson in compiled.course.lessons:
        found[("lesson", lesson.slug)] = "a lesson"
        found |= {("block", block.id): f"a {block.kind}" for block in lesson.blocks.values()}
    for slot in compiled.quiz.slots:
        found[("slot", slot.id)] = f"about {slot.outcome}"
        for question in slot.questions:
            found |= _question(question)
    for question in compiled.practice.values():
        found |= _question(question)
    return found


def _question(question: Question) -> dict[tuple[str, str], str]:
    found = {("question", question.id): question.type}
    for group in ("choices", "rows", "categories"):
        found |= {("choice", f"{question.id}/{each.id}"): "a choice" for each in getattr(question, group, ())}
    return found


def _place(compiled: CompiledCourse, what: str, name: str) -> tuple[str, int, int]:
    slug = compiled.course.slug
    question = name.partition("/")[0]
    if question in compiled.quiz.places:
        return compiled.quiz.places[question]
    for slot in compiled.quiz.slots:
        if what == "slot" and slot.id == name:
            return slot.place
    path = course_file(slug) if what in {"outcome", "lesson", "block"} else test_file(slug)
    return path, 1, 1
