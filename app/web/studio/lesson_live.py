"""What a lesson's page asks while somebody types: the check as data, and the lesson as it will be read."""

from dataclasses import asdict

from flask import Blueprint, Response, make_response, render_template
from flask.json import dumps
from jinja2.utils import htmlsafe_json_dumps

from app.web.shared.requests import FRAMED
from app.web.studio.lesson_desk import Desk, desk_kept, desk_typed
from app.web.studio.lesson_shown import show_lesson
from app.web.studio.lesson_told import elsewhere_in_words, figures_in_words, tell

blueprint = Blueprint("lesson_live", __name__, template_folder="templates")


@blueprint.post("/studio/courses/<slug>/lessons/<lesson>/problems")
def check(slug: str, lesson: str) -> Response:
    """The problems and figures of what was typed, as JSON. Nothing is saved."""
    desk = desk_typed(slug, lesson)
    told = tell(desk.look.problems, desk.file, in_fields=desk.form.whole.data != "yes")
    body = {
        "problems": [asdict(one) for one in told],
        "complaint": desk.complaint,
        "elsewhere": elsewhere_in_words(desk.look),
        "figures": figures_in_words(desk.look.figures),
    }
    return Response(htmlsafe_json_dumps(body, dumps=dumps), mimetype="application/json")


@blueprint.get("/studio/courses/<slug>/lessons/<lesson>/shown")
def show(slug: str, lesson: str) -> Response:
    """The lesson as it was last saved, for a frame."""
    return _shown(desk_kept(slug, lesson))


@blueprint.post("/studio/courses/<slug>/lessons/<lesson>/shown")
def show_typed(slug: str, lesson: str) -> Response:
    """The lesson as it was typed, for a frame. Nothing is saved."""
    return _shown(desk_typed(slug, lesson))


def _shown(desk: Desk) -> Response:
    shown = show_lesson(desk.look, apart=False)
    response = make_response(render_template("studio/lesson_live.html", shown=shown))
    response.headers.update(FRAMED)
    return response
