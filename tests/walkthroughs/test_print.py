"""On paper: the text without what only a screen needs, on A4, with the addresses that links lead to."""

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.walkthroughs.conftest import Show

pytestmark = pytest.mark.browser
A4 = (596, 843)  # points, as Chromium rounds 210 x 297 mm up


def printed(page: Page) -> tuple[str, list[tuple[int, int]]]:
    """What stands on the paper, and the size of each sheet in points."""
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", print_background=False)))
    words = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    sizes = [(round(sheet.get_width()), round(sheet.get_height())) for sheet in document]
    document.close()
    return words, sizes


def test_a_lesson_prints_its_text_and_where_its_links_lead(show: Show) -> None:
    words, sizes = printed(show("lesson-story-learner"))
    assert "silence looks like being ignored" in words
    assert "gov.uk/government/publications" in re.sub(r"\s", "", words)
    for of_the_screen in ("My CPD", "Colours", "Text size", "Skip to", "Done, continue", "Check my answer"):
        assert of_the_screen not in words
    assert set(sizes) == {A4}


def test_the_whole_course_prints_each_lesson_on_a_new_sheet_and_no_test(show: Show) -> None:
    page = show("whole-course")
    titles = [title.inner_text() for title in page.locator(".part > h2").all()]
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", print_background=False)))
    sheets = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    document.close()
    assert len(titles) > 1
    for title in titles:
        assert any(re.search(rf"^(Outcome \d.{{0,300}})?{title}", sheet) for sheet in sheets), title
    words = " ".join(sheets)
    assert "Law as at 1 April 2024, England" in words
    for of_the_screen in ("Sign in", "Colours", "Skip to", "Check my answer", "print command", "Back to the"):
        assert of_the_screen not in words


def test_paper_has_room_for_a_guests_own_words_and_says_what_to_choose_from(show: Show) -> None:
    page = show("whole-course", scripts=False)
    page.emulate_media(media="print")
    room = page.locator("[data-words]").first.evaluate("(one) => getComputedStyle(one, '::after').height")
    assert float(room.removesuffix("px")) > 60
    assert page.get_by_text("Tokenism; No feedback loop").is_visible()
    assert page.locator("[data-sign-in]").first.is_hidden()


def test_long_words_of_ones_own_are_printed_whole(show: Show) -> None:
    page = show("lesson-learner")
    page.locator("textarea").first.fill("One line of what I did.\n" * 60)
    page.emulate_media(media="print")
    shown = page.locator("textarea").first.evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")
    assert shown


def test_the_dark_scheme_is_not_printed(show: Show) -> None:
    page = show("lesson", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]; }"
    )
    ink, paper = (brightness(colour) for colour in colours)
    assert ink < 0.2
    assert paper > 0.9


def test_a_certificate_is_one_sheet_of_its_own(show: Show) -> None:
    words, sizes = printed(show("certificate"))
    assert "Amira Osei-Bonsu" in words
    assert "30 CPD minutes" in words
    for of_the_screen in ("Download the PDF", "Who can see your name", "My CPD", "Colours"):
        assert of_the_screen not in words
    assert sizes == [A4]


def brightness(colour: str) -> float:
    """0 for black, 1 for white; what lets everything through is the paper itself."""
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)]
    if len(parts) == 4 and parts[3] == 0:
        return 1.0
    scale = 1.0 if "color(" in colour or "oklch" in colour else 255.0
    return sum(parts[:3]) / 3 / scale
