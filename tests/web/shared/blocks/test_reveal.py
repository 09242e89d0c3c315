"""A reveal on the lesson's page."""

from flask import Flask

from tests.cast import Cast
from tests.page import Page
from tests.web.more import publish_lesson

BLOCK = "/// reveal\nid: aside\nsummary: If you want to know more\ntext: Here is *more*.\n///\n"


def test_an_aside_is_folded_and_opens_without_scripts(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, BLOCK))
    details = next(one for one in page.elements("details") if one.get("id") == "aside")
    assert "open" not in details.attrib
    assert "".join(details.itertext()).split("\n") == ["If you want to know more", "Here is more.", ""]


def test_nothing_can_be_sent_to_an_aside(app: Flask, page: Page, cast: Cast) -> None:
    address = publish_lesson(app, BLOCK)
    page.sign_in(cast.amira).post(f"{address}/responses/aside", status=404)
