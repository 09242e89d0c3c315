"""`rung serve`: the lock, the secrets, the migrations, the shelf, then gunicorn with the mail loop inside."""

import fcntl
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import structlog
from flask import Flask
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication
from sqlalchemy.orm import Session

from app import create_app
from app.certification.signers import Signing
from app.kernel.clock import utc_now
from app.kernel.db import writing
from app.kernel.errors import Refusal
from app.library.syncing import publish_at_start
from app.logs import configure_logs
from app.people.accounts import has_admin, make_admin_link
from app.secrets import make_secrets
from app.settings import Settings
from app.variables import WrongSetting
from app.web.shared.context import db, running_in

log = structlog.get_logger("rung.serve")
PATIENCE = 4.0  # seconds: a worker whose parent was killed lets go of the lock within about one


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until stopped. Raises WrongSetting where this installation cannot start."""
    lock = take_lock(settings.data)
    app = prepare(settings, say)
    Server(app, settings, say).run()
    lock.close()


def take_lock(data: Path) -> IO[str]:
    """The lock of a data folder, held while the returned file is open. A second server on it is refused."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (data / "serve.lock").open("w")
    except OSError as error:
        raise WrongSetting(f"RUNG_DATA is {str(data)!r}, which cannot be written to ({error}).") from error
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if time.monotonic() > deadline:
                lock.close()
                raise WrongSetting(
                    f"Another server is using {data}. Stop it, or give this one its own RUNG_DATA."
                ) from error
            time.sleep(0.1)
        else:
            return lock


def prepare(settings: Settings, say: Callable[[str], None]) -> Flask:
    """The app, once secrets, tables and shelf are up to date, in that order. No connection is left open."""
    if settings.embedded and not settings.has_database:
        make_secrets(settings)
    app = create_app(settings)
    configure_logs(settings.log_format)
    with app.app_context():
        upgrade()
        configure_logs(settings.log_format)  # Alembic has its own idea of logging
        for sentence in publish_at_start(
            db.session, settings.sources, settings.data, loopback=settings.loopback, now=utc_now()
        ):
            say(sentence)
        note_certificate(db.session(), running_in(app).signing, utc_now())
        link = admin_link(settings.base_url)
        db.session.remove()
        db.engine.dispose()
    if link:
        say(f"There is no administrator yet. This link makes one, once, within 24 hours:\n  {link}")
    return app


def note_certificate(session: Session, signing: Signing, now: datetime) -> None:
    """Write down the certificate that PDFs are signed under from now on. One that has run out is logged."""
    try:
        signing.seal(session, now)
    except Refusal as refused:
        log.error("signing", problem=str(refused))


def admin_link(base_url: str) -> str | None:
    """A fresh one-time link that makes an administrator, or None once there is one."""
    with writing(db.session) as session:
        if has_admin(session):
            return None
        return f"{base_url}/welcome/{make_admin_link(session, now=utc_now())}"


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, told what to do by our settings alone."""

    def __init__(self, app: Flask, settings: Settings, say: Callable[[str], None]) -> None:
        self.app, self.settings, self.say = app, settings, say
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "worker_class": "gthread",
            "workers": self.settings.processes,
            "threads": self.settings.threads,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 15,
            "loglevel": "warning",
            "control_socket_disable": True,
            # RUNG_PROXIES alone says which proxy headers count. A visitor's SCRIPT_NAME never does.
            "forwarder_headers": "",
            "forwarded_allow_ips": "",
            "preload_app": True,  # made once, before the fork, while it holds no connection
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108  (a heartbeat file)
            "when_ready": self._announce,
            "post_worker_init": _start_loop,
            "worker_exit": _stop_loop,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def _announce(self, _arbiter: object) -> None:
        self.say(f"Rung is at {self.settings.base_url} (stop it with Ctrl-C).")


def _start_loop(worker: Any) -> None:
    running_in(worker.wsgi).loop.start()


def _stop_loop(_arbiter: object, worker: Any) -> None:
    running_in(worker.wsgi).loop.stop()
