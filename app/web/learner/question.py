"""One question a page. What is sent is saved at once; what cannot be saved comes back as it was chosen."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.assessment.attempts import Saved, StaleForm, save_response
from app.assessment.questions import Presented, ResponseBody, TooMany
from app.kernel.db import writing
from app.web.learner.sitting import RENEWED, attempt_code, sit, whole_number
from app.web.shared.context import db, now, signed_in

blueprint = Blueprint("question", __name__, template_folder="templates")

FIELD = "answer"
STALE = "This question was answered in another window after you opened this page. Which answer counts?"


@blueprint.get("/attempts/<code>")
def where(code: str) -> Response:
    """Where the test stands: the first question that is left, the answers to check, or the newest result."""
    view = sit(code).view
    if not view.is_answering:
        return redirect(url_for("result.show", code=view.code, number=view.current.number), 303)
    left = next((item for item in view.current.items if not item.complete), None)
    if left is None:
        return redirect(url_for("answers.show", code=view.code), 303)
    return redirect(url_for("question.show", code=view.code, position=left.position), 303)


@blueprint.get("/attempts/<code>/submission")
@blueprint.get("/attempts/<code>/rounds")
@blueprint.get("/attempts/<code>/readings/<slot>")
def turn_back(code: str, slot: str = "") -> Response:
    """Signing in, or reloading, asks for an address that was posted to: where the test stands is meant."""
    return redirect(url_for("question.where", code=attempt_code(code)), 303)


@blueprint.get("/attempts/<code>/questions/<int(max=999):position>")
def show(code: str, position: int) -> ResponseReturnValue:
    """A question of the round that is open, with the answer that is saved."""
    return _page(code, position)


@blueprint.post("/attempts/<code>/questions/<int(max=999):position>")
def save(code: str, position: int) -> ResponseReturnValue:
    """Save the answer, then go on: to the next question, to the answers, or away."""
    try:
        saved = _save(code, position)
    except TooMany as refusal:
        return _page(code, position, refusal.body, complaint=str(refusal), status=422)
    except StaleForm as refusal:
        both = (refusal.theirs_in_words, refusal.yours_in_words)
        return _page(code, position, refusal.yours or {}, both=both, complaint=STALE, status=409)
    return redirect(_onward(attempt_code(code), position, saved), 303)


@blueprint.errorhandler(CSRFError)
def keep_what_was_chosen(_error: CSRFError) -> ResponseReturnValue:
    """A form opened before signing in again has an old token: the answer comes back with a new one."""
    values = request.view_args or {}
    code, position = values["code"], values["position"]
    asked = sit(code).view.current.item(position).asked
    return _page(code, position, _chosen(asked), complaint=RENEWED, status=400)


def _save(code: str, position: int) -> Saved:
    person_id, form = signed_in().id, request.form.to_dict(flat=False)
    round_number, step = whole_number("round"), whole_number("step")
    with writing(db.session) as session:
        return save_response(
            session,
            person_id=person_id,
            code=attempt_code(code),
            round_number=round_number,
            position=position,
            form=form,
            step=step,
            now=now(),
        )


def _onward(code: str, position: int, saved: Saved) -> str:
    if request.form.get("then") == "leave":
        return url_for("test_intro.show", slug=sit(code).view.course)
    if request.args.get("from") == "answers" or position >= saved.items:
        return url_for("answers.show", code=code)
    return url_for("question.show", code=code, position=position + 1)


def _chosen(asked: Presented) -> ResponseBody:
    """What the form holds, unread: the page ticks only what is its own."""
    if asked.categories:
        return {"placed": {row.id: request.form.get(f"{FIELD}-{row.id}", "") for row in asked.options}}
    return {"chosen": request.form.getlist(FIELD)}


def _page(
    code: str,
    position: int,
    typed: ResponseBody | None = None,
    *,
    both: tuple[tuple[Markup, ...], tuple[Markup, ...]] | None = None,
    complaint: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    """The question with what is typed, or else with what is saved. `both` are the answers that clash."""
    found = sit(code)
    if not found.view.is_answering:
        return redirect(url_for("question.where", code=found.view.code), 303)
    current, item = found.view.current, found.view.current.item(position)
    changing = request.args.get("from") == "answers"
    html = render_template(
        "learner/question.html",
        sitting=found,
        round=current,
        item=item,
        field=FIELD,
        body=(item.given or {}) if typed is None else typed,
        errors=[(complaint, _first_control(item.asked))] if complaint else [],
        has_errors=bool(complaint),
        both=both,
        changing=changing,
        back=_back(found.view.code, found.view.course, position, changing=changing),
    )
    return html, status


def _back(code: str, course: str, position: int, *, changing: bool) -> str:
    if changing:
        return url_for("answers.show", code=code)
    if position == 1:
        return url_for("test_intro.show", slug=course)
    return url_for("question.show", code=code, position=position - 1)


def _first_control(asked: Presented) -> str:
    return f"{FIELD}-{asked.options[0].id}"
