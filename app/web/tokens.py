"""The token on every form that changes something.

A token is refused when its session has gone: the form stood open while the person signed in again in another
tab, or the browser keeps no cookies. Nothing is done, and nothing typed is lost: doors whose forms check the
token themselves are shown again here; the others have a handler beside the page.
"""

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

SHOWN_AGAIN = {"security", "account", "welcome", "test_intro", "new_course", "lessons"} | {
    *("cpd_add", "cpd_change", "cpd_goal", "cpd_membership")
}
OVER = "The page had been open for a long time, or your browser does not keep cookies. Load it again first."


def init_tokens(app: Flask) -> None:
    """Ask a token of every POST. Called after the access guard, which turns away who may not come here."""
    tokens = CSRFProtect(app)
    # Three forms stand on pages that caches share: one has a check of its own, the others change nothing. The
    # last is sent by mail programs (RFC 8058); the code in its address is known to a letter's reader alone.
    tokens.exempt("app.web.public.appearance.save")
    tokens.exempt("app.web.public.check.match")
    tokens.exempt("app.web.public.check.drop")
    tokens.exempt("app.web.public.stop.stop")
    app.register_error_handler(CSRFError, _refuse)


def _refuse(error: CSRFError) -> ResponseReturnValue:
    if request.blueprint not in SHOWN_AGAIN:
        return render_template("errors/400.html", sentence=OVER), 400
    view = current_app.view_functions[str(request.endpoint)]
    shown = current_app.ensure_sync(view)(**(request.view_args or {}))
    return (shown[0], 400) if isinstance(shown, tuple) else shown
