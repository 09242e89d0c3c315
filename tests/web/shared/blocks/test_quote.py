"""A quote on the lesson's page."""

from flask import Flask

from tests.page import Page
from tests.web.more import publish_lesson

BLOCK = """/// quote
id: said
text: |
  We stopped <b>asking</b>.

  We went.
who: A tenant
source: Annual report
url: https://example.org/report
///
"""


def test_the_words_are_quoted_as_typed_with_who_and_where(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, BLOCK))
    [quoted] = page.elements("blockquote")
    assert ["".join(one.itertext()) for one in quoted] == ["We stopped <b>asking</b>.", "We went."]
    assert quoted.get("cite") == "https://example.org/report"
    assert page.text("quote").endswith("A tenant, Annual report")
    assert page.links()["Annual report"] == "https://example.org/report"


def test_without_a_source_the_name_leads_there(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, BLOCK.replace("source: Annual report\n", "")))
    assert page.links()["A tenant"] == "https://example.org/report"


def test_without_an_address_nothing_is_a_link(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, BLOCK.replace("url: https://example.org/report\n", "")))
    [quoted] = page.elements("blockquote")
    assert "cite" not in quoted.attrib
    assert "Annual report" not in page.links()
