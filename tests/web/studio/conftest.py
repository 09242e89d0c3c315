"""What the studio's tests share: an editor who is signed in."""

import pytest

from tests.cast import Cast
from tests.page import Page


@pytest.fixture
def edda(page: Page, cast: Cast) -> Page:
    return page.sign_in(cast.edda)
