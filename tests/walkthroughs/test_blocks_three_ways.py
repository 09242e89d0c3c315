"""The blocks of the shipped course, each by pointing, without scripts and by the keyboard alone.

A story is walked in tests/web/shared/blocks, a placement beside this, a guest's device in tests/web/shared.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.gallery import Belongings, sign_in
from tests.walkthroughs.hands import Hands, Keyboard, Pointer
from tests.walkthroughs.journey import COURSE
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser

WAYS: dict[str, tuple[Callable[[Page], Hands], bool]] = {
    "script": (Pointer, True),
    "no script": (Pointer, False),
    "keyboard": (Keyboard, True),
}
Opened = Callable[[str], tuple[Page, Hands]]
MINE = "A reply by phone, for those who asked for one."


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def opened(site: Site, belongings: Belongings, new_context: NewContext, way: str) -> Opened:
    """A lesson before somebody who has an account of their own, on a phone."""
    hand, scripts = WAYS[way]

    def open_lesson(lesson: str) -> tuple[Page, Hands]:
        context = new_context(width=390, scripts=scripts, reduced_motion="reduce")
        sign_in(site, context, "gwen")
        page = context.new_page()
        page.goto(f"/courses/{COURSE}/{lesson}")
        return page, hand(page)

    return open_lesson


def settled(panel: Locator) -> None:
    """The panel is swapped once the server has answered: what stood there before says nothing."""
    expect(panel.page.locator("[aria-busy=true]")).to_have_count(0)


def saved(panel: Locator) -> None:
    settled(panel)
    expect(panel.locator("[data-saved]")).to_contain_text("Only you can see it.")


def test_a_checklist_is_ticked_added_to_kept_and_printed(opened: Opened) -> None:
    page, hands = opened("before-you-invite")
    panel = page.locator("#first-meeting")
    hands.choose({"answer-first-meeting": ["purpose", "expenses"]})
    hands.type("A line of your own", MINE)
    hands.check_answer(panel)
    saved(panel)
    hands.follow("Print this list")
    expect(page.locator(".paper-list .ticked")).to_have_count(2)
    expect(page.locator(".paper-list")).to_contain_text(MINE)


def test_a_plan_becomes_a_sentence_with_a_file_for_the_calendar(opened: Opened) -> None:
    page, hands = opened("your-next-step")
    panel = page.locator("#first-step")
    hands.type("When", "the next survey is drafted")
    hands.type("I will", "ask two residents to write it with me")
    hands.type("and tell", "my team")
    hands.check_answer(panel)
    saved(panel)
    said = "When the next survey is drafted, I will ask two residents to write it with me, and tell my team."
    expect(panel.locator(".feedback")).to_contain_text(said)
    with page.expect_download() as download:
        panel.get_by_role("link", name="Put it in your calendar").press("Enter")
    assert download.value.suggested_filename == "plan.ics"
    assert b"SUMMARY:ask two residents to write it with me" in download.value.path().read_bytes()


def test_a_reflection_is_kept_and_given_back(opened: Opened) -> None:
    page, hands = opened("your-next-step")
    panel = page.locator("#one-point")
    label = panel.locator("label").first.inner_text()
    hands.type(label, "Ask who is missing.")
    hands.check_answer(panel)
    saved(panel)
    page.reload()
    expect(panel.locator("textarea")).to_have_value("Ask who is missing.")


def test_reading_is_chosen_by_need_and_time(opened: Opened) -> None:
    page, hands = opened("your-next-step")
    panel = page.locator("#find-reading")
    everything = panel.locator(".readings a").count()
    hands.choose({"answer-find-reading-need": ["2"], "answer-find-reading-time": ["60"]})
    hands.check_answer(panel)
    settled(panel)
    expect(panel.locator(".chosen")).to_contain_text("fit")
    assert 0 < panel.locator(".readings a").count() < everything


def test_practice_of_every_kind_is_answered_with_reasons(site: Site, opened: Opened) -> None:
    for lesson, block in (
        ("what-it-is", "which-principle"),
        ("before-you-invite", "one-hour"),
        ("in-the-room", "hard-words"),
        ("what-goes-wrong", "ten-lines"),
        ("the-ladder", "four-cases"),
    ):
        page, hands = opened(lesson)
        right, _ = site.practice(COURSE, block)
        hands.choose(right)
        hands.check_answer(page.locator(f"#{block}"))
        settled(page.locator(f"#{block}"))
        expect(page.locator(f"#{block} .feedback")).to_contain_text("Yes.")


def test_an_aside_opens(opened: Opened, way: str) -> None:
    page, _ = opened("putting-it-right")
    aside = page.locator("#voucher-story")
    text = aside.get_by_text("Word spread", exact=False)
    expect(text).to_be_hidden()
    if way == "keyboard":
        aside.locator("summary").press("Enter")
    else:
        aside.locator("summary").click()
    expect(text).to_be_visible()


def test_the_ladder_and_a_quotation_are_plain_text_in_their_order(opened: Opened) -> None:
    page, _ = opened("the-ladder")
    words = page.locator("#arnstein").inner_text()
    assert words.index("Citizen control") < words.index("Placation") < words.index("Manipulation")
    expect(page.locator("#spinach blockquote")).to_contain_text("eating spinach")
