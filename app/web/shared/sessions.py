"""Who a browser is: one signed cookie, renewed as it is used.

It lasts 30 days where the person asked to be remembered, else 12 hours after the last page. A second cookie
that remembers would have to be forgotten separately; here signing out forgets one thing.
"""

import time
from datetime import UTC, datetime, timedelta

from flask import Flask, Request, g, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_security.utils import login_user, logout_user
from itsdangerous import BadSignature
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, load_only

from app.people.tables import Role, User
from app.web.shared.context import db

REMEMBERED = timedelta(days=30)
IDLE = timedelta(hours=12)
KEPT = (User.id, User.email, User.full_name, User.fs_uniquifier, User.active, User.confirmed_at)

WHOSE = (
    select(User)
    .where(User.fs_uniquifier == bindparam("identifier"), User.active)
    .options(load_only(*KEPT), joinedload(User.roles).load_only(Role.name, Role.permissions))
)


class SessionCookie(SecureCookieSessionInterface):
    """Flask's signed cookie, with a lifetime for each session, renewed only where it was looked at."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        value = request.cookies.get(self.get_cookie_name(app))
        signer = self.get_signing_serializer(app) if value else None
        if signer is None or not value:
            return self.session_class()
        try:
            found, made = signer.loads(value, max_age=int(REMEMBERED.total_seconds()), return_timestamp=True)
        except BadSignature:
            return self.session_class()
        if not found.get("remembered") and made.timestamp() + IDLE.total_seconds() < time.time():
            return self.session_class()
        return self.session_class(found)

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime | None:
        if not session.permanent:
            return None
        return datetime.now(UTC) + (REMEMBERED if session.get("remembered") else IDLE)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        renewed = session.permanent and session.accessed and not g.get("part_of_a_page", False)
        return session.modified or renewed


def part_of_a_page() -> None:
    """Said by a picture within a page: its answer may come late, and must not bring an older cookie back."""
    g.part_of_a_page = True


def sign_in(person: User, *, remembered: bool, by: str) -> None:
    """Make this browser the person's. What a guest's session held is dropped with its token."""
    session.clear()
    login_user(person, remember=False, authn_via=[by])
    session["remembered"] = remembered
    session.permanent = True


def sign_out() -> None:
    """Make this browser nobody's."""
    logout_user()
    session.clear()


def load_person(identifier: str) -> User | None:
    """Who a session belongs to, with their roles, in one query; only the columns that pages need."""
    return db.session.scalars(WHOSE, {"identifier": identifier}).unique().one_or_none()
