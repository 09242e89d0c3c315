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
    words, sizes = printed(show("lesson-learner"))
    assert "Tokenism" in words
    assert "gov.uk/government/publications" in re.sub(r"\s", "", words)
    for of_the_screen in ("My CPD", "Colours", "Text size", "Skip to", "Done, continue", "Check my answer"):
        assert of_the_screen not in words
    assert set(sizes) == {A4}


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
    assert "10 CPD minutes" in words
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
