"""What the letters say, word for word. Write the snapshots anew with WRITE_SNAPSHOTS=1, and read them."""

import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from app.mail import letters
from app.mail.letters import certificate_letter, duration

SNAPSHOTS = Path(__file__).parent / "snapshots"
FACTS = {
    "name": "Amira Begum",
    "course_title": "Co-production in social housing",
    "minutes": 95,
    "certificate_url": "https://learning.example.org/certificates/7H4KQ2ZV9XD3M8WBN5RTYC6AEP",
    "check_url": "https://learning.example.org/check/7H4KQ2ZV9XD3M8WBN5RTYC6AEP",
}


class Plain(HTMLParser):
    """The words and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def assert_snapshot(name: str, written: str) -> None:
    path = SNAPSHOTS / name
    if os.environ.get("WRITE_SNAPSHOTS"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("specimen", [False, True], ids=["real", "specimen"])
def test_the_certificate_letter_reads_as_agreed(specimen: bool) -> None:
    letter = certificate_letter(**FACTS, specimen=specimen)
    name = "certificate-specimen" if specimen else "certificate"
    assert_snapshot(f"{name}.txt", f"{letter.subject}\n\n{letter.text}")
    assert_snapshot(f"{name}.html", letter.html)


def test_both_forms_of_the_letter_give_the_same_addresses_and_one_thing_to_do() -> None:
    letter = certificate_letter(**FACTS, specimen=False)
    page = Plain()
    page.feed(letter.html)
    assert page.links == [FACTS["certificate_url"]]
    assert FACTS["check_url"] in "".join(page.words)
    assert FACTS["certificate_url"] in letter.text
    assert FACTS["check_url"] in letter.text


def test_the_letter_needs_no_image_and_nothing_from_elsewhere() -> None:
    page = Plain()
    page.feed(certificate_letter(**FACTS, specimen=True).html)
    assert not page.tags & {"img", "link", "style", "script", "iframe"}


def test_a_name_with_markup_stays_a_name() -> None:
    facts = FACTS | {"name": "<b>Ben</b> & Co"}
    letter = certificate_letter(**facts, specimen=False)
    assert "&lt;b&gt;Ben&lt;/b&gt; &amp; Co" in letter.html
    assert "Hello <b>Ben</b> & Co," in letter.text


def test_a_title_over_two_lines_makes_a_subject_on_one() -> None:
    facts = FACTS | {"course_title": "Damp\nand mould"}
    assert certificate_letter(**facts, specimen=False).subject == "Your certificate for Damp and mould"


def test_a_fact_that_a_template_asks_for_and_nobody_gives_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="is undefined"):
        letters.written("certificate", specimen=False)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (10, "10 minutes"),
        (60, "60 minutes (1 hour)"),
        (61, "61 minutes (1 hour 1 minute)"),
        (95, "95 minutes (1 hour 35 minutes)"),
        (120, "120 minutes (2 hours)"),
    ],
)
def test_time_is_said_in_minutes_and_from_an_hour_on_in_hours_too(minutes: int, words: str) -> None:
    assert duration(minutes) == words
