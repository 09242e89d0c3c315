"""Which answers an editor sees who looks into a test."""

import pytest
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.library.answers_in_sight import answers_in_sight
from app.library.publishing_drafts import publish_draft
from tests.cast import Cast
from tests.conftest import NOON
from tests.library.drafts import good_files, save_text

TEST = "quizzes/good-course/test.yml"
BODY = good_files()[TEST]


def test_it_is_every_question_of_the_live_test(session: Session) -> None:
    in_sight = answers_in_sight(session, "good-course")
    assert in_sight.edition == 1
    assert {"hear-a", "hear-b", "note-a"} <= in_sight.questions
    assert "hear" not in in_sight.questions


def test_a_question_of_the_draft_and_one_that_it_took_out_are_both_in_sight(session: Session) -> None:
    save_text(session, TEST, BODY.replace(b"id: hear-a", b"id: hear-z"))
    assert {"hear-a", "hear-z"} <= answers_in_sight(session, "good-course").questions


def test_a_test_with_errors_still_says_what_it_asks(session: Session) -> None:
    save_text(session, TEST, BODY.replace(b"type:", b"tipe:").replace(b"id: hear-a", b"id: hear-z"))
    assert "hear-z" in answers_in_sight(session, "good-course").questions


@pytest.mark.parametrize(
    "body", [b"slots: [", b"slots: 5", b"- a", b"\xff", b"slots: [{questions: [5, {id: [a]}]}]"]
)
def test_one_that_cannot_be_read_adds_nothing(session: Session, body: bytes) -> None:
    before = answers_in_sight(session, "good-course")
    save_text(session, TEST, body)
    assert answers_in_sight(session, "good-course") == before


def test_a_course_that_is_not_here_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        answers_in_sight(session, "no-course")


def test_the_edition_is_the_one_that_is_live(session: Session, cast: Cast) -> None:
    saved = save_text(session, TEST, BODY.replace(b"id: hear-a", b"id: hear-z"))
    with writing(session):
        publish_draft(
            session,
            ("course", "good-course"),
            revision_id=saved.revision_id,
            relearn=True,
            by_id=cast.edda.id,
            now=NOON,
        )
    in_sight = answers_in_sight(session, "good-course")
    assert in_sight.edition == 2
    assert "hear-a" not in in_sight.questions
