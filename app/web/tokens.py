"""The token on every form that changes something.

A token is refused when its session has gone: the form stood open while the person signed in again in another
tab, or the browser keeps no cookies. Nothing is done, and nothing typed is lost: doors whose forms check the
token themselves are shown again here; the others have a handler beside the page.
"""

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.kernel.errors import Refusal

# Their views check the token with the form, and do nothing before. One that does not must never be here.
SHOWN_AGAIN = {
    *("security", "welcome", "account", "account_erase", "test_intro", "printed_name"),
    *("cpd_add", "cpd_change", "cpd_goal", "cpd_membership"),
    *("new_course", "lessons", "withdrawal", "name_request", "law_changes"),
}
OVER = "The page had been open for a long time, or your browser does not keep cookies. Load it again first."


def init_tokens(app: Flask) -> None:
    """Ask a token of every POST. Called after the access guard, which turns away who may not come here."""
    tokens = CSRFProtect(app)
    # Three forms stand on pages that caches share: one has a check of its own, two change nothing. The fourth
    # is sent by mail programs (RFC 8058); the code in its address is known to a letter's reader alone.
    tokens.exempt("app.web.public.appearance.save")
    tokens.exempt("app.web.public.check.match")
    tokens.exempt("app.web.public.check.drop")
    tokens.exempt("app.web.public.stop.stop")
    app.register_error_handler(CSRFError, _refuse)


def _refuse(error: CSRFError) -> ResponseReturnValue:
    if request.blueprint in SHOWN_AGAIN:
        view = current_app.view_functions[str(request.endpoint)]
        try:
            shown = current_app.ensure_sync(view)(**(request.view_args or {}))
        except Refusal:
            pass  # there is no form to show any more; the page itself says why, once it is loaded
        else:
            return (shown[0], 400) if isinstance(shown, tuple) else shown
    return render_template("errors/400.html", sentence=OVER), 400
