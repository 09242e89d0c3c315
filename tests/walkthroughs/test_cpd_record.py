"""My CPD in a real browser: adding with evidence, changing, totals, every export, removing; by each way."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.cpd_states import PDF
from tests.walkthroughs.gallery import Belongings, sign_in
from tests.walkthroughs.hands import Hands, Keyboard, Pointer
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser

TITLE = "Damp, mould and =listening"
FILE = {"name": "The programme.exe", "mimeType": "application/pdf", "buffer": PDF}
BROKEN = {**FILE, "buffer": PDF[:9]}
Fetch = Callable[[Locator], Path]


def test_by_the_keyboard_alone(site: Site, new_context: NewContext, belongings: Belongings) -> None:
    context = new_context(height=800)
    sign_in(site, context, "gwen")
    page = context.new_page()

    def fetch(target: Locator) -> Path:
        target.focus()
        with page.expect_download() as waiting:
            page.keyboard.press("Enter")
        return waiting.value.path()

    # In the browser's own date field each part is typed in turn.
    keep_a_record(Keyboard(page), "05062026", fetch)


def test_with_scripts_off_on_a_phone(site: Site, new_context: NewContext, belongings: Belongings) -> None:
    context = new_context(width=390, scripts=False)
    sign_in(site, context, "finn")
    page = context.new_page()

    def fetch(target: Locator) -> Path:
        with page.expect_download() as waiting:
            target.click()
        return waiting.value.path()

    keep_a_record(Pointer(page), "2026-05-06", fetch)


def keep_a_record(hands: Hands, day: str, fetch: Fetch) -> None:
    page = hands.page
    page.goto("/my-cpd")
    hands.follow("Add CPD from elsewhere")
    hands.type("What was it about?", TITLE)
    hands.type("When?", day)
    hands.choose({"method": ["webinar"]})
    hands.type("Hours", "1.5")
    hands.type("What do you take from it? (optional)", "I ask about the airing last.")
    hands.press("Add to my record")
    expect(page.get_by_role("alert")).to_contain_text("Choose a type.")
    expect(page.get_by_label("What was it about?")).to_have_value(TITLE)
    hands.choose({"kind": ["self-directed"]})
    hands.press("Add to my record")
    expect(page.locator(".notice")).to_contain_text("This has been added to your record.")
    with_evidence(hands, fetch)
    hands.follow("Change this entry")
    hands.type("Minutes", "45")
    hands.press("Save the changes")
    expect(page.locator("main")).to_contain_text("105 minutes (1.75 hours)")
    hands.follow("My CPD")
    expect(page.locator("main")).to_contain_text("1.75 hours (105 minutes)")
    with_a_goal(hands)
    hands.follow("Export")
    every_export(page, fetch)
    page.goto("/my-cpd")
    hands.follow(TITLE)
    hands.follow("Remove this entry")
    hands.press("Remove it")
    expect(page.locator(".notice")).to_contain_text("The entry has been removed from your record.")
    expect(page.locator("main")).not_to_contain_text(TITLE)


def with_evidence(hands: Hands, fetch: Fetch) -> None:
    page = hands.page
    hands.follow("Add a file")
    page.get_by_label("File", exact=True).set_input_files(BROKEN)
    hands.press("Add the file")
    expect(page.get_by_role("alert")).to_contain_text("This file is broken or cut short.")
    page.get_by_label("File", exact=True).set_input_files(FILE)
    hands.press("Add the file")
    expect(page.locator(".notice")).to_contain_text("The file has been kept.")
    assert fetch(page.get_by_role("link", name="The-programme.pdf", exact=True)).read_bytes() == PDF


def with_a_goal(hands: Hands) -> None:
    page = hands.page
    hands.follow("Set a yearly goal")
    hands.type("Hours", "20")
    hands.press("Save the goal")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1.75 hours of the 20 hours that you set yourself.")


def every_export(page: Page, fetch: Fetch) -> None:
    table = fetch(page.get_by_role("link", name="CSV")).read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(StringIO(table, newline=""))
    assert (row["Subject"], row["Minutes"]) == (TITLE, "105")
    shape = json.loads(fetch(page.get_by_role("link", name="JSON")).read_text(encoding="utf-8"))
    assert [entry["subject"] for entry in shape["entries"]] == [TITLE]
    body = fetch(page.get_by_role("button", name="Make a signed PDF")).read_bytes()
    document = pypdfium2.PdfDocument(body)
    said = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert TITLE in said
    assert b"/ByteRange" in body
    assert f"Subject: {TITLE}" in page.locator("textarea").input_value()


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        ("true", "The text has been copied."),
        ("false", "Your browser does not let us copy. The text is selected: copy it yourself."),
    ],
)
def test_the_text_is_copied_by_a_button_or_selected(
    site: Site, new_context: NewContext, belongings: Belongings, allowed: str, said: str
) -> None:
    context = new_context()
    sign_in(site, context, "amira")
    clipboard = f"writeText: async (text) => {{ if (!{allowed}) throw 0; window.copied = text; }}"
    context.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{ value: {{ {clipboard} }} }})")
    page = context.new_page()
    page.goto("/my-cpd/export")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_text(said)).to_be_visible()
    text = page.locator("textarea").input_value()
    assert "Damp and mould: the first visit" in text
    taken = "window.copied" if allowed == "true" else "String(getSelection())"
    assert page.evaluate(taken).strip() == text.strip()
