"""Terms explained in the margin: beside their paragraph where there is room, above it where there is none."""

import io
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.measuring import AXE, WIDER
from tests.walkthroughs.site import Site
from tests.web.more import GOOD, publish_lesson

pytestmark = pytest.mark.browser

COURSE = "content/good-course/course.yml"
MEANINGS = {
    "promise": "What you say that you will do. People remember it for longer than you do, so write it down "
    "with its day, and tell them before that day if you cannot keep it.",
    "triage": "Deciding which call comes first.",
    "void": "A home that stands empty.",
    "disrepair": "Damage that the landlord has to mend.",
    "tenancy": "The agreement to rent.",
}
BODY = """A promise is short.

In triage, a void waits while disrepair does not.

/// practice
id: more-practice
question: say-back
///

## After it {#after-it}

A tenancy is explained right beneath a heading. It goes on for a line or two, so that a note has something to
stand beside.
"""

# Every note and every marked word with its place, and what a note may not lie over.
PLACES = """() => {
  const box = one => {
    const { top, bottom, left, right } = one.getBoundingClientRect();
    return { text: one.innerText, top, bottom, left, right };
  };
  const boxes = css => [...document.querySelectorAll(css)].map(box);
  return {
    notes: boxes("main .margin-note"), words: boxes("main dfn"), column: boxes("main")[0],
    rest: boxes("main :is(h1, h2, p, ul, .panel), .contents, .page ~ *"),
  };
}"""


@pytest.fixture(scope="session")
def lesson(site: Site) -> str:
    course = (GOOD / COURSE).read_text(encoding="utf-8")
    more = "".join(f"  - {{term: {term}, meaning: '{said}'}}\n" for term, said in MEANINGS.items())
    return publish_lesson(site.app, BODY, **{COURSE: (course + more).encode()})


def opened(new_context: NewContext, lesson: str, size: str = "", **how: Any) -> Page:
    page = new_context(**how).new_page()
    page.goto(lesson)
    page.evaluate("(size) => { document.documentElement.dataset.size = size; }", size)
    return page


def clash(one: dict[str, Any], other: dict[str, Any]) -> bool:
    across = one["left"] < other["right"] - 1 and other["left"] < one["right"] - 1
    return across and one["top"] < other["bottom"] - 1 and other["top"] < one["bottom"] - 1


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", ["", "larger"])
@pytest.mark.parametrize("width", [320, 390, 1025, 1280])
def test_notes_lie_over_nothing_and_nothing_scrolls_sideways(
    lesson: str, new_context: NewContext, width: int, size: str, scripts: bool
) -> None:
    page = opened(new_context, lesson, size, width=width, scripts=scripts)
    assert page.evaluate(WIDER) <= 0
    places = page.evaluate(PLACES)
    assert len(places["notes"]) == len(MEANINGS)
    for number, note in enumerate(places["notes"]):
        others = places["notes"][number + 1 :] + places["rest"]
        assert [other["text"] for other in others if clash(note, other)] == []


def test_on_a_wide_page_notes_stand_in_the_margin_beside_their_words(
    lesson: str, new_context: NewContext
) -> None:
    places = opened(new_context, lesson, width=1280).evaluate(PLACES)
    for note in places["notes"]:
        assert note["left"] >= places["column"]["right"]
    for first in (
        0,
        4,
    ):  # the first, and the one beneath a heading; what comes after a long note makes way for it
        assert abs(places["notes"][first]["top"] - places["words"][first]["top"]) < 24


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_a_note_stands_in_the_column_above_its_words(
    lesson: str, new_context: NewContext, width: int
) -> None:
    places = opened(new_context, lesson, width=width).evaluate(PLACES)
    for note, word in zip(places["notes"], places["words"], strict=True):
        assert places["column"]["left"] <= note["left"] < note["right"] <= places["column"]["right"]
        assert note["bottom"] <= word["top"]


def test_on_paper_a_note_stands_before_its_paragraph(lesson: str, new_context: NewContext) -> None:
    page = opened(new_context, lesson, width=1280)
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    words = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    document.close()
    notes = ["Triage. Deciding", "Void. A home", "Disrepair. Damage", "In triage, a void waits"]
    found = [words.index(note) for note in notes]
    assert found == sorted(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_notes_have_no_fault_that_a_machine_finds(
    lesson: str, new_context: NewContext, width: int, scheme: str
) -> None:
    page = opened(new_context, lesson, width=width, scheme=scheme)
    violations = Axe().run(page, options=AXE).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_screen_reader_is_told_the_meaning_with_the_term_and_meets_no_landmark(
    lesson: str, new_context: NewContext, width: int
) -> None:
    page = opened(new_context, lesson, width=width)
    assert page.get_by_role("note").count() == len(MEANINGS)
    assert page.locator("main").get_by_role("complementary").count() == 0
    for term in page.locator("main dfn").all():
        note = page.locator(f"#{term.get_attribute('aria-describedby')}")
        assert note.inner_text().lower().startswith(f"{term.inner_text().lower()}.")
