"""Wires accounts: Flask-Security for people and passwords, sessions, tokens on forms, limits, known hosts.

The pages are our own: Flask-Security's views read, hash and write in one transaction.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_limiter.errors import RateLimitExceeded
from flask_security import Security, SQLAlchemyUserDatastore

from app.people.tables import Role, User
from app.settings import Settings
from app.web.shared.context import db
from app.web.shared.limits import limiter, refuse
from app.web.shared.passwords import ARGON2, prepare_hashing
from app.web.shared.sessions import SessionCookie, load_person
from app.web.tokens import init_tokens

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def init_accounts(app: Flask, settings: Settings) -> None:
    """Called after the access guard is set, so that who may not come here is turned away first."""
    app.config.from_mapping(_config(settings))
    app.session_interface = SessionCookie()
    security = Security(app, SQLAlchemyUserDatastore(db, User, Role), register_blueprint=False)
    _load_people_only_when_asked(app, security)
    prepare_hashing(app)
    init_tokens(app)
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, refuse)


def _config(settings: Settings) -> dict[str, Any]:
    https = settings.base_url.startswith("https:")
    host = urlsplit(settings.base_url).hostname or ""
    return {
        "TRUSTED_HOSTS": [f"[{host}]" if ":" in host else host, *LOOPBACK],
        # A browser takes a __Host- cookie from https alone, for this host alone.
        "SESSION_COOKIE_NAME": "__Host-rung" if https else "rung",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Tied to the network address, a session would end whenever a phone leaves the wireless network.
        "SESSION_PROTECTION": None,
        # A form may stay open overnight, and some browsers drop the Referer that the strict check wants.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": ARGON2,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "RATELIMIT_HEADERS_ENABLED": False,
    }


def _load_people_only_when_asked(app: Flask, security: Security) -> None:
    # As they come, the libraries look up the person for every request and template, static files too, and
    # touch the session, so that every page varies by cookie. Here `person()` asks, and nobody else does.
    login = security.login_manager
    login.user_loader(load_person)
    login.request_loader(None)
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.after_request_funcs[None].remove(login._update_remember_cookie)
    processors = app.template_context_processors[None]
    processors[:] = [one for one in processors if one.__module__ != "flask_login.utils"]
