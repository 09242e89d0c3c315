"""Every refusal and failure has its page. The 500 page asks nothing of the database or the person."""

import structlog
from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response

from app.assessment.questions import BadResponse, CannotGrade
from app.kernel.errors import Conflict, NotAllowed, NotFound, Refusal

log = structlog.get_logger("rung.error")
STATUSES: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, BadResponse: 400}
PAGES = {400, 403, 404, 409, 413, 429}

Page = tuple[str, int] | tuple[str, int, dict[str, str]] | Response


class App(Flask):
    """Flask, with error pages that may themselves be refused.

    A form whose token is not right is shown again by the page's own handler, and what it is about may be
    somebody else's: the second refusal has its page too, where Flask alone would answer 500.
    """

    def handle_user_exception(self, e: Exception) -> ResponseReturnValue:
        """The page for an error, or for the refusal that making the page met."""
        try:
            return super().handle_user_exception(e)
        except (Refusal, HTTPException) as second:
            if second is e:
                raise
            return super().handle_user_exception(second)


def register_error_pages(app: Flask) -> None:
    """Map what the rooms refuse, what HTTP refuses, and what went wrong."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CannotGrade, _ungraded)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _failed)


def _refused(error: Refusal) -> Page:
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)
    return render_template(f"errors/{status}.html", sentence=str(error)), status


def _ungraded(error: CannotGrade) -> Page:
    """A refusal that is our fault: whoever looks after the site has to hear of it."""
    log.error("cannot be graded", exc_info=error)
    return render_template("errors/ungraded.html"), 409


def _http(error: HTTPException) -> Page:
    status = error.code or 500
    if status >= 500:
        return _failsafe(status)
    if status < 400:
        return error.get_response()
    page = status if status in PAGES else 400
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return render_template(f"errors/{page}.html", sentence=""), status, kept


def _database(error: OperationalError) -> Page:
    log.error("database", exc_info=error)
    return _failsafe(503)


def _failed(error: Exception) -> Page:
    if current_app.testing:
        raise error
    log.error("failed", exc_info=error)
    return _failsafe(500)


def _failsafe(status: int) -> Page:
    # Taken straight from the template loader: no context processor runs, so nothing can fail a second time.
    return current_app.jinja_env.get_template("errors/500.html").render(), status
