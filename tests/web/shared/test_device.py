"""A guest's work in a real browser: kept on the device, offered at sign-in, added, let go of."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, Cast
from tests.web.shared.conftest import Opened

pytestmark = pytest.mark.browser
FIRST, NEXT = "/courses/good-course/first-steps", "/courses/good-course/next-steps"
WORDS = "I would say sorry first."


def work_as_a_guest(page: Page) -> None:
    page.locator("#say-back label").first.click()
    page.locator("#say-back button").click()
    expect(page.locator("#say-back .feedback")).to_be_visible()
    page.goto(NEXT)
    page.get_by_label("Think of one call").fill(WORDS)
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.locator("#your-call [role=status]")).to_contain_text("Kept.")


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("amira@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_guest_finds_their_words_again_and_nothing_was_sent(opened: Opened) -> None:
    page = opened(FIRST)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data}"))
    work_as_a_guest(page)
    page.reload()
    expect(page.get_by_label("Think of one call")).to_have_value(WORDS)
    page.goto(FIRST)
    expect(page.locator("#say-back input[type=radio]").first).to_be_checked()
    assert not [one for one in sent if one.startswith("POST") or "sorry" in one]


def test_signing_in_asks_and_adding_makes_it_their_own(opened: Opened, cast: Cast) -> None:
    page = opened(FIRST)
    work_as_a_guest(page)
    sign_in(page)
    offer = page.get_by_role("complementary", name="Kept on this device")
    expect(offer).to_contain_text("Add the 2 activities done on this device?")
    offer.get_by_role("link").click()
    expect(page.get_by_role("listitem").filter(has_text="First steps")).to_be_visible()
    page.get_by_role("button", name="Add them to my record").click()
    expect(page.locator(".notice.good")).to_contain_text("2 activities have been added to your record.")
    expect(page.get_by_text("Nothing is kept here now.")).to_be_visible()
    page.goto(NEXT)
    expect(page.get_by_label("Think of one call")).to_have_value(WORDS)
    assert not page.get_by_role("complementary", name="Kept on this device").count()


def test_what_is_kept_can_be_removed_without_an_account(opened: Opened) -> None:
    page = opened(FIRST)
    work_as_a_guest(page)
    page.goto("/this-device")
    page.get_by_role("button", name="Remove them from this device").click()
    expect(page.get_by_text("Nothing is kept here now.")).to_be_visible()
    page.goto(NEXT)
    expect(page.get_by_label("Think of one call")).to_have_value("")


def test_without_a_connection_nothing_is_lost(opened: Opened, cast: Cast) -> None:
    page = opened(FIRST)
    work_as_a_guest(page)
    sign_in(page)
    page.goto("/this-device")
    page.context.set_offline(True)
    page.get_by_role("button", name="Add them to my record").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing could be added just now")
    page.context.set_offline(False)
    page.get_by_role("button", name="Add them to my record").click()
    expect(page.locator(".notice.good")).to_contain_text("2 activities")


def test_an_ended_session_adds_nothing_and_loses_nothing(opened: Opened, cast: Cast) -> None:
    page = opened(FIRST)
    work_as_a_guest(page)
    sign_in(page)
    page.goto("/this-device")
    page.context.clear_cookies()
    page.get_by_role("button", name="Add them to my record").click()
    page.wait_for_url("**/sign-in**")
    page.goto("/this-device")
    expect(page.get_by_role("listitem").filter(has_text="Next steps")).to_be_visible()


def test_words_that_are_too_long_stay_on_the_device(opened: Opened, cast: Cast) -> None:
    page = opened(NEXT)
    page.get_by_label("Think of one call").fill("x" * 4001)
    sign_in(page)
    page.goto("/this-device")
    page.get_by_role("button", name="Add them to my record").click()
    expect(page.get_by_text("One activity is on this device still")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Next steps")).to_be_visible()


def test_without_scripts_the_prompt_is_read_and_no_box_pretends_to_keep(opened: Opened) -> None:
    page = opened(NEXT, scripts=False)
    expect(page.get_by_text("Think of one call that went badly.").first).to_be_visible()
    expect(page.locator("#your-call textarea")).to_be_hidden()
    expect(page.get_by_role("link", name="Sign in to keep this")).to_be_visible()
