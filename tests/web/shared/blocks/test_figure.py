"""A figure on the lesson's page."""

from hashlib import sha256

from flask import Flask

from tests.page import Page
from tests.web.more import GOOD, publish_lesson

BLOCK = """/// figure
id: a-note
image: images/note.png
alt: A hand writing a note
caption: Write it down.
credit: Drawn for this course.
///
"""
PICTURE = (GOOD / "content/good-course/images/note.png").read_bytes()


def test_a_picture_is_shown_by_hash_with_its_words_caption_and_credit(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, BLOCK))
    [picture] = page.elements("img")
    assert picture.get("src") == f"/images/{sha256(PICTURE).hexdigest()}"
    assert (picture.get("alt"), picture.get("loading")) == ("A hand writing a note", "lazy")
    assert (picture.get("width"), picture.get("height")) == ("320", "180")
    assert page.text("figure") == "Write it down. Drawn for this course."
    page.get(str(picture.get("src")))


def test_a_picture_may_go_without_a_caption(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, BLOCK.partition("caption")[0] + "///\n"))
    assert page.elements("figcaption") == []
