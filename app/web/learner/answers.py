"""Checking all answers, and the one button that hands them in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.assessment.attempts import ChangedSince
from app.assessment.records import round_revision
from app.assessment.standing import ItemView, RoundView
from app.assessment.wording import listed
from app.kernel.db import writing
from app.learning.completing import hand_in as complete
from app.web.learner.sitting import RENEWED, Sitting, attempt_code, sit, whole_number
from app.web.shared.context import db, now, settings, shelf, signed_in

blueprint = Blueprint("answers", __name__, template_folder="templates")


@blueprint.get("/attempts/<code>/answers")
def show(code: str) -> ResponseReturnValue:
    """Every answer of the open round, each with a way to change it."""
    return _page(sit(code))


@blueprint.post("/attempts/<code>/submission")
def hand_in(code: str) -> ResponseReturnValue:
    """Hand in the round. Sent again it leads to the same result and does nothing more."""
    own, number, saves = attempt_code(code), whole_number("round"), whole_number("saves")
    try:
        _hand_in(own, number, saves)
    except ChangedSince as refusal:
        return _page(sit(own), str(refusal), 409)
    return redirect(url_for("result.show", code=own, number=number), 303)


@blueprint.errorhandler(CSRFError)
def ask_again(_error: CSRFError) -> ResponseReturnValue:
    """A page opened before signing in again has an old token: it comes back with a new one."""
    return _page(sit((request.view_args or {})["code"]), RENEWED, 400)


def _hand_in(code: str, number: int, saves: int) -> None:
    reading, person_id = db.session(), signed_in().id
    revision_id = round_revision(reading, person_id, code, number)
    compiled, site = shelf().at(reading, revision_id), shelf().site(reading)
    design_revision_id, _ = shelf().design(reading, compiled.course.design)
    with writing(db.session) as session:
        complete(
            session,
            person_id=person_id,
            code=code,
            round_number=number,
            saves=saves,
            compiled=compiled,
            site=site,
            design_revision_id=design_revision_id,
            base_url=settings().base_url,
            loopback=settings().loopback,
            zone=settings().time_zone,
            now=now(),
        )


def _page(found: Sitting, complaint: str = "", status: int = 200) -> ResponseReturnValue:
    view = found.view
    if not view.is_answering:
        return redirect(url_for("question.where", code=view.code), 303)
    html = render_template(
        "learner/answers.html",
        sitting=found,
        round=view.current,
        unanswered=_unanswered(view.current),
        errors=[(complaint, "")] if complaint else [],
        has_errors=bool(complaint),
    )
    return html, status


def _unanswered(current: RoundView) -> str:
    """The sentence that names what is left, or ""."""
    left = [item for item in current.items if not item.complete]
    if not left:
        return ""
    questions = "Question" if len(left) == 1 else "Questions"
    verb = "is" if len(left) == 1 else "are"
    return f"{questions} {listed(tuple(map(_number, left)))} {verb} not fully answered yet."


def _number(item: ItemView) -> str:
    return str(item.position)
