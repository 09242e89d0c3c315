"""Playing a question of the draft: what a learner meets, and what they are told, right and wrong."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.library.drafts import good_files, save_text
from tests.page import Page
from tests.web.studio.keys import open_keys

PLAY = "/studio/courses/good-course/play"
TEST = "quizzes/good-course/test.yml"
KEY = "The part that matters may come last."
ALL = ["hear-a", "note-a", "kinds-a", "say-back"]


@pytest.fixture
def edda(app: Flask, cast: Cast) -> Page:
    """An editor who has opened the answers."""
    return open_keys(Page(app).sign_in(cast.edda))


def choices(page: Page) -> list[str | None]:
    return [one.get("value") for one in page.elements("input") if one.get("type") in {"radio", "checkbox"}]


def test_the_answers_are_asked_for_first(app: Flask, cast: Cast) -> None:
    page = Page(app).sign_in(cast.edda)
    html = page.get(f"{PLAY}/hear-a?given=yes&answer=a").text
    assert "You are about to see the test’s answers" in page.text()
    assert KEY not in html
    assert "A caller begins with a leak" not in html


def test_practice_needs_no_asking(app: Flask, cast: Cast) -> None:
    page = Page(app).sign_in(cast.edda)
    page.get(f"{PLAY}/say-back?given=yes&answer=b")
    assert "Not quite." in page.text("feedback")


@pytest.mark.parametrize("question", ALL)
def test_before_the_answer_neither_key_nor_reason_is_shown(edda: Page, question: str) -> None:
    html = edda.get(f"{PLAY}/{question}").text
    assert edda.elements("form")[0].get("method") == "get"
    reasons = re.findall(r"reason: ([^}]+?)(?:\.?[,}])", good_files()[TEST].decode())
    assert len(reasons) > 20
    assert not [one for one in [*reasons, "The caller can now put right"] if one in html]


def test_a_right_answer_is_secured_and_every_reason_is_given(edda: Page) -> None:
    edda.get(f"{PLAY}/hear-a")
    edda.get(edda.links()["See a right answer"])
    assert "It is secured" in edda.text("notice")
    assert "Yes. Let the caller tell the whole story" in edda.text("explained")
    assert KEY in edda.text("explained")


def test_a_wrong_answer_is_told_as_after_handing_in(edda: Page) -> None:
    edda.get(f"{PLAY}/hear-a?given=yes&answer=b")
    told = edda.text("miss")
    assert "Hearing the whole story" in told
    assert "Ask for the flat number." in told
    assert "The story is cut short by a question." in told
    assert KEY not in told
    assert "First steps: Hear it all" in told
    assert KEY in edda.text("explained")


@pytest.mark.parametrize("question", ALL)
def test_every_type_can_be_seen_wrong(edda: Page, question: str) -> None:
    edda.get(f"{PLAY}/{question}")
    edda.get(edda.links()["See a wrong answer"])
    assert "Not quite." in edda.text()


def test_nothing_chosen_is_a_miss(edda: Page) -> None:
    edda.get(f"{PLAY}/hear-a?given=yes")
    assert "You left this one empty." in edda.text("miss")


def test_too_many_is_said_as_it_is_to_a_learner(edda: Page) -> None:
    edda.get(f"{PLAY}/note-a?given=yes&answer=a&answer=b&answer=c", status=422)
    assert "Choose two. You have chosen three" in edda.text("error")


@pytest.mark.parametrize(
    "query", ["answer=nonsense", "answer=a&answer=a", "answer-r1=a", "answer=a&answer=b"]
)
def test_what_the_form_could_not_send_is_refused(edda: Page, query: str) -> None:
    edda.get(f"{PLAY}/hear-a?given=yes&{query}", status=400)
    assert "Open the question again" in edda.text("error")


def test_the_choices_can_be_shuffled(edda: Page) -> None:
    seen = set()
    edda.get(f"{PLAY}/hear-a")
    for _ in range(8):
        seen.add(tuple(choices(edda)))
        edda.get(edda.links()["Shuffle the choices"])
    assert len(seen) > 2
    assert {frozenset(one) for one in seen} == {frozenset("abcd")}


@pytest.mark.parametrize("order", ["", "-1", "1e9", "9" * 400, "\u0661", "<script>", "0"])
def test_an_order_that_is_none_does_no_harm(edda: Page, order: str) -> None:
    edda.get(f"{PLAY}/hear-a", query_string={"order": order})
    assert set(choices(edda)) == set("abcd")


def test_it_is_the_draft_s_question_and_the_others_of_its_slot_are_one_step_away(
    session: Session, edda: Page
) -> None:
    changed = good_files()[TEST].replace(
        b"A caller begins with a leak.", b"A caller begins with <b>mould</b>."
    )
    save_text(session, TEST, changed.replace(b"section: next-steps#agree-a-day", b"section: no-such#place"))
    edda.get(f"{PLAY}/hear-a")
    assert "A caller begins with" in edda.text("question")
    assert "mould" in edda.text("question")
    assert {"hear-a", "hear-b", "hear-c"} <= edda.links().keys()
    edda.get(edda.links()["hear-b"])
    assert "the boiler" in edda.text("question")


def test_a_question_with_an_error_says_what_to_mend(session: Session, edda: Page) -> None:
    save_text(session, TEST, good_files()[TEST].replace(b"last., correct: true", b"last.", 1))
    edda.get(f"{PLAY}/hear-a")
    assert "No choice is marked as correct." in edda.text()


def test_nothing_is_stored(edda: Page) -> None:
    for address in (f"{PLAY}/hear-a", f"{PLAY}/hear-a?given=yes&answer=a"):
        edda.get(address)
        assert not [one for one in edda.statements if not one.startswith("SELECT")]


def test_what_is_not_there_is_not_found(edda: Page) -> None:
    edda.get(f"{PLAY}/no-such-question", status=404)
    edda.get("/studio/courses/nowhere/play/hear-a", status=404)
