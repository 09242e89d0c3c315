"""Stopping follow-up letters from a letter, without signing in.

Mail scanners follow links, so the page only asks; its button stops. A mail program may send the same POST
by itself (RFC 8058), with no page before it: so the form carries no token. The code in the address is what
nobody else has, and all that it can do is to stop letters.
"""

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.learning.follow_ups import stop_by_letter, stopping
from app.web.shared.context import db

blueprint = Blueprint("stop", __name__, template_folder="templates")


@blueprint.get("/stop/<code>")
def show(code: str) -> Response:
    """The button; or, once nothing more is to come, that they are stopped."""
    try:
        state = "asked" if stopping(db.session(), code) else "stopped"
    except NotFound:
        return _page("unknown", code, 404)
    return _page(state, code)


@blueprint.post("/stop/<code>")
def stop(code: str) -> Response:
    """Stop them. The answer is the page itself: mail programs follow no redirect."""
    try:
        with writing(db.session) as session:
            stop_by_letter(session, code)
    except NotFound:
        return _page("unknown", code, 404)
    return _page("stopped", code)


def _page(state: str, code: str, status: int = 200) -> Response:
    response = make_response(render_template("public/stop.html", state=state, code=code), status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
