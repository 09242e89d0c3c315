"""A real app on a real database for every test that asks for one; only the clock and the seed are ours.

RUNG_TEST_DATABASE=postgresql runs the same tests on PostgreSQL. Each test begins with a fresh copy of a
migrated database in which the good course of tests/authored is published.
"""

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from app.library.tables import Revision
from app.secrets import FILES, VARIABLES, make_secrets
from app.settings import Settings, read_settings
from app.web.public.guest_pages import MOST_PAGES
from app.web.shared.context import db, running_in
from app.web.shared.kept_pages import KeptPages
from tests.cast import Cast, make_cast
from tests.databases import LONG_AGO, TestDatabase, open_database
from tests.page import Page
from tests.walkthroughs.browsing import MISSING, find_chromium, open_browser

HERE = Path(__file__).parent
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture(autouse=True)
def logs_of_one_test() -> Iterator[None]:
    """What a command or a start sets up for its logs ends with its test, as its stream does."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers = [handler for handler in root.handlers if handler in handlers]
    root.setLevel(level)


@pytest.fixture(scope="session")
def clock_of_the_run() -> TestClock:
    return TestClock()


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestDatabase]:
    kind = os.environ.get("RUNG_TEST_DATABASE", "sqlite")
    with open_database(kind, tmp_path_factory.mktemp("database")) as opened:
        yield opened


@pytest.fixture(scope="session")
def settings(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("data")
    make_secrets(read_settings({"RUNG_DATA": str(folder)}))
    secrets = {
        f"{variable}_FILE": str(folder / "secrets" / FILES[name]) for name, variable in VARIABLES.items()
    }
    return read_settings(
        {
            "RUNG_DATA": str(folder),
            "RUNG_DATABASE_URL": database.url,
            "RUNG_SOURCES": str(HERE / "authored" / "good"),
            "RUNG_BASE_URL": "http://localhost",
            **secrets,
        }
    )


@pytest.fixture(scope="session")
def app_of_the_run(settings: Settings, database: TestDatabase, clock_of_the_run: TestClock) -> Flask:
    app = create_app(settings, clock_of_the_run)
    app.testing = True
    with app.app_context():
        database.keep_template(db.engine, settings)
    return app


@pytest.fixture
def clock(clock_of_the_run: TestClock) -> TestClock:
    clock_of_the_run.now = NOON
    return clock_of_the_run


@pytest.fixture
def app(app_of_the_run: Flask, database: TestDatabase, clock: TestClock) -> Iterator[Flask]:
    """The app on a fresh database."""
    with app_of_the_run.app_context():
        engine = db.engine
        engine.dispose()
        database.renew()
        running_in(app_of_the_run).shelf.site(db.session())  # as after the first page of a process
        db.session.remove()
    for limiter in app_of_the_run.extensions.get("limiter", ()):
        limiter.reset()
    yield app_of_the_run
    forget_what_was_published(app_of_the_run)
    engine.dispose()


def forget_what_was_published(app: Flask) -> None:
    """The next test's revisions may have the same ids and other words, which happens in tests alone."""
    with app.app_context():
        for revision_id in db.session.scalars(select(Revision.id).where(Revision.made_at > LONG_AGO)):
            running_in(app).shelf.forget(revision_id)
        db.session.remove()
    app.extensions["guest_pages"] = KeptPages(MOST_PAGES)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own on the same database, as a second process would have."""
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def cast(app: Flask, session: Session, clock: TestClock) -> Cast:
    """Amira and Ben learn, Edda edits, Malik manages, Ada administers."""
    with app.app_context():
        return make_cast(session, clock.now)


@pytest.fixture
def page(app: Flask) -> Page:
    """A visitor without cookies. `page.sign_in(cast.amira)` makes it somebody's."""
    return Page(app)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of the run. Without one its tests are skipped, and in the gate they fail."""
    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    with open_browser(path) as opened:
        yield opened
