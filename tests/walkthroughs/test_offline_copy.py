"""The offline copy, opened from disk with neither a server nor a script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.walkthroughs.conftest import NewContext, Show

pytestmark = pytest.mark.browser


@pytest.fixture
def copy(show: Show, tmp_path: Path) -> Path:
    """The file as the course page gives it."""
    page = show("course")
    with page.expect_download() as download:
        page.get_by_text("Download an offline copy").click()
    assert download.value.suggested_filename == "co-production.html"
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def opened(copy: Path, new_context: NewContext) -> Page:
    page = new_context(width=320, scripts=False).new_page()
    page.context.set_offline(True)
    page.goto(copy.as_uri())
    return page


def test_a_choice_tells_its_reason_at_once_by_keyboard_alone(opened: Page) -> None:
    question = opened.locator("fieldset", has=opened.locator("input[type=radio]")).first
    assert question.locator(".reason:visible").count() == 0
    question.locator("input").first.focus()
    opened.keyboard.press("Space")
    first = question.locator(".reason:visible").inner_text()
    opened.keyboard.press("ArrowDown")
    second = question.locator(".reason:visible").inner_text()
    assert first != second
    assert second.startswith(("Yes.", "Not quite."))


def test_every_reason_can_be_opened(opened: Page) -> None:
    folded = opened.locator("details", has_text="Show all the reasons")
    for number in range(folded.count()):
        folded.nth(number).locator("summary").press("Enter")
        assert folded.nth(number).locator("li").first.is_visible()


def test_it_asks_for_nothing_and_fits_the_narrowest_phone(copy: Path, new_context: NewContext) -> None:
    page, asked = new_context(width=320, scheme="dark").new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(copy.as_uri())
    assert asked == [copy.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 20, 17)"
    page.get_by_role("link", name="What it is").click()
    assert page.url.endswith("#what-it-is--top")
