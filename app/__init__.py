"""The only place that wires rooms, doors and error pages together."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import app.assessment.tables
import app.certification.tables
import app.kernel.daily
import app.learning.follow_up_tables
import app.learning.tables
import app.library.tables
import app.mail.tables
import app.people.tables  # noqa: F401  (the tables register themselves)
from app.delivering import delivery_loop
from app.kernel.clock import Clock, utc_now
from app.kernel.db import check_after_rest
from app.library.shelf import Shelf
from app.mail.delivery import wake_after_commit
from app.secrets import Secrets, read_secrets, signing_with
from app.settings import Settings
from app.web.accounts import init_accounts
from app.web.doors import DOORS
from app.web.public.guest_pages import register_guest_pages
from app.web.shared.access import guard, refuse_unlisted_routes
from app.web.shared.appearance import register_appearance
from app.web.shared.assets import register_assets
from app.web.shared.context import Running, db
from app.web.shared.error_pages import App, register_error_pages
from app.web.shared.frame import register_frame
from app.web.shared.large_requests import register_large_requests
from app.web.shared.requests import register_requests
from app.web.shared.templating import register_templates
from app.web.studio.draft_pages import register_draft_pages
from app.web.studio.source_address import SourceConverter

HERE = Path(__file__).parent
LARGEST_REQUEST = 1_000_000  # bytes; the longest honest form, a reflection, is under 20,000


def create_app(settings: Settings, clock: Clock = utc_now) -> Flask:
    """The app for these settings. Raises WrongSetting where a secret is missing."""
    app = App("app", static_folder=None, root_path=str(HERE))
    secrets = read_secrets(settings)
    app.config.from_mapping(_flask_settings(settings, secrets))
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    _templates(app)
    db.init_app(app)
    Migrate(app, db, directory=str(HERE.parent / "migrations"))
    _wire(app, settings, secrets, clock)
    _doors(app, settings)
    return app


def _wire(app: Flask, settings: Settings, secrets: Secrets, clock: Clock) -> None:
    shelf = Shelf()
    signing = signing_with(secrets, lambda session: shelf.site(session).issuer.name)
    with app.app_context():
        if not settings.embedded:
            check_after_rest(db.engine)
        loop = delivery_loop(db.engine, settings, shelf, signing, clock)
    wake_after_commit(db.session, loop)
    app.extensions["rung"] = Running(settings=settings, clock=clock, shelf=shelf, signing=signing, loop=loop)


def _flask_settings(settings: Settings, secrets: Secrets) -> dict[str, Any]:
    pool = {"pool_size": settings.threads + 2, "max_overflow": 2, "pool_use_lifo": True}
    return {
        "SECRET_KEY": secrets.session,
        "SECURITY_PASSWORD_SALT": secrets.password_salt,
        "SECURITY_TOTP_SECRETS": {"1": secrets.totp},
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": pool,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "MAX_FORM_PARTS": 1000,
        "PREFERRED_URL_SCHEME": settings.base_url.partition(":")[0],
        "COMPRESS_MIMETYPES": ["text/html", "text/plain", "text/css", "text/javascript"],
    }


def _templates(app: Flask) -> None:
    shared = HERE / "web" / "shared"
    register_templates(app, [shared / "templates", shared])
    register_appearance(app)
    register_frame(app)


def _doors(app: Flask, settings: Settings) -> None:
    # The order matters: an id for the log, what needs no identity, whether they may, then how much.
    register_requests(app, https=settings.base_url.startswith("https:"))
    register_assets(app)
    register_guest_pages(app)
    register_draft_pages(app)
    guard(app)
    register_large_requests(app)
    init_accounts(app, settings)
    register_error_pages(app)
    app.url_map.converters["source"] = SourceConverter
    for door in DOORS:
        app.register_blueprint(door)
    Compress(app)
    refuse_unlisted_routes(app)
