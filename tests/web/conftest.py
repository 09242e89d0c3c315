"""What tests of pages share."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.settings import Settings
from app.web.shared.context import db
from tests.conftest import TestClock
from tests.post_box import PostBox

MakeApp = Callable[..., Flask]


@pytest.fixture
def post_box(session: Session) -> PostBox:
    """The letters in the outbox."""
    return PostBox(session)


@pytest.fixture
def make_app(app: Flask, settings: Settings, clock: TestClock) -> Iterator[MakeApp]:
    """A second app on the same database with other settings, as if it had been started with them."""
    made: list[Flask] = []

    def make(**other: Any) -> Flask:
        another = create_app(replace(settings, **other), clock)
        another.testing = True
        made.append(another)
        return another

    yield make
    for another in made:
        with another.app_context():
            db.engine.dispose()
