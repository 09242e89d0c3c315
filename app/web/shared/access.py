"""The access table: every route, and who may use it. A route without a row refuses to start."""

from enum import Enum
from urllib.parse import urlsplit

from flask import Flask, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from app.people.tables import User
from app.web.shared.context import person


class Access(Enum):
    """Who may use a route. Rows that belong to one person are then reached through that person."""

    ANYONE = "anyone"
    PERSON = "anyone with an account"
    CONFIRMED = "anyone with a confirmed account"
    EDITOR = "editors and admins"
    MANAGER = "managers and admins"
    ADMIN = "admins"


ROLES = {Access.EDITOR: {"editor", "admin"}, Access.MANAGER: {"manager", "admin"}, Access.ADMIN: {"admin"}}

ACCESS: dict[str, Access] = {
    # shared
    "assets.serve": Access.ANYONE,
    # public
    "front.show": Access.ANYONE,
    "course.show": Access.ANYONE,
    "whole_course.show": Access.ANYONE,
    "offline.show": Access.ANYONE,
    "images.show": Access.ANYONE,
    "lesson.show": Access.ANYONE,
    "policy.show": Access.ANYONE,
    "checklist.show": Access.ANYONE,
    "check.ask": Access.ANYONE,
    "check.show": Access.ANYONE,
    "check.match": Access.ANYONE,
    "health.live": Access.ANYONE,
    "health.ready": Access.ANYONE,
    "appearance.save": Access.ANYONE,
    "security.login": Access.ANYONE,
    "security.send_code": Access.ANYONE,
    "security.enter_code": Access.ANYONE,
    "security.logout": Access.ANYONE,
    "security.register": Access.ANYONE,
    "security.registered": Access.ANYONE,
    "security.send_confirmation": Access.ANYONE,
    "security.confirmation_sent": Access.ANYONE,
    "security.confirm_email": Access.ANYONE,
    "security.forgot_password": Access.ANYONE,
    "security.reset_sent": Access.ANYONE,
    "security.reset_password": Access.ANYONE,
    "security.accept_invitation": Access.ANYONE,
    "welcome.show": Access.ANYONE,
    # learner
    "progress.done": Access.PERSON,
    "progress.respond": Access.PERSON,
    "progress.turn_back": Access.ANYONE,
    "test_intro.show": Access.CONFIRMED,
    "test_intro.start": Access.CONFIRMED,
    "test_intro.turn_back": Access.CONFIRMED,
    "question.where": Access.CONFIRMED,
    "question.turn_back": Access.CONFIRMED,
    "question.show": Access.CONFIRMED,
    "question.save": Access.CONFIRMED,
    "answers.show": Access.CONFIRMED,
    "answers.hand_in": Access.CONFIRMED,
    "result.show": Access.CONFIRMED,
    "result.read": Access.CONFIRMED,
    "result.go_on": Access.CONFIRMED,
    "certificate.show": Access.PERSON,
    "certificate.download": Access.PERSON,
    "certificate.name": Access.PERSON,
    "plan.download": Access.PERSON,
    "completion.show": Access.PERSON,
    "completion.mark": Access.PERSON,
    "looking_back.show": Access.PERSON,
    "device.show": Access.ANYONE,
    "device.add": Access.PERSON,
    "record.show": Access.PERSON,
    "account.show": Access.PERSON,
    "account.name": Access.PERSON,
    "account.password": Access.PERSON,
    "account.address": Access.PERSON,
    "account.confirm_address": Access.ANYONE,
    "account.sign_outs": Access.PERSON,
    # studio
    "problems.show": Access.EDITOR,
    "patterns.show": Access.EDITOR,
}


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
        return redirect(url_for("security.login", next=_page_asked_for()), 303)
    raise Forbidden


def _page_asked_for() -> str:
    """Where to come back to after signing in: this page, or the one whose form was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path.rstrip("?")
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:  # "http://[" is no address at all
        return "/"
    return came_from.path if came_from.netloc == request.host else "/"
