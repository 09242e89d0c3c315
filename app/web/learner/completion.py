"""Why a course is not complete: each rule of the way to its certificate, and how it stands for one person."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.assessment.attempts import AttemptView
from app.assessment.wording import in_words, listed
from app.catalogue.blocks import Checklist, Placement, Plan, Reflection
from app.catalogue.model import Lesson
from app.kernel.db import writing
from app.learning.awarded import awarded
from app.learning.progress import mark_done
from app.library.model import CompiledCourse
from app.web.learner.follow_up_choice import offer_of
from app.web.learner.test_standing import Standing, opens_again_on, standing_at
from app.web.shared.blocks.kept import my_answers
from app.web.shared.contents import course_path, lesson_path, test_path
from app.web.shared.context import db, now, shelf, signed_in
from app.web.shared.keys import why_no_certificate

blueprint = Blueprint("completion", __name__, template_folder="templates")

State = Literal["done", "next", "later"]
PROMPTS = {
    Checklist.kind: "The checklist",
    Placement.kind: "A place for your own project",
    Plan.kind: "Your plan",
    Reflection.kind: "A reflection",
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that must be so: whether it is, what is said of it, and where it is done ("" for nowhere)."""

    title: str
    state: State
    note: str
    href: str = ""


@blueprint.get("/courses/<slug>/completion")
def show(slug: str) -> str:
    """Every rule with its state; then what is worth doing and not asked for."""
    compiled = shelf().course(db.session(), slug)
    standing, certificate = standing_at(compiled), certificate_of(compiled)
    kept = _kept(compiled)
    rules = [_account(), *_lessons(compiled, standing), _test(compiled, standing)]
    rules.append(_certificate(certificate, why_no_certificate(compiled, signed_in())))
    return render_template(
        "learner/completion.html",
        course=compiled.course,
        course_href=course_path(compiled.course),
        complete=certificate is not None,
        certified=bool(certificate),
        rules=rules,
        beside=_beside(compiled, kept),
        worked_in=len(_worked_in(compiled, standing, kept)),
        offer=offer_of(slug, compiled.course.edition) if certificate is not None else None,
    )


@blueprint.post("/courses/<slug>/completion")
def mark(slug: str) -> Response:
    """Mark every lesson done in which the person has kept something: they say that they worked through it.

    Whoever did a whole course on their device before they signed in would else open each lesson again.
    """
    compiled = shelf().course(db.session(), slug)
    course, person_id = compiled.course, signed_in().id
    worked_in = _worked_in(compiled, standing_at(compiled), _kept(compiled))
    with writing(db.session) as session:
        for lesson in worked_in:
            mark_done(
                session,
                person_id=person_id,
                course=course.slug,
                lesson=lesson.slug,
                lessons=[each.slug for each in course.lessons],
                now=now(),
            )
    return redirect(url_for("completion.show", slug=course.slug), 303)


def certificate_of(compiled: CompiledCourse) -> str | None:
    """The code of the signed-in person's certificate for the live edition.

    "" where they completed it without one, and None where they have not completed it.
    """
    course = compiled.course
    mine = signed_in().id
    return awarded(db.session(), person_id=mine, course=course.slug, edition=course.edition)


def _account() -> Rule:
    title = "Your e-mail address is confirmed"
    if signed_in().confirmed_at is not None:
        return Rule(title=title, state="done", note="Confirmed.")
    note = "The test and the certificate need it. We can send the letter again."
    return Rule(title=title, state="next", note=note, href=url_for("security.send_confirmation"))


def _lessons(compiled: CompiledCourse, standing: Standing) -> list[Rule]:
    return [_lesson(compiled, lesson, lesson.slug in standing.done) for lesson in compiled.course.lessons]


def _lesson(compiled: CompiledCourse, lesson: Lesson, done: bool) -> Rule:
    return Rule(
        title=f"Lesson {compiled.course.lessons.index(lesson) + 1}: {lesson.title}",
        state="done" if done else "next",
        note="Marked done." if done else "Not marked done yet. The button stands at the end of the lesson.",
        href=lesson_path(compiled.course, lesson),
    )


def _test(compiled: CompiledCourse, standing: Standing) -> Rule:
    title, href, attempt = "The test is passed", test_path(compiled.course), standing.attempt
    if standing.state == "passed":
        return Rule(title=title, state="done", note="Passed.", href=href)
    if standing.renewing and standing.state == "ready":
        return Rule(title=title, state="done", note="Passed. It is open again to renew.", href=href)
    if standing.state == "shut":
        return Rule(title=title, state="later", note="It opens when every lesson is marked done.", href=href)
    if standing.state == "tomorrow":
        note = f"Your last test ended. A new one opens on {opens_again_on(attempt)}."
        return Rule(title=title, state="later", note=note, href=href)
    if standing.state == "open" and attempt is not None:
        href = url_for("question.where", code=attempt.code)
        return Rule(title=title, state="next", note=_under_way(attempt), href=href)
    return Rule(title=title, state="next", note="It is open to you now.", href=href)


def _under_way(attempt: AttemptView) -> str:
    slots = attempt.slots_after(attempt.current.number)
    secured = sum(held for _, held in slots)
    so_far = (
        f"{in_words(secured)} of {in_words(len(slots))} secured so far" if secured else "nothing secured yet"
    )
    said = f"It is under way: {so_far}."
    unread = tuple(dict.fromkeys(item.title for item in attempt.current.missed if not item.read))
    if unread:
        return f"{said} Open the section behind each miss, then the next round begins: {listed(unread)}."
    if attempt.is_answering:
        return f"{said} Round {in_words(attempt.current.number)} is not handed in yet."
    return f"{said} The next round can begin."


def _certificate(code: str | None, hindered: str) -> Rule:
    title = "The certificate is made"
    if not code:
        return Rule(title=title, state="later", note=hindered or "It is made the moment you pass.")
    return Rule(title=title, state="done", note="Made.", href=url_for("certificate.show", code=code))


def _kept(compiled: CompiledCourse) -> Collection[str]:
    """The blocks of the course in which the person has kept something."""
    blocks = [block for lesson in compiled.course.lessons for block in lesson.blocks.values()]
    return my_answers(db.session(), signed_in().id, compiled.course.slug, blocks).keys()


def _worked_in(compiled: CompiledCourse, standing: Standing, kept: Collection[str]) -> list[Lesson]:
    """The lessons in which something is kept, and which are not marked done."""
    lessons = compiled.course.lessons
    return [each for each in lessons if each.slug not in standing.done and each.blocks.keys() & set(kept)]


def _beside(compiled: CompiledCourse, kept: Collection[str]) -> list[Rule]:
    """What the course asks for besides the test: thought about for oneself, and no condition of anything."""
    course = compiled.course
    return [
        Rule(
            title=f"{PROMPTS.get(block.kind, 'Something to think about')} in “{lesson.title}”",
            state="done" if block.id in kept else "next",
            note="Kept. Only you can see it." if block.id in kept else "Nothing is kept yet.",
            href=f"{lesson_path(course, lesson)}#{block.id}",
        )
        for lesson in course.lessons
        for block in lesson.blocks.values()
        if block.load.prompts
    ]
