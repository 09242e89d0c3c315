"""Forms from shapes in a browser: rows in place, Return saves, nothing typed is lost, scripts or not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.walkthroughs.conftest import Show

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_rows_are_added_moved_and_taken_out_and_what_was_typed_stays(show: Show, *, scripts: bool) -> None:
    page = show("studio-question", scripts=scripts)
    address = page.url
    stem, rows = page.get_by_label("Question", exact=True), page.locator(".shape-row")
    before = rows.count()
    stem.fill("Half a thought")
    page.get_by_role("button", name="Add a choice").click()
    expect(rows).to_have_count(before + 1)
    expect(stem).to_have_value("Half a thought")
    page.locator(f"[name='choices.{before}.text']").fill("The newest")
    rows.nth(before).get_by_role("button", name="Move up").click()
    expect(page.locator(f"[name='choices.{before - 1}.text']")).to_have_value("The newest")
    rows.nth(before - 1).get_by_role("button", name="Take out").click()
    expect(rows).to_have_count(before)
    expect(stem).to_have_value("Half a thought")
    assert page.url == address


def test_a_new_row_takes_the_focus(show: Show) -> None:
    page = show("studio-question")
    before = page.locator(".shape-row").count()
    page.get_by_role("button", name="Add a choice").click()
    expect(page.locator(f"[name='choices.{before}.text']")).to_be_focused()


def test_return_in_a_field_saves_and_does_not_move_a_row(show: Show) -> None:
    page = show("studio-settings")
    page.get_by_label("Minutes", exact=True).fill("")
    with page.expect_navigation():
        page.get_by_label("Minutes", exact=True).press("Enter")
    told(page, "Minutes is empty.")


def test_a_form_is_saved_once_however_often_its_button_is_pressed(show: Show) -> None:
    page = show("studio-block-new")
    page.get_by_label("Words for people who cannot see it", exact=True).fill("A hand")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method) if request.method == "POST" else None)
    page.get_by_role("button", name="Put it into the lesson").dblclick()
    told(page, re.compile("Picture: choose one"))
    assert asked == ["POST"]


def told(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator(".error-summary").get_by_text(words)).to_be_visible()
