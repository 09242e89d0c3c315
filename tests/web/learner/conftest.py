"""Somebody at the test."""

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import TestClock
from tests.page import Page
from tests.web.learner.taking import Taking, finish_lessons


@pytest.fixture
def taker(page: Page, cast: Cast, session: Session, clock: TestClock) -> Taking:
    """Amira, signed in, every lesson done, before the start of the test."""
    finish_lessons(session, cast.amira, clock)
    return Taking(page.sign_in(cast.amira))
