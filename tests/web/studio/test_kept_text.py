"""Two who saved at once: both texts are seen, and one, the other or a third becomes the draft."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from app.library.drafting import open_draft
from app.library.storing import files_at
from tests.cast import Cast
from tests.library.drafts import KEY, LESSON, good_files, save_text
from tests.page import Page
from tests.web.studio.keys import open_keys

DESK = "/studio/courses/good-course"
TEST = "quizzes/good-course/test.yml"
THEIRS = good_files()[LESSON].replace(b"Most calls", b"Many calls")
MINE = good_files()[LESSON].replace(b"Most calls", b"Some calls")


@dataclass(frozen=True)
class Two:
    """Ada was quicker; what Edda saved is kept."""

    page: Page
    kept: int
    head: int

    @property
    def address(self) -> str:
        return f"{DESK}/kept/{self.kept}"

    def fields(self, choice: str, **more: str) -> dict[str, str]:
        return {"base": str(self.head), "file": LESSON, "choice": choice, **more}


@pytest.fixture
def two(page: Page, cast: Cast, session: Session) -> Two:
    start = open_draft(session, KEY).revision_id
    head = save_text(session, LESSON, THEIRS, base=start, by=cast.ada.id).revision_id
    kept = save_text(session, LESSON, MINE, base=start, by=cast.edda.id).revision_id
    return Two(page.sign_in(cast.edda), kept, head)


def draft(session: Session) -> bytes | None:
    return open_draft(session, KEY).files.get(LESSON)


def test_both_texts_stand_beside_each_other_with_what_differs_marked(two: Two) -> None:
    two.page.get(two.address)
    said = two.page.text()
    assert "The draft was saved by Ada Fenwick on 23 November 2026 at 12:00." in said
    assert "The other text was saved by you on" in said
    assert ["".join(one.itertext()).strip() for one in two.page.elements("del")] == ["Many"]
    assert ["".join(one.itertext()).strip() for one in two.page.elements("ins")] == ["Some"]
    assert two.page.text("input").startswith("--- title: First steps")


def test_the_kept_text_can_become_the_draft(two: Two, cast: Cast, session: Session) -> None:
    two.page.post(two.address, two.fields("kept"))
    assert draft(session) == MINE
    two.page.get(two.address)
    assert "The draft has this text already." in two.page.text()


def test_the_draft_can_stay_and_the_kept_text_stays_in_the_history(two: Two, session: Session) -> None:
    two.page.post(two.address, two.fields("draft"))
    assert open_draft(session, KEY).revision_id == two.head
    two.page.get(f"{DESK}/history")
    assert "Kept aside: somebody else had saved at the same time." in two.page.text()
    assert two.page.links()["Choose between the two “Saved without a word”"] == two.address


def test_a_third_text_can_become_the_draft(two: Two, session: Session) -> None:
    two.page.post(two.address, two.fields("own", text="Some and many.\r\nBoth.\r\n"))
    assert draft(session) == b"Some and many.\nBoth.\n"


def test_somebody_who_is_quicker_again_loses_nothing_and_takes_nothing(
    two: Two, cast: Cast, session: Session
) -> None:
    save_text(session, LESSON, b"Quicker again.", by=cast.ada.id)
    response = two.page.post(two.address, two.fields("own", text="A third text."))
    assert draft(session) == b"Quicker again."
    two.page.follow(response)
    assert "A third text." in two.page.text("input")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"choice": ""}, "Choose one of the texts."),
        ({"choice": "both"}, "Choose one of the texts."),
        ({"text": " "}, "Write the text that is to stand"),
        ({"base": "x"}, "Somebody may have saved since."),
        ({"csrf_token": "nonsense"}, "This page had been open for a long time"),
    ],
)
def test_what_was_typed_is_shown_again_where_something_is_wrong(
    two: Two, session: Session, changed: dict[str, str], said: str
) -> None:
    fields = two.fields("own", text="A third\x0b text <b>.") | changed
    two.page.post(two.address, fields, status=400 if "csrf_token" in changed else 422)
    assert said in two.page.text()
    assert two.page.text("input") == ("A third\ufffd text <b>." if "text" not in changed else "")
    assert draft(session) == THEIRS


def test_a_file_that_one_took_out_can_go_or_stay(page: Page, cast: Cast, session: Session) -> None:
    start = open_draft(session, KEY).revision_id
    head = save_text(session, LESSON, THEIRS, base=start, by=cast.ada.id).revision_id
    kept = save_text(session, LESSON, None, base=start, by=cast.edda.id).revision_id
    here = Two(page.sign_in(cast.edda), kept, head)
    here.page.get(here.address)
    assert "you took this file out." in here.page.text()
    here.page.post(here.address, here.fields("kept"))
    assert draft(session) is None


def test_a_picture_has_no_third_text(page: Page, cast: Cast, session: Session) -> None:
    path, start = "content/good-course/images/note.png", open_draft(session, KEY).revision_id
    save_text(session, path, b"\x89PNG\r\n\x1a\n1", base=start, by=cast.ada.id)
    kept = save_text(session, path, b"\x89PNG\r\n\x1a\n22", base=start, by=cast.edda.id).revision_id
    html = page.sign_in(cast.ada).get(f"{DESK}/kept/{kept}").text
    assert "Use the text of Edda Lind" in html
    assert "Before: note.png, 9 bytes" in html
    assert "<textarea" not in html


def test_a_save_in_the_line_has_no_kept_text(two: Two) -> None:
    two.page.get(f"{DESK}/kept/{two.head}", status=404)
    two.page.get(f"{two.address}?file=content/good-course/20-next-steps.md", status=404)
    two.page.post(two.address, two.fields("kept") | {"file": "../x"}, status=404)


def test_two_texts_of_the_test_are_shown_once_the_answers_are_opened(
    page: Page, cast: Cast, session: Session
) -> None:
    start = open_draft(session, KEY).revision_id
    test = good_files()[TEST]
    save_text(session, TEST, test.replace(b"on hold.", b"off."), base=start, by=cast.ada.id)
    kept = save_text(session, TEST, test.replace(b"on hold.", b"away."), base=start, by=cast.edda.id)
    address = f"{DESK}/kept/{kept.revision_id}"
    page.sign_in(cast.edda).get(address)
    assert "You are about to see the test’s answers" in page.text()
    assert "away." not in page.text()
    page.post(address, {"base": "1", "file": TEST, "choice": "kept"}, status=403)
    open_keys(page).get(address)
    assert "away." in page.text()


@pytest.mark.parametrize("wrong", [{"choice": "both"}, {"csrf_token": "nonsense"}], ids=str)
def test_a_form_with_a_mistake_shows_no_answer_that_was_not_opened(
    page: Page, cast: Cast, session: Session, wrong: dict[str, str]
) -> None:
    start, test = open_draft(session, KEY).revision_id, good_files()[TEST]
    new = test.replace(b"id: hear-b", b"id: hear-z")
    assert new != test
    open_keys(page.sign_in(cast.edda))
    head = save_text(session, TEST, test.replace(b"on hold.", b"off."), base=start, by=cast.ada.id)
    kept = save_text(session, TEST, new.replace(b"on hold.", b"away."), base=start, by=cast.ada.id)
    fields = {"base": str(head.revision_id), "file": TEST, "choice": "kept"} | wrong
    page.post(f"{DESK}/kept/{kept.revision_id}", fields, status=403)
    assert "There are answers here that you have not seen yet" in page.text()
    assert "away." not in page.text()


def test_scripts_in_either_text_are_printed_as_words(page: Page, cast: Cast, session: Session) -> None:
    start = open_draft(session, KEY).revision_id
    save_text(session, LESSON, b"</textarea><script>a()</script>", base=start, by=cast.ada.id)
    kept = save_text(session, LESSON, b"</textarea><script>b()</script>", base=start, by=cast.edda.id)
    html = page.sign_in(cast.edda).get(f"{DESK}/kept/{kept.revision_id}").text
    assert "<script>a" not in html
    assert "<script>b" not in html
    assert files_at(session, kept.revision_id)[0][LESSON] == b"</textarea><script>b()</script>"
