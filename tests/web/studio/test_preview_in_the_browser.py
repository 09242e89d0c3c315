"""The preview's frame in a real browser: it is shown there, in its colours, with and without scripts."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.library.drafts import LESSON, good_files, save_text
from tests.web.shared.conftest import Opened, opened, site

__all__ = ["opened", "site"]
pytestmark = pytest.mark.browser

PREVIEW = "/studio/courses/good-course/preview"
WORDS = "I would say sorry first."


def begun(opened: Opened, cast: Cast, session: Session, how: str = "", *, scripts: bool = True) -> Page:
    save_text(session, LESSON, good_files()[LESSON].replace(b"Most calls begin", b"Many calls begin"))
    page = opened(f"{PREVIEW}{how}", person=cast.edda, scripts=scripts)
    page.get_by_role("button", name="Look at the draft").click()
    return page


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_chosen_look_goes_along_within_the_frame(
    opened: Opened, cast: Cast, session: Session, scripts: bool
) -> None:
    page = begun(opened, cast, session, "?look=dark", scripts=scripts)
    frame = frame_of(page)
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    frame.get_by_role("link", name="Start", exact=True).click()
    expect(frame.get_by_text("Many calls begin")).to_be_visible()
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    frame.locator("#say-back label").first.click()
    frame.locator("#say-back button").click()
    expect(frame.locator("#say-back .feedback")).to_be_visible()
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    assert not [one for one in page.context.cookies() if one["name"] == "appearance"]


def test_the_frame_without_scripts_runs_none_and_still_follows_links(
    opened: Opened, cast: Cast, session: Session
) -> None:
    page = begun(opened, cast, session, "?page=next-steps&scripts=none")
    frame = frame_of(page)
    expect(frame.get_by_role("button", name="Keep on this device")).to_be_hidden()
    frame.get_by_role("link", name="First steps").first.click()
    expect(frame.get_by_text("Many calls begin")).to_be_visible()
    frame.get_by_role("button", name="Stop looking").click()
    expect(page.get_by_role("button", name="Look at the draft")).to_be_visible()


def test_what_is_tried_in_a_draft_stays_off_the_device(opened: Opened, cast: Cast, session: Session) -> None:
    page = begun(opened, cast, session)
    page.goto("/courses/good-course/next-steps")
    page.get_by_label("Think of one call").fill(WORDS)
    page.get_by_role("button", name="Keep on this device").click()
    page.goto("/courses/good-course/first-steps")
    page.locator("#say-back label").first.click()
    page.locator("#say-back button").click()
    expect(page.locator("#say-back .feedback")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0
