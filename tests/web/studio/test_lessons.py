"""Adding, moving and retiring a lesson by form: each a revision of the draft, nothing of it live."""

import pytest
from sqlalchemy.orm import Session

from app.library.drafting import open_draft
from app.library.lesson_files import lesson_slugs
from app.library.tables import Revision
from tests.cast import Cast
from tests.library.drafts import KEY, LESSON, good_files, save_text
from tests.page import Page

LESSONS = "/studio/courses/good-course/lessons"


def order(session: Session) -> list[str]:
    session.rollback()
    return lesson_slugs(open_draft(session, KEY).files, "good-course")


def newest(session: Session) -> tuple[int | None, str]:
    revision = session.get_one(Revision, open_draft(session, KEY).revision_id)
    return revision.made_by_id, revision.message


def test_a_lesson_is_added_where_the_editor_says(page: Page, session: Session, cast: Cast) -> None:
    fields = {"title": "In  between", "place": "after-first-steps"}
    response = page.sign_in(cast.edda).post(f"{LESSONS}/new", fields)
    assert response.headers["Location"] == f"{LESSONS}/in-between"
    assert order(session) == ["first-steps", "in-between", "next-steps"]
    assert newest(session) == (cast.edda.id, "Add the lesson In between")
    assert b"title: In between\n" in open_draft(session, KEY).files["content/good-course/15-in-between.md"]


def test_a_title_that_was_a_live_lesson_before_gets_another_address(
    page: Page, session: Session, cast: Cast
) -> None:
    save_text(session, LESSON, None)
    page.sign_in(cast.edda).post(f"{LESSONS}/new", {"title": "First steps", "place": "first"})
    assert order(session) == ["first-steps-2", "next-steps"]


def test_the_page_of_new_lessons_is_never_taken_for_a_lesson(
    page: Page, session: Session, cast: Cast
) -> None:
    page.sign_in(cast.edda).post(f"{LESSONS}/new", {"title": "New", "place": "first"})
    assert order(session)[0] == "new-2"


def test_a_lesson_moves(page: Page, session: Session, cast: Cast) -> None:
    page.sign_in(cast.edda).get(f"{LESSONS}/first-steps/move")
    chosen = [one.get("value") for one in page.elements("option") if "selected" in one.attrib]
    assert chosen == ["first"]
    page.post(f"{LESSONS}/first-steps/move", {"place": "after-next-steps"})
    assert order(session) == ["next-steps", "first-steps"]
    assert newest(session)[0] == cast.edda.id


def test_somebody_elses_save_in_between_is_kept(page: Page, session: Session, cast: Cast) -> None:
    page.sign_in(cast.edda).get(f"{LESSONS}/first-steps/move")
    save_text(session, LESSON, b"---\ntitle: By Ada\n---\n", by=cast.ada.id)
    page.post(f"{LESSONS}/first-steps/move", {"place": "after-next-steps"})
    assert b"---\ntitle: By Ada\n---\n" in open_draft(session, KEY).files.values()


def test_retiring_says_first_what_still_points_at_the_lesson(
    page: Page, session: Session, cast: Cast
) -> None:
    page.sign_in(cast.edda).get(f"{LESSONS}/first-steps/retire")
    assert "What would be left to mend" in page.text()
    assert "There is no section called first-steps#" in page.text()
    assert order(session) == ["first-steps", "next-steps"]
    page.post(f"{LESSONS}/first-steps/retire")
    assert order(session) == ["next-steps"]
    assert newest(session)[0] == cast.edda.id
    page.get("/courses/good-course/first-steps")


def test_the_only_lesson_stays(page: Page, session: Session, cast: Cast) -> None:
    save_text(session, LESSON, None)
    page.sign_in(cast.edda).get(f"{LESSONS}/next-steps/retire", status=409)
    assert "this is its only one" in page.text()
    page.post(f"{LESSONS}/next-steps/retire", status=409)
    assert order(session) == ["next-steps"]


@pytest.mark.parametrize(
    ("where", "fields", "said"),
    [
        ("new", {"title": "", "place": "first"}, "Enter a title."),
        ("new", {"title": "A", "place": "after-nothing"}, "Not a valid choice."),
        ("first-steps/move", {"place": "after-first-steps"}, "Not a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    page: Page, session: Session, cast: Cast, where: str, fields: dict[str, str], said: str
) -> None:
    page.sign_in(cast.edda).post(f"{LESSONS}/{where}", fields, status=422)
    assert said in page.text()
    session.rollback()
    assert open_draft(session, KEY).files == good_files()


def test_an_old_token_shows_the_page_again(page: Page, session: Session, cast: Cast) -> None:
    page.sign_in(cast.edda)
    for where in ("new", "first-steps/move", "first-steps/retire"):
        fields = {"title": "What I typed", "place": "first", "csrf_token": "old"}
        page.post(f"{LESSONS}/{where}", fields, status=400)
        assert "Look through what you typed and send it again." in page.text()
    session.rollback()
    assert open_draft(session, KEY).files == good_files()


@pytest.mark.parametrize("where", ["nothing/move", "nothing/retire", "..%2Fx/retire"])
def test_there_is_no_page_for_a_lesson_that_is_not_there(page: Page, cast: Cast, where: str) -> None:
    page.sign_in(cast.edda).get(f"{LESSONS}/{where}", status=404)
    page.get(f"/studio/courses/nothing/lessons/{where}", status=404)
