"""A project placed on a ladder: by pointing, by the keyboard alone, and without scripts."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.gallery import Belongings, sign_in
from tests.walkthroughs.hands import Hands, Keyboard, Pointer
from tests.walkthroughs.measuring import AXE, WIDER
from tests.walkthroughs.site import Site
from tests.web.ladders import LADDER, PLACEMENT
from tests.web.more import publish_lesson

pytestmark = pytest.mark.browser

RUNG = "answer-own-project-rung"
EVIDENCE = "What could somebody see or read that shows it stands there?"
CHANGE = "What one change would move it up?"
STANDING = "You placed it on rung 4, Consultation (Tokenism). The next rung up is Placation:"
WAYS: dict[str, tuple[Callable[[Page], Hands], bool]] = {
    "script": (Pointer, True),
    "no script": (Pointer, False),
    "keyboard": (Keyboard, True),
}


@pytest.fixture(scope="session")
def lesson(site: Site) -> str:
    return publish_lesson(site.app, LADDER + "\n" + PLACEMENT)


@pytest.mark.parametrize("way", WAYS)
def test_a_project_is_placed_and_moved_and_taken_off_again(
    site: Site, belongings: Belongings, lesson: str, new_context: NewContext, way: str
) -> None:
    hand, scripts = WAYS[way]
    page = opened(site, new_context, lesson, scripts=scripts)
    hands, panel = hand(page), page.locator("#own-project")
    hands.choose({RUNG: ["consultation"]})
    hands.type(EVIDENCE, "The survey results.")
    hands.type(CHANGE, "Residents choose what happens next.")
    hands.check_answer(panel)
    expect(panel.locator(".feedback")).to_contain_text(STANDING)
    expect(panel.locator("[data-saved]")).to_contain_text("Only you can see it.")
    page.reload()
    expect(page.get_by_label(CHANGE, exact=True)).to_have_value("Residents choose what happens next.")
    hands.choose({RUNG: ["citizen-control"]})
    hands.check_answer(panel)
    expect(panel.locator(".feedback")).to_contain_text("It is the top rung.")
    hands.choose({RUNG: [""]})
    for question in (EVIDENCE, CHANGE):
        hands.type(question, "")
        page.keyboard.press("Backspace")  # by the keyboard, typing nothing leaves all of it selected
    hands.check_answer(panel)
    expect(panel.locator("[data-saved]")).to_have_count(0)
    expect(panel.locator(".feedback")).to_have_count(0)


def test_where_it_stands_is_announced_and_the_focus_stays(
    site: Site, belongings: Belongings, lesson: str, new_context: NewContext
) -> None:
    page = opened(site, new_context, lesson)
    placed(page)
    expect(page.locator("p[role=status]")).to_contain_text(STANDING)
    expect(page.locator("#own-project button")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_ladder_and_placement_have_no_fault_that_a_machine_finds(
    site: Site, belongings: Belongings, lesson: str, new_context: NewContext, width: int, scheme: str
) -> None:
    page = opened(site, new_context, lesson, width=width, scheme=scheme)
    placed(page)
    page.evaluate("() => { document.documentElement.dataset.size = 'larger'; }")
    violations = Axe().run(page, options=AXE).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []
    assert page.evaluate(WIDER) <= 0


def test_each_number_stands_on_its_rung_between_the_rails(
    site: Site, belongings: Belongings, lesson: str, new_context: NewContext
) -> None:
    page = opened(site, new_context, lesson, width=320)
    rails = page.locator(".rails line").evaluate_all(
        "found => found.map(one => one.getBoundingClientRect().x)"
    )
    tops = []
    for rung in page.locator(".rung").all():
        number, step = (rung.locator(part).bounding_box() for part in (".rung-number", ".step line"))
        assert number is not None
        assert step is not None
        assert rails[0] <= number["x"] + number["width"] / 2 <= rails[1]
        assert number["y"] < step["y"] <= number["y"] + number["height"] + 4
        tops.append(step["y"])
    assert len(tops) == 8
    assert tops == sorted(tops)


def test_a_guest_without_scripts_reads_what_is_asked(
    site: Site, lesson: str, new_context: NewContext
) -> None:
    page = new_context(scripts=False).new_page()
    page.goto(lesson)
    panel = page.locator("#own-project")
    expect(panel.get_by_text(CHANGE).first).to_be_visible()
    expect(panel.get_by_role("link", name="Sign in to keep this")).to_be_visible()
    expect(panel.get_by_role("button")).to_have_count(0)


def opened(site: Site, new_context: NewContext, lesson: str, **how: object) -> Page:
    context = new_context(reduced_motion="reduce", **how)
    sign_in(site, context, "finn")
    page = context.new_page()
    page.goto(lesson)
    return page


def placed(page: Page) -> None:
    """Place the project and wait for the answer, also where the same was placed before."""
    hands = Pointer(page)
    hands.choose({RUNG: ["consultation"]})
    hands.check_answer(page.locator("#own-project"))
    expect(page.locator("#own-project .feedback")).to_contain_text(STANDING)
    expect(page.locator("#own-project [aria-busy=true]")).to_have_count(0)
