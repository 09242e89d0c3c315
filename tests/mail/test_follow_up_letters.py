"""What people read who asked for questions, word for word. WRITE_SNAPSHOTS=1 writes the snapshots anew."""

import pytest

from app.mail.follow_up_letters import follow_up_letter
from app.mail.letters import LetterText
from tests.mail.test_letters import Plain, assert_snapshot

PAGE = "https://learning.example.org/follow-ups/7H4KQ2ZV9XD3M8WBN5RTYC6AEP"
STOP = "https://learning.example.org/stop/0H4KQ2ZV9XD3M8WBN5RTYC6AEP"


def letter(day: int, name: str = "Amira Begum") -> LetterText:
    return follow_up_letter(
        name=name,
        course_title="Damp & mould",
        completed_on="22 November 2026",
        day=day,
        page_url=PAGE,
        stop_url=STOP,
        plan=day == 7,
        more=day == 7,
    )


@pytest.mark.parametrize("day", [7, 35])
def test_the_letter_reads_as_agreed(day: int) -> None:
    found = letter(day)
    assert_snapshot(f"follow-up-{day}.txt", f"{found.subject}\n\n{found.text}")
    assert_snapshot(f"follow-up-{day}.html", found.html)


def test_both_forms_lead_to_the_questions_and_to_the_way_out_and_need_nothing_from_elsewhere() -> None:
    page = Plain()
    page.feed(letter(7).html)
    assert page.links == [PAGE, STOP]
    assert not page.tags & {"img", "link", "style", "script", "iframe"}
    assert PAGE in letter(7).text
    assert STOP in letter(7).text


def test_a_name_with_markup_stays_a_name_and_none_leaves_no_gap() -> None:
    assert "Hello &lt;b&gt;Ben&lt;/b&gt;," in letter(7, "<b>Ben</b>").html
    assert letter(7, "").text.startswith("Hello,\n")
    assert "<p>Hello,</p>" in letter(7, "").html
