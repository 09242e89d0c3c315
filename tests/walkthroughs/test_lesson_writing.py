"""Writing a lesson in a browser: by keyboard, with and without scripts, and when the session is lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from app.library.drafting import open_draft
from tests.walkthroughs.gallery import Belongings, sign_in
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser

COURSE, LESSON = "clear-letters", "the-answer-first"
ADDRESS = f"/studio/courses/{COURSE}/lessons/{LESSON}"
Write = Callable[..., Page]


@pytest.fixture
def write(site: Site, belongings: Belongings, new_context: Callable[..., BrowserContext]) -> Write:
    """The page of a lesson, opened by its editor: `write(scripts=False)`."""

    def opened(**how: object) -> Page:
        context = new_context(**how)
        sign_in(site, context, "edda")
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
        page.goto(ADDRESS)
        return page

    return opened


def kept(site: Site) -> str:
    with Session(site.engine) as session:
        files = open_draft(session, ("course", COURSE)).files
    return next(body for path, body in files.items() if path.endswith(f"-{LESSON}.md")).decode()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def type_at_end(page: Page, text: str) -> None:
    page.get_by_label("Text of the lesson").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_lesson_is_changed_checked_shown_and_saved(write: Write, site: Site, scripts: bool) -> None:
    page = write(scripts=scripts)
    mark = f"Sentence {uuid4().hex[:8]}"
    text = page.get_by_label("Text of the lesson")
    text.fill(f"{text.input_value()}\n{mark}.\n")
    press(page, "Check")
    expect(page.get_by_text("Checked. Nothing is saved yet.")).to_be_visible()
    press(page, "Preview")
    expect(page.locator(".lesson-shown")).to_contain_text(mark)
    assert mark not in kept(site)
    page.get_by_label("What did you change?").fill("One sentence more")
    press(page, "Save")
    expect(page.get_by_text("Saved in the draft.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("by Edda Lind: One sentence more")
    assert mark in kept(site)


def test_problems_are_told_while_typing_and_lead_to_their_line(write: Write) -> None:
    page = write()
    type_at_end(page, "\n\nMore <b>words</b> here.\n\nAn end.\n")
    problem = page.locator(".problem-list li", has_text="HTML is not used")
    expect(problem).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="problem")).to_be_attached()
    problem.get_by_role("link").focus()
    page.keyboard.press("Enter")
    chosen = (
        "() => { const t = document.activeElement; return t.value.slice(t.selectionStart, t.selectionEnd) }"
    )
    assert page.evaluate(chosen) == "More <b>words</b> here."
    page.keyboard.type("More words here.")
    expect(problem).to_have_count(0)


def test_the_lesson_is_shown_while_typing_by_a_frame_that_runs_nothing(write: Write) -> None:
    page = write()
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    frame.locator("html").evaluate("page => page.scrollTo(0, 150)")
    type_at_end(page, "\n\nSeen *while* typing. <img src=x onerror=alert(1)>\n")
    expect(frame.locator("em", has_text="while")).to_be_attached()
    assert frame.locator("html").evaluate("page => page.scrollTop") == 150
    assert frame.locator("script, [onerror]").count() == 0
    assert page.locator("iframe").get_attribute("sandbox") == "allow-same-origin"


def test_the_bar_writes_markdown_and_undo_takes_it_back(write: Write) -> None:
    page = write()
    text = page.get_by_label("Text of the lesson")
    text.fill("## One\n\nfirst words")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+b")
    expect(text).to_have_value("## One\n\nfirst **words**")
    page.keyboard.press("Control+b")
    expect(text).to_have_value("## One\n\nfirst words")
    page.keyboard.press("Control+i")
    expect(text).to_have_value("## One\n\nfirst *words*")
    page.keyboard.press("Control+z")
    expect(text).to_have_value("## One\n\nfirst words")
    press(page, "List")
    expect(text).to_have_value("## One\n\n- first words")
    press(page, "Quotation")
    expect(text).to_have_value("## One\n\n> first words")
    press(page, "Heading")
    expect(text).to_have_value("## One\n\n## first words")
    text.fill("see here")
    text.select_text()
    page.keyboard.press("Control+k")
    page.keyboard.type("https://example.org")
    expect(text).to_have_value("[see here](https://example.org)")


def test_a_block_is_made_by_a_form_and_typed_in_at_the_cursor(write: Write, site: Site) -> None:
    page = write()
    type_at_end(page, "\n\nBefore the block.")
    page.get_by_text("Put in a block").click()
    press(page, "Reflection")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    press(page, "Put it into the lesson")
    expect(dialog.locator(".error-summary")).to_be_visible()
    dialog.get_by_label("Question or task").or_(dialog.locator("textarea").first).first.fill(
        "What would you say?"
    )
    press(page, "Put it into the lesson")
    expect(dialog).to_be_hidden()
    value = page.get_by_label("Text of the lesson").input_value()
    assert "Before the block.\n\n/// reflection\n" in value
    assert "What would you say?" in value
    assert "What would you say?" not in kept(site)


def test_without_scripts_a_block_is_put_in_after_saving(write: Write, site: Site) -> None:
    page = write(scripts=False)
    mark = f"Kept {uuid4().hex[:8]}."
    text = page.get_by_label("Text of the lesson")
    text.fill(f"{text.input_value()}\n{mark}\n")
    page.get_by_text("Put in a block").click()
    press(page, "Reflection")
    expect(page.get_by_role("heading", level=1, name="Reflection")).to_be_visible()
    assert mark in kept(site)


def test_leaving_with_unsaved_text_is_asked_about_and_the_text_offered_again(write: Write) -> None:
    page = write()
    mark = f"Unsaved {uuid4().hex[:8]}."
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    type_at_end(page, f"\n\n{mark}")
    page.wait_for_timeout(600)
    page.goto("/studio")
    assert asked == ["beforeunload"]
    page.goto(ADDRESS)
    expect(page.get_by_label("Text of the lesson")).not_to_have_value("")
    assert mark not in page.get_by_label("Text of the lesson").input_value()
    press(page, "Put it back")
    assert mark in page.get_by_label("Text of the lesson").input_value()
    press(page, "Save")
    expect(page.get_by_text("Saved in the draft.")).to_be_visible()
    page.goto(ADDRESS)
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert asked == ["beforeunload"]


def test_a_session_lost_while_writing_loses_nothing_typed(write: Write, site: Site) -> None:
    page = write()
    mark = f"After hours {uuid4().hex[:8]}."
    page.context.clear_cookies()
    type_at_end(page, f"\n\n{mark}")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    press(page, "Save")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    sign_in(site, page.context, "edda")
    page.goto(ADDRESS)
    press(page, "Put it back")
    press(page, "Save")
    expect(page.get_by_text("Saved in the draft.")).to_be_visible()
    assert mark in kept(site)
