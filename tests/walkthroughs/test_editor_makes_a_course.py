"""A person who never saw YAML makes a course, breaks it, mends it, publishes it and rolls it back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.gallery import Belongings, sign_in
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120">'
    '<rect width="320" height="120" fill="#f4f0e7"/><circle cx="60" cy="60" r="40" fill="#86301a"/></svg>'
)
ALT = "A round sign on a plain wall, at the height of somebody's eyes."
WELCOME = "The sign by the door says whom to ring, in letters as tall as a hand."
BROKEN = "##### A step too deep"


@pytest.mark.parametrize(("scripts", "width", "slug"), [(True, 1280, "signs-one"), (False, 390, "signs-two")])
def test_from_an_empty_page_to_the_catalogue_and_back(
    site: Site,
    belongings: Belongings,
    new_context: NewContext,
    tmp_path: Path,
    scripts: bool,
    width: int,
    slug: str,
) -> None:
    context = new_context(width=width, scripts=scripts)
    sign_in(site, context, "edda")
    editor = Editor(context.new_page(), slug, f"Clear signs {slug[6:]}")
    editor.starts()
    editor.writes_a_lesson()
    editor.adds_a_picture(tmp_path)
    editor.adds_a_scenario()
    editor.rewords_a_question()
    editor.breaks_and_mends()
    editor.publishes()
    editor.finds_it_in_the_catalogue(new_context(width=width, scripts=scripts).new_page())
    editor.rolls_back(new_context(width=width, scripts=scripts).new_page())


class Editor:
    """Somebody at the studio's pages, who knows housing. Each step looks at what the page then says."""

    def __init__(self, page: Page, slug: str, title: str) -> None:
        self.page, self.slug, self.title = page, slug, title
        self.desk = f"/studio/courses/{slug}"
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))

    def starts(self) -> None:
        """A new course, of two lessons and a test of three parts, with nothing to mend."""
        self.page.goto("/studio")
        self._follow("New course")
        self.page.get_by_label("Title").fill(self.title)
        self.page.get_by_label("Short name").fill(self.slug)
        self._press("Start the course")
        expect(self.page.locator("h1")).to_have_text(self.title)
        expect(self.page.get_by_text("To mend before publishing")).to_have_count(0)
        assert self.page.locator("ol.deed-list").nth(0).locator("li").count() == 2
        assert self.page.locator("ol.deed-list").nth(1).locator("li").count() == 3

    def writes_a_lesson(self) -> None:
        """A sentence more in the first lesson."""
        self._lesson()
        text = self._text()
        text.fill(f"{text.input_value().rstrip()}\n\n{WELCOME}\n")
        self._press("Check")
        expect(self.page.get_by_text("Checked. Nothing is saved yet.")).to_be_visible()
        self.page.get_by_label("What did you change").fill("A word on the sign")
        self._press("Save")
        expect(self.page.get_by_text("Saved in the draft.")).to_be_visible()

    def adds_a_picture(self, folder: Path) -> None:
        """From the disk into the course and into the lesson, with words for those who cannot see it."""
        (folder / "sign.svg").write_text(DRAWING)
        self.page.goto(self.desk)
        self._follow("Pictures")
        self.page.locator("input[type=file]").set_input_files(folder / "sign.svg")
        self._press("Add the picture")
        expect(self.page.locator("main")).to_contain_text("There is a problem")
        self.page.locator("input[type=file]").set_input_files(folder / "sign.svg")
        self.page.locator("[name=alt]").fill(ALT)
        self._press("Add the picture")
        expect(self.page.locator("h1")).to_have_text("sign.svg")
        self._press("Put it there")
        expect(self.page.locator("main")).to_contain_text("Choose where it goes.")
        places = self.page.locator("select[name=place] option[value^='sample-lesson:']")
        self.page.locator("select[name=place]").select_option(places.first.get_attribute("value"))
        self._press("Put it there")
        expect(self.page.locator("main")).to_contain_text("Where it is used")

    def adds_a_scenario(self) -> None:
        """A story with a decision, as a form."""
        self.page.goto(f"{self.desk}/lessons/sample-lesson/blocks/new")
        self._follow("Story with decisions")
        fields = {
            "Title": "The sign that nobody read",
            "How the story begins": "A tenant missed the notice on the door. She has come to the office.",
            "Situation": "She asks why nobody told her. What do you do first?",
            "Looking back": "A notice is read where people stop. Ask them where that is.",
        }
        for label, words in fields.items():
            self.page.get_by_label(label, exact=True).first.fill(words)
        ways = (
            ("Ask where she looked.", "best", "She shows you the side door that most people use."),
            ("Print the notice larger.", "workable", "It helps those who pass it, and most do not."),
            ("Say that it was on the door.", "poor", "She leaves. The next notice is missed as well."),
        )
        for place, (text, quality, consequence) in enumerate(ways):
            if place == 2:
                self.page.get_by_role("button", name=re.compile("way$", re.IGNORECASE)).first.click()
                expect(self.page.get_by_label("What comes of it")).to_have_count(3)
            self.page.get_by_label("What is done", exact=False).nth(place).fill(text)
            self.page.get_by_label("How good it is").nth(place).select_option(quality)
            self.page.get_by_label("What comes of it").nth(place).fill(consequence)
        self._press("Put it into the lesson")
        expect(self.page.locator("body")).not_to_contain_text("There is a problem")

    def rewords_a_question(self) -> None:
        """One question of the test, behind the page that says what seeing the answers costs."""
        self.page.goto(f"{self.desk}/questions")
        self.page.locator("main form button").first.click()
        expect(self.page.locator("h1")).to_have_text("Questions")
        self.page.goto(f"{self.desk}/questions/parking-note")
        stem = self.page.get_by_label("Question", exact=True)
        stem.fill(stem.input_value().replace("your desk", "your own desk"))
        self._press("Save")
        expect(self.page.locator("main")).to_contain_text("your own desk")

    def breaks_and_mends(self) -> None:
        """A heading that cannot stand there, and a picture's words taken out: told by place, then mended."""
        self._lesson()
        good = self._text().input_value()
        self._text().fill(f"{BROKEN}\n\n{good}")
        self._press("Save")
        expect(self.page.locator(".problem-list li.error").first).to_be_visible()
        self.page.goto(self.desk)
        expect(self.page.get_by_text("To mend before publishing")).to_be_visible()
        self.page.goto(f"{self.desk}/publication")
        expect(self.page.get_by_role("button", name="Publish")).to_have_count(0)
        self.page.goto(self.desk)
        self.page.locator(".file-problems a").first.click()
        expect(self.page).to_have_url(re.compile("/lessons/sample-lesson"))
        self._text().fill(good)
        self._press("Save")
        expect(self.page.locator(".problem-list li.error")).to_have_count(0)

    def publishes(self) -> None:
        """From the desk, having read what it comes to."""
        self.page.goto(self.desk)
        self._follow("Look through and publish")
        expect(self.page.locator("main")).to_contain_text("everything in it is new")
        self._press("Publish")
        expect(self.page.locator("main")).to_contain_text("Edition 1 is live.")

    def finds_it_in_the_catalogue(self, visitor: Page) -> None:
        """As anybody would, with its picture and its story."""
        visitor.goto("/")
        visitor.get_by_role("link", name=self.title, exact=True).click()
        visitor.get_by_role("link", name="Start", exact=True).click()
        expect(visitor.locator("main")).to_contain_text(WELCOME)
        picture = visitor.get_by_alt_text(ALT)
        expect(picture).to_be_visible()
        assert picture.evaluate("picture => picture.naturalWidth") == 320
        expect(visitor.locator("main")).to_contain_text("The sign that nobody read")

    def rolls_back(self, visitor: Page) -> None:
        """A change that should not have been made: published, then the version before it brought back."""
        self._lesson()
        self._text().fill(self._text().input_value().replace(WELCOME, "The sign is gone."))
        self.page.get_by_label("What did you change").fill("A mistake")
        self._press("Save")
        self._publish_a_small_change()
        visitor.goto(f"/courses/{self.slug}/sample-lesson")
        expect(visitor.locator("main")).to_contain_text("The sign is gone.")
        self.page.goto(f"{self.desk}/history")
        self.page.locator(".deed-list .deed > a").nth(1).click()
        self._press("Bring this version back")
        self._publish_a_small_change()
        visitor.reload()  # a guest's browser may keep a page for a minute
        expect(visitor.locator("main")).to_contain_text(WELCOME)

    def _publish_a_small_change(self) -> None:
        self.page.goto(f"{self.desk}/publication")
        self._press("Publish")
        expect(self.page.locator("main")).to_contain_text("is live.")

    def _lesson(self) -> None:
        self.page.goto(self.desk)
        self.page.locator("ol.deed-list").first.get_by_role("link").first.click()
        expect(self._text()).to_be_visible()

    def _text(self) -> Locator:
        return self.page.get_by_label("Text of the lesson")

    def _follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=False).first.click()

    def _press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
