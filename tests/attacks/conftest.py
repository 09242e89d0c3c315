"""What the attacks share."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.attacks.forms import Scene
from tests.cast import Cast
from tests.conftest import TestClock
from tests.page import Page
from tests.post_box import PostBox


@pytest.fixture
def post_box(session: Session) -> PostBox:
    return PostBox(session)


@pytest.fixture
def scene(app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock, post_box: PostBox) -> Scene:
    return Scene(app=app, page=page, cast=cast, session=session, clock=clock, post_box=post_box)
