"""What the scripts add in a real browser, and that each thing works as well without them."""

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.web.shared.conftest import Opened

pytestmark = pytest.mark.browser
FORM = "/register"
LESSON = "/courses/good-course/first-steps"
ASKED = '[data-behaviour~="in-place"]'


def test_colours_change_at_once_and_the_next_page_remembers(opened: Opened) -> None:
    page = opened(FORM)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    with page.expect_request("**/appearance"):
        page.get_by_role("button", name="Dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="As my device")).to_have_attribute("aria-pressed", "false")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_colours_change_without_scripts_and_the_page_stays_where_it_was(opened: Opened) -> None:
    page = opened(FORM, scripts=False)
    page.get_by_role("button", name="Larger").click()
    page.get_by_role("button", name="Dark").click()
    assert page.url.endswith(f"{FORM}#appearance")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-size", "larger")


def test_a_form_with_mistakes_puts_the_reader_at_the_summary(opened: Opened) -> None:
    page = opened(FORM)
    page.locator("main form button").first.click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    first = summary.get_by_role("link").first
    field = page.locator(f"[id='{(first.get_attribute('href') or '').removeprefix('#')}']")
    first.click()
    expect(field).to_be_focused()


def test_contents_are_open_beside_the_text_and_folded_on_a_phone(opened: Opened, cast: Cast) -> None:
    wide = opened("/studio/patterns", person=cast.edda)
    expect(wide.locator(".contents .ladder")).to_be_visible()
    expect(wide.locator(".contents summary")).to_be_hidden()
    phone = opened("/studio/patterns", width=390, person=cast.edda)
    expect(phone.locator(".contents .ladder")).to_be_hidden()
    phone.locator(".contents summary").click()
    expect(phone.locator(".contents .ladder")).to_be_visible()


def test_contents_need_no_script(opened: Opened, cast: Cast) -> None:
    wide = opened("/studio/patterns", person=cast.edda, scripts=False)
    expect(wide.locator(".contents .ladder a").first).to_be_visible()
    phone = opened("/studio/patterns", width=390, person=cast.edda, scripts=False)
    phone.locator(".contents summary").click()
    expect(phone.locator(".contents .ladder")).to_be_visible()


def test_practice_is_answered_without_leaving_the_page_and_is_announced(opened: Opened) -> None:
    page = opened(LESSON)
    page.evaluate("window.stayed = true")
    page.locator(f"{ASKED} label").first.click()
    page.locator(f"{ASKED} button").click()
    feedback = page.locator(f"{ASKED} .feedback")
    expect(feedback).to_be_visible()
    said = " ".join(feedback.inner_text().split())
    assert " ".join(page.locator("body > [role=status]").inner_text().split()) == said
    assert page.evaluate("window.stayed")
    page.reload()
    expect(page.locator(f"{ASKED} .feedback")).to_be_visible()


def test_an_answer_that_was_asked_ahead_is_shown_without_waiting(opened: Opened) -> None:
    page = opened(LESSON)
    with page.expect_response("**practice=*"):
        page.locator(f"{ASKED} label").first.click()
    page.context.set_offline(True)
    page.locator(f"{ASKED} button").click()
    expect(page.locator(f"{ASKED} .feedback")).to_be_visible(timeout=100)


def test_practice_without_a_connection_says_so_and_keeps_the_answer(opened: Opened) -> None:
    page = opened(LESSON)
    page.context.set_offline(True)
    page.locator(f"{ASKED} label").first.click()
    page.locator(f"{ASKED} button").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no connection just now")
    expect(page.locator(f"{ASKED} input:checked")).to_have_count(1)
    page.context.set_offline(False)
    page.locator(f"{ASKED} button").click()
    expect(page.locator(f"{ASKED} .feedback")).to_be_visible()


def test_practice_works_without_scripts(opened: Opened) -> None:
    page = opened(LESSON, scripts=False)
    page.locator(f"{ASKED} label").first.click()
    page.locator(f"{ASKED} button").click()
    expect(page.locator(f"{ASKED} .feedback")).to_be_visible()


def test_a_learner_s_answer_is_saved_without_leaving_the_page(opened: Opened, cast: Cast) -> None:
    page = opened(LESSON, person=cast.amira)
    page.evaluate("window.stayed = true")
    page.locator(f"{ASKED} label").last.click()
    page.locator(f"{ASKED} button").click()
    expect(page.locator(f"{ASKED} .feedback")).to_be_visible()
    expect(page.locator(f"{ASKED} button")).to_be_focused()
    assert page.evaluate("window.stayed")
    page.goto(LESSON)
    expect(page.locator(f"{ASKED} input:checked")).to_have_count(1)


def test_a_form_that_must_be_sent_once_is_sent_once_on_a_double_press(opened: Opened) -> None:
    page = opened(FORM)
    page.evaluate("document.querySelector('main form').dataset.behaviour = 'once'")
    sent: list[str] = []
    page.route(f"**{FORM}**", lambda route: sent.append(route.request.method))  # an answer that never comes
    twice = "(button) => { button.click(); setTimeout(() => button.click(), 100); }"
    page.locator("main form button").first.evaluate(twice)
    page.wait_for_timeout(400)
    assert sent == ["POST"]
