"""From the front page to a certificate, told once for every way of using the pages."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.walkthroughs.hands import Hands
from tests.walkthroughs.site import Site

COURSE = "co-production"
TITLE = "Co-production in social housing"
LESSONS = (
    "What it is",
    "Before you invite anyone",
    "In the room",
    "What goes wrong",
    "Putting it right",
    "The ladder",
    "Your next step",
)
GUESS = "opening-guess"  # the practice question at the head of the first lesson
PASSWORD = "four lanterns over the canal"
MADE = 5_000  # milliseconds within which a certificate is made


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who makes the journey, and the name that they have printed."""

    name: str
    email: str
    printed: str


class Journey:
    """One person's way. Each step looks at what the page then says."""

    def __init__(self, site: Site, hands: Hands, person: Person) -> None:
        self.site, self.hands, self.page, self.person = site, hands, hands.page, person

    def practise_as_a_guest(self) -> None:
        """From the front page into the first lesson; a wrong answer, its reason, a right one."""
        self.page.goto("/")
        self.hands.follow(TITLE)
        expect(self.page.locator("h1")).to_have_text(TITLE)
        self.hands.follow("Start")
        expect(self.page.locator("h1")).to_have_text("What it is")
        panel = self.page.locator(f"#{GUESS}")
        right, wrong = self.site.practice(COURSE, GUESS)
        self.hands.choose(wrong)
        self.hands.check_answer(panel)
        expect(panel.locator(".feedback")).to_contain_text("Not quite.")
        self.hands.choose(right)
        self.hands.check_answer(panel)
        expect(panel.locator(".feedback")).to_contain_text("Yes.")
        assert self.page.context.cookies() == []

    def register_and_sign_in(self) -> None:
        """An account, the letter that confirms it, and back to the lesson."""
        self.page.locator("main").get_by_role("link", name="Sign in", exact=True).first.wait_for()
        self.hands.follow("Sign in")
        self.hands.follow("I do not have an account yet")
        self.hands.type("Your full name", self.person.name)
        self.hands.type("E-mail address", self.person.email)
        self.hands.type("Password", PASSWORD)
        self.hands.press("Make my account")
        expect(self.page.locator("h1")).to_have_text("Look in your mail")
        self.page.goto(self.site.link_in(self.site.wait_for_letter(self.person.email, "confirm")))
        self.hands.press("Confirm my address")
        self.hands.type("E-mail address", self.person.email)
        self.hands.type("Password", PASSWORD)
        self.hands.press("Sign in")

    def read_practise_and_reflect(self) -> None:
        """Every lesson, with a practice answer kept and private words saved on the way."""
        self.page.goto(f"/courses/{COURSE}/what-it-is")
        right, _ = self.site.practice(COURSE, GUESS)
        panel = self.page.locator(f"#{GUESS}")
        self.hands.choose(right)
        self.hands.check_answer(panel)
        expect(panel).to_contain_text("Your answer was saved")
        for title in LESSONS[1:]:
            self.hands.press("Done, continue")
            expect(self.page.locator("h1")).to_have_text(title)
            if title == "What goes wrong":
                self.reflect()
        self.hands.press("Done, continue")
        expect(self.page.locator("h1")).to_have_text("The test")

    def reflect(self) -> None:
        """Some words for themselves, saved and said to be so."""
        panel = self.page.locator("#your-project")
        self.hands.type(
            panel.locator("label").first.inner_text(), "The stairs that we painted without asking."
        )
        self.hands.check_answer(panel)
        expect(panel).to_contain_text("Only you can see it.")

    def begin_the_test(self) -> str:
        """Name and pledge; the attempt's code."""
        self.hands.type("Name to print on your certificate", self.person.printed)
        self.hands.tick(
            "Your own work. Open notes are fine. We may withdraw a certificate gained any other way."
        )
        self.hands.press("Start the test")
        found = re.search(r"/attempts/([0-9A-Z]{26})/questions/1$", self.page.url)
        assert found, self.page.url
        return found[1]

    def answer(self, code: str, questions: int, *missed: int) -> None:
        """Answer each question of the round, one on a page, and look at them all."""
        for position in range(1, questions + 1):
            expect(self.page.locator("legend")).to_contain_text(f"Question {position} of {questions}")
            assert self.page.locator("input:checked").count() == 0, "nothing is chosen beforehand"
            right, wrong = self.site.answers(code, position)
            self.hands.choose(wrong if position in missed else right)
            self.hands.press("Save and continue")
        expect(self.page.locator("h1")).to_have_text("Check your answers")

    def change_one(self, code: str, position: int) -> None:
        """From the list of answers to one of them and back: it is as it was left."""
        self.hands.follow(f"Change question {position}")
        right, _ = self.site.answers(code, position)
        self.hands.choose(right)
        self.hands.press("Save and continue")
        expect(self.page.locator("h1")).to_have_text("Check your answers")

    def hand_in(self) -> None:
        self.hands.press("Hand in my answers")

    def read_what_was_missed(self) -> None:
        """One press opens the right heading, one link leads back, and the way on opens."""
        read = self.page.get_by_role("button", name=re.compile("^Read: "))
        name = read.first.inner_text().strip()
        self.hands.press(name)
        anchor = self.page.url.partition("#")[2]
        heading = self.page.locator(f"[id='{anchor}']")
        expect(heading).to_be_visible()
        assert name.removeprefix("Read: ") in heading.inner_text()
        self.hands.follow("Back to your result")
        self.hands.press("Answer the one that is left")

    def fetch_the_certificate(self) -> tuple[str, bytes]:
        """The certificate's page and its PDF; its code and the downloaded bytes."""
        self.hands.follow("See your certificate")
        expect(self.page.locator("main")).to_contain_text(self.person.printed)
        code = self.page.url.rpartition("/")[2]
        self._wait_until_made()
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download the PDF").focus()
            self.page.keyboard.press("Enter")
        return code, download.value.path().read_bytes()

    def _wait_until_made(self) -> None:
        for _ in range(MADE // 250):
            if self.page.get_by_role("link", name="Download the PDF").count():
                return
            self.page.wait_for_timeout(250)
            self.hands.follow("Look again")
        raise AssertionError("the certificate was not made in 5 seconds")


def check_as_a_stranger(page: Page, address: str, person: Person) -> None:
    """Who has only the printed code: it is valid, names nobody, and a typed name is compared."""
    page.goto(address)
    expect(page.locator("h1")).to_have_text("This certificate is valid")
    expect(page.locator("main")).to_contain_text(TITLE)
    expect(page.locator("main")).not_to_contain_text(person.printed)
    page.get_by_label("Name on the certificate", exact=True).fill("Somebody Else")
    page.get_by_role("button", name="Compare the name").click()
    expect(page.locator("main")).to_contain_text("No, this is not the name on the certificate.")
    page.get_by_label("Name on the certificate", exact=True).fill(person.printed.lower())
    page.get_by_role("button", name="Compare the name").click()
    expect(page.locator("main")).to_contain_text("Yes, this is the name on the certificate.")
