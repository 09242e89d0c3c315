"""A scenario in a real browser: with scripts, without them, and by the keyboard alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.catalogue.blocks.test_scenario import GOOD
from tests.web.more import ADDRESS, publish_lesson
from tests.web.shared.conftest import Opened

pytestmark = pytest.mark.browser


@pytest.fixture
def story(app: Flask) -> str:
    return publish_lesson(app, f"/// scenario\n{GOOD}///\n")


def decide(page: Page, words: str) -> None:
    page.locator("#story label").filter(has_text=words).click()
    page.get_by_role("button", name="Decide").click()


def test_with_scripts_the_page_stays_and_the_consequence_has_the_focus(opened: Opened, story: str) -> None:
    page = opened(story)
    page.evaluate("window.stayed = true")
    decide(page, "This")
    newest = page.locator("#story [data-focus]")
    expect(newest).to_contain_text("It goes well enough.")
    expect(newest).to_be_focused()
    expect(page.locator("body > [role=status]")).to_contain_text("It goes well enough.")
    decide(page, "That")
    expect(newest).to_contain_text("Good.")
    decide(page, "This")
    expect(page.get_by_text("It is over.")).to_be_visible()
    assert page.evaluate("window.stayed")
    page.get_by_role("link", name="Try another path").click()
    expect(page.locator("#story .feedback")).to_have_count(0)


def test_without_scripts_each_decision_is_one_page(opened: Opened, story: str) -> None:
    page = opened(story, scripts=False)
    decide(page, "That")
    expect(page.get_by_text("It goes badly.")).to_be_visible()
    decide(page, "This")
    expect(page.get_by_text("It is over.")).to_be_visible()


def test_by_keyboard_a_learner_decides_and_begins_again(opened: Opened, cast: Cast, story: str) -> None:
    page = opened(story, person=cast.amira)
    for _ in range(2):
        page.locator("#story input[type=radio]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#story [data-focus]")).to_be_focused()
    expect(page.get_by_text("It is over.")).to_be_visible()
    again = page.get_by_role("button", name="Try another path")
    again.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#story .feedback")).to_have_count(0)
    page.goto(ADDRESS)
    expect(page.locator("#story .feedback")).to_have_count(0)
