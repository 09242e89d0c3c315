"""The access table, enforced before each request. A route without a row refuses to start."""

from urllib.parse import urlsplit

from flask import Flask, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from app.people.tables import User
from app.web.shared.access_table import ACCESS
from app.web.shared.audiences import Access
from app.web.shared.context import person

__all__ = ["ACCESS", "Access", "check_access", "guard", "may", "page_asked_for", "refuse_unlisted_routes"]

ROLES = {Access.EDITOR: {"editor", "admin"}, Access.MANAGER: {"manager", "admin"}, Access.ADMIN: {"admin"}}


def guard(app: Flask) -> None:
    """Hold every request to the table."""
    app.before_request(check_access)


def refuse_unlisted_routes(app: Flask) -> None:
    """Called once all doors are registered. A route that is not in the table is an error."""
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    if unlisted := sorted(routes - ACCESS.keys()):
        raise RuntimeError(f"not in the access table: {', '.join(unlisted)}")


def may(who: User | None, access: Access) -> bool:
    """Whether this person may use a route of this kind."""
    if access is Access.ANYONE:
        return True
    if who is None:
        return False
    if access is Access.CONFIRMED:
        return who.confirmed_at is not None
    needed = ROLES.get(access)
    return needed is None or any(role.name in needed for role in who.roles)


def check_access() -> Response | None:
    if request.endpoint is None:
        return None
    access = ACCESS[request.endpoint]
    if access is Access.ANYONE:
        return None
    who = person()
    if may(who, access):
        return None
    if who is None:
        return redirect(url_for("security.login", next=page_asked_for()), 303)
    raise Forbidden


def page_asked_for() -> str:
    """Where to come back to after signing in, say: this page, or the one whose form was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path.rstrip("?")
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:  # "http://[" is no address at all
        return "/"
    return came_from.path if came_from.netloc == request.host else "/"
