"""Three questions some weeks after the pass, for one person: answered one by one, explained at once."""

from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.assessment.following import (
    TEST_IS_OPEN,
    FollowUpQuestion,
    FollowUpView,
    Unfinished,
    answer_follow_up,
    follow_up_view,
)
from app.assessment.questions import ResponseBody, TooMany
from app.assessment.wording import in_words
from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.library.model import CompiledCourse
from app.mail.follow_up_letters import since
from app.web.learner.follow_up_choice import offer_of
from app.web.learner.follow_up_plan import PlanAsked, plan_asked, save_plan
from app.web.learner.sitting import RENEWED, attempt_code
from app.web.shared.contents import lesson_path, test_path
from app.web.shared.context import db, now, shelf, signed_in

blueprint = Blueprint("follow_up", __name__, template_folder="templates")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """An answer that could not be kept, given back with the reason."""

    position: int
    body: ResponseBody = field(default_factory=ResponseBody)
    complaint: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One question on the page. `section` and `href` lead to what teaches it, "" where that has gone."""

    question: FollowUpQuestion
    field: str
    body: ResponseBody
    complaint: str
    section: str
    href: str


@blueprint.get("/follow-ups/<code>")
def show(code: str) -> ResponseReturnValue:
    """The questions, with what is answered explained; and the plan."""
    return _page(_view(code))


@blueprint.post("/follow-ups/<code>/answers/<int(max=9):position>")
def answer(code: str, position: int) -> ResponseReturnValue:
    """Keep one answer and explain it. Sent again it changes nothing."""
    person_id, form, own = signed_in().id, request.form.to_dict(flat=False), attempt_code(code)
    try:
        with writing(db.session) as session:
            answer_follow_up(
                session,
                person_id=person_id,
                code=own,
                position=position,
                form=form,
                field=_field(position),
                now=now(),
            )
    except (TooMany, Unfinished) as refusal:
        typed = Typed(position=position, body=refusal.body, complaint=str(refusal))
        return _page(_view(own), typed), 422
    return redirect(url_for("follow_up.show", code=own, _anchor=f"answer-{position}"), 303)


@blueprint.post("/follow-ups/<code>/plan")
def report(code: str) -> ResponseReturnValue:
    """Keep what the person says of their plan."""
    view = _view(code)
    asked = plan_asked(view, _course(view), sent=True)
    if asked is None:
        raise NotFound("There is no plan here.")
    if not save_plan(view, asked):
        return _page(view, asked=asked), 422
    return redirect(url_for("follow_up.show", code=view.code, _anchor="plan"), 303)


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> ResponseReturnValue:
    """A form opened before signing in again has an old token: the page comes back with a new one."""
    values = request.view_args or {}
    view = _view(values["code"])
    if "position" not in values:
        return _page(view, asked=plan_asked(view, _course(view), sent=True), renewed=True), 400
    return _page(view, _unsaved(view, values["position"]), renewed=True), 400


def _view(code: str) -> FollowUpView:
    return follow_up_view(db.session(), person_id=signed_in().id, code=attempt_code(code))


def _unsaved(view: FollowUpView, position: int) -> Typed | None:
    """What an answer's form holds, unread: the page ticks only what is its own."""
    asked = next((one.asked for one in view.questions if one.position == position), None)
    if asked is None:
        return None
    name = _field(position)
    rows = {row.id: request.form.get(f"{name}-{row.id}", "") for row in asked.options}
    body: ResponseBody = {"placed": rows} if asked.categories else {"chosen": request.form.getlist(name)}
    return Typed(position=position, body=body, complaint=RENEWED)


def _page(
    view: FollowUpView, typed: Typed | None = None, asked: PlanAsked | None = None, *, renewed: bool = False
) -> str:
    compiled = _course(view)
    shown = [_shown(one, compiled, typed) for one in view.questions if one.explanation or not view.waits]
    errors = [
        (one.complaint, f"{one.field}-{one.question.asked.options[0].id}") for one in shown if one.complaint
    ]
    asked, asked_for = asked or plan_asked(view, compiled), in_words(len(view.questions))
    return render_template(
        "learner/follow-up.html",
        view=view,
        title=compiled.course.title,
        heading=f"{since(view.day)} on: {asked_for} short questions",
        shown=shown,
        tally=f"{(in_words(view.right) if view.right else 'none').capitalize()} of {asked_for} right.",
        whole=view.answered == len(view.questions),
        waits=TEST_IS_OPEN if view.waits else "",
        test_href=test_path(compiled.course),
        plan=asked,
        renewed=RENEWED if renewed and not errors else "",
        errors=errors,
        has_errors=bool(errors) or renewed or bool(asked and asked.form.errors),
        offer=offer_of(view.course, compiled.course.edition),
    )


def _course(view: FollowUpView) -> CompiledCourse:
    """The course as it is live, since links lead there; where it is gone, as it was at the draw."""
    try:
        return shelf().course(db.session(), view.course)
    except NotFound:
        return shelf().at(db.session(), view.revision_id)


def _shown(question: FollowUpQuestion, compiled: CompiledCourse, typed: Typed | None) -> Shown:
    mine = typed if typed and typed.position == question.position and not question.explanation else None
    slug, _, anchor = question.section.partition("#")
    lesson = compiled.course.lesson(slug)
    section = lesson.section(anchor) if lesson else None
    return Shown(
        question=question,
        field=_field(question.position),
        body=mine.body if mine else {},
        complaint=mine.complaint if mine else "",
        section=section.title if section else "",
        href=f"{lesson_path(compiled.course, lesson)}#{anchor}" if lesson and section else "",
    )


def _field(position: int) -> str:
    """The name that the controls of one question share."""
    return f"answer-{position}"
