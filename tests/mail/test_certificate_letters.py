"""What holders are told, word for word. Write the snapshots anew with WRITE_SNAPSHOTS=1, and read them."""

from collections.abc import Callable

import pytest

from app.mail.certificate_letters import (
    About,
    expiry_letter,
    name_kept_letter,
    refresher_letter,
    reinstated_letter,
    replaced_letter,
    withdrawn_letter,
)
from app.mail.letters import LetterText
from tests.mail.test_letters import Plain, assert_snapshot

ABOUT = About(
    name="Amira Begum",
    course_title="Damp & mould",
    completed_on="22 November 2026",
    certificate_url="https://learning.example.org/certificates/7H4KQ2ZV9XD3M8WBN5RTYC6AEP",
    check_url="https://learning.example.org/check/7H4KQ2ZV9XD3M8WBN5RTYC6AEP",
    contact="learning@example.org",
)
COURSE_URL = "https://learning.example.org/courses/damp"
LETTERS: dict[str, Callable[[], LetterText]] = {
    "withdrawn": lambda: withdrawn_letter(ABOUT, reason="You asked us to do this."),
    "reinstated": lambda: reinstated_letter(ABOUT, reason="We had withdrawn it in error, and we are sorry."),
    "replaced": lambda: replaced_letter(
        ABOUT,
        changes=["The name is now Amira Begum, and was Amira <Jones>."],
        old_code="7K4M Q2XD 9TPA WZ5H 3F8N 0JRC 6B",
        specimen=False,
    ),
    "name-kept": lambda: name_kept_letter(
        ABOUT, asked_name="Queen of Leeds", answer="This is not the name that we know you by."
    ),
    "expiry": lambda: expiry_letter(ABOUT, expires_on="22 November 2027", over=False, course_url=COURSE_URL),
    "expiry-over": lambda: expiry_letter(
        ABOUT, expires_on="22 November 2027", over=True, course_url=COURSE_URL
    ),
    "refresher": lambda: refresher_letter(
        ABOUT,
        message="The law on damp has changed.\nTen minutes bring you up to date.",
        law_as_at="1 October 2026",
        refresher_title="Open the course",
        refresher_url=COURSE_URL,
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_each_letter_reads_as_agreed(name: str) -> None:
    letter = LETTERS[name]()
    assert_snapshot(f"{name}.txt", f"{letter.subject}\n\n{letter.text}")
    assert_snapshot(f"{name}.html", letter.html)


@pytest.mark.parametrize("name", LETTERS)
def test_both_forms_say_the_same_and_nothing_typed_becomes_markup(name: str) -> None:
    letter, page = LETTERS[name](), Plain()
    page.feed(letter.html)
    assert page.tags <= {
        *("html", "head", "meta", "title", "body", "main", "p", "a", "strong", "ul", "li", "br", "span")
    }
    words = " ".join(" ".join(page.words).split())
    for line in letter.text.splitlines():
        told = line.removeprefix("- ")
        if not told.startswith(("https:", "See it online", "If you would like to ask", "The course, and")):
            assert told.rstrip(":") in words.replace(" ,", ",").replace(" .", ".").replace("’", "'"), told
    assert letter.subject in words


def test_the_letters_name_the_way_to_somebody_who_can_help() -> None:
    for name in ("withdrawn", "reinstated", "replaced", "name-kept", "refresher"):
        assert ABOUT.contact in LETTERS[name]().text
