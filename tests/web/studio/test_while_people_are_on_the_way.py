"""An edition to be learnt again goes live while somebody is in the middle of a round: they notice nothing."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate
from app.learning.tables import Completion
from app.library.live import live_sources
from tests.cast import Cast
from tests.conftest import TestClock
from tests.library.drafts import KEY, LESSON, good_files, save_text
from tests.page import Page
from tests.web.learner.taking import Taking, finish_lessons

ADDRESS = "/studio/courses/good-course/publication"
TEST = "quizzes/good-course/test.yml"


def without_a_slot() -> bytes:
    """The test without its second slot, and with other ids in its first."""
    text = good_files()[TEST].decode()
    text = re.sub(r"  - id: note\n.*?(?=  - id: kinds\n)", "", text, flags=re.DOTALL)
    return text.replace("id: hear-", "id: heard-").encode()


@pytest.fixture
def relearn(app: Flask, session: Session, cast: Cast) -> Callable[[], None]:
    """Publish an edition 2 whose test lacks a slot and whose first slot asks other questions."""

    def publish() -> None:
        save_text(session, TEST, without_a_slot(), by=cast.edda.id)
        changed = good_files()[LESSON].replace(b"Most calls begin", b"Many calls begin")
        revision = save_text(session, LESSON, changed, by=cast.edda.id).revision_id
        editor = Page(app).sign_in(cast.edda)
        editor.get(ADDRESS)
        assert "One person has the test open. They finish the test of edition 1 undisturbed" in editor.text()
        editor.post(ADDRESS, {"revision": str(revision), "kind": "relearn"})
        session.rollback()
        assert live_sources(session)[KEY].edition == 2

    return publish


@pytest.fixture
def taking(page: Page, session: Session, clock: TestClock, cast: Cast) -> Taking:
    finish_lessons(session, cast.amira, clock)
    return Taking(page.sign_in(cast.amira)).start()


def certified(session: Session) -> list[tuple[int, int]]:
    """The editions of completions and of certificates."""
    session.rollback()
    completions = session.scalars(select(Completion.edition)).all()
    return [*zip(completions, [1] * len(session.scalars(select(Certificate.id)).all()), strict=True)]


def test_a_round_is_finished_with_the_questions_that_it_began_with(
    taking: Taking, session: Session, relearn: Callable[[], None]
) -> None:
    taking.page.get(taking.at("questions", 1))
    before = taking.page.text()
    relearn()
    taking.page.get(taking.at("questions", 1))
    assert taking.page.text() == before
    taking.answer()
    taking.page.follow(taking.hand_in())
    assert certified(session) == [(1, 1)]


def test_the_next_round_is_of_the_same_edition_too(
    taking: Taking, session: Session, relearn: Callable[[], None]
) -> None:
    taking.miss("note")
    relearn()
    taking.read("note")
    taking.go_on("note")
    taking.answer()
    taking.page.follow(taking.hand_in())
    assert certified(session) == [(1, 1)]


def test_whoever_has_passed_is_then_offered_the_new_edition(
    taking: Taking, relearn: Callable[[], None]
) -> None:
    relearn()
    taking.answer()
    taking.page.follow(taking.hand_in())
    taking.start()
    taking.page.get(taking.at("questions", 1))
    assert "of 2" in taking.page.text()
