"""How the components look and fit, measured in a real browser on the pattern page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from app.web.shared.appearance import SIZES
from tests.cast import Cast
from tests.web.shared.conftest import Opened

pytestmark = pytest.mark.browser
PATTERNS = "/studio/patterns"
RULES = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}
# WCAG 2.2, 1.4.12: nothing may be lost when a reader sets these.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .map((part) => part.closest('label') ?? part)
  .filter((part) => getComputedStyle(part).display !== 'inline' && part.getClientRects().length)
  .filter((part) => !part.matches('.hidden') && part.getBoundingClientRect().height < 44)
  .map((part) => part.outerHTML.slice(0, 80))"""
ADD = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet] }"""
LINES = """(paragraph) => {
  const range = document.createRange(), lines = {};
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (let place = 0; place < walker.currentNode.length; place++) {
    range.setStart(walker.currentNode, place); range.setEnd(walker.currentNode, place + 1);
    const line = Math.round(range.getBoundingClientRect().bottom / 10);
    lines[line] = (lines[line] ?? 0) + 1;
  }
  return Math.max(...Object.values(lines)) }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_component_breaks_a_rule_of_accessibility(opened: Opened, cast: Cast, scheme: str) -> None:
    page = opened(PATTERNS, person=cast.edda, scheme=scheme)
    broken = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in broken] == []


def test_nothing_is_wider_than_a_small_phone_however_large_or_spaced(opened: Opened, cast: Cast) -> None:
    page = opened(PATTERNS, width=320, height=256, person=cast.edda)
    wider = []
    for spacing in ("", SPACING):
        add_sheet(page, spacing)
        for size in SIZES:
            page.evaluate(f"document.documentElement.dataset.size = '{size}'")
            wider += [(size, spacing)] if page.evaluate(WIDER) else []
    assert wider == []


@pytest.mark.parametrize("width", [390, 1280])
def test_whatever_is_pressed_is_44_pixels_high(opened: Opened, cast: Cast, width: int) -> None:
    page = opened(PATTERNS, width=width, person=cast.edda)
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize(("width", "least"), [(1280, 19), (390, 18)])
def test_what_is_read_is_set_large_enough(opened: Opened, cast: Cast, width: int, least: float) -> None:
    page = opened(PATTERNS, width=width, person=cast.edda)
    sizes = page.locator("main .flow > p").first.evaluate(
        "(p) => [getComputedStyle(p).fontSize, getComputedStyle(p).lineHeight].map(parseFloat)"
    )
    assert sizes[0] >= least
    assert sizes[1] / sizes[0] == pytest.approx(1.5)


def test_a_full_line_has_60_to_75_characters(opened: Opened, cast: Cast) -> None:
    page = opened(PATTERNS, person=cast.edda)
    assert 60 <= page.locator("main .flow > p", has_text="Most of what makes").evaluate(LINES) <= 75


def test_focus_is_a_ring_of_three_pixels(opened: Opened, cast: Cast) -> None:
    page = opened(PATTERNS, person=cast.edda)
    for _ in range(4):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outline")
        assert "3px" in ring
        assert "solid" in ring


def test_no_colour_change_is_drawn_out_for_who_asked_for_less_motion(opened: Opened, cast: Cast) -> None:
    page = opened(PATTERNS, person=cast.edda)
    page.emulate_media(reduced_motion="reduce")
    lasts = page.locator(".button").first.evaluate("(button) => getComputedStyle(button).transitionDuration")
    assert set(lasts.split(", ")) == {"0s"}


def test_paper_is_light_and_carries_no_frame_whatever_the_screen_shows(opened: Opened, cast: Cast) -> None:
    page = opened(PATTERNS, person=cast.edda, scheme="dark")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 26, 22)"
    for part in (".bar", ".foot", ".contents", ".button", ".turn"):
        assert not page.locator(part).first.is_visible()
    address = page.locator("main p a").first.evaluate("(link) => getComputedStyle(link, '::after').content")
    assert "/studio/patterns" in address


def add_sheet(page: Page, sheet: str) -> None:
    """As a reader's own browser would, past the page's policy."""
    page.evaluate(ADD, sheet)
