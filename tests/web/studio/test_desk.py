"""A course's desk: how its draft stands, and the way to every page that edits a part of it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.approving import ask
from tests.cast import Cast
from tests.conftest import TestClock
from tests.library.drafts import LESSON, good_files, save_text
from tests.page import Page

DESK = "/studio/courses/good-course"
COURSE = "content/good-course/course.yml"
CHANGED = good_files()[LESSON].replace(b"Most calls begin", b"Many calls begin")


def test_a_desk_says_what_is_live_and_offers_nothing_to_publish(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get(DESK)
    assert "Edition 1, live since 1 October 2026." in page.text()
    assert "Look through and publish" not in page.links()
    assert page.links()["First steps"] == f"{DESK}/lessons/first-steps"
    assert "It states 4 minutes, and the estimate is" in page.text()


def test_a_saved_draft_names_who_saved_it_and_leads_to_publishing(
    page: Page, session: Session, cast: Cast
) -> None:
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    page.sign_in(cast.ada).get(DESK)
    assert "The draft was saved at 12:00 by Edda Lind and is not live yet." in page.text()
    assert page.links()["Look through and publish"] == f"{DESK}/publication"


def test_a_problem_leads_to_the_page_where_it_is_mended(page: Page, session: Session, cast: Cast) -> None:
    save_text(session, LESSON, CHANGED.replace(b"minutes:", b"minuets:"), by=cast.edda.id)
    save_text(session, COURSE, good_files()[COURSE].replace(b"nation:", b"naton:"), by=cast.edda.id)
    page.sign_in(cast.edda).get(DESK)
    assert "There is no field called naton here." in page.text()
    hrefs = [link.get("href", "") for link in page.elements("a")]
    assert f"{DESK}/settings" in hrefs
    assert any(href.startswith(f"{DESK}/lessons/first-steps#line-") for href in hrefs)


def test_a_draft_that_does_not_compile_still_shows_its_lessons(
    page: Page, session: Session, cast: Cast
) -> None:
    save_text(session, COURSE, b"title: [", by=cast.edda.id)
    page.sign_in(cast.edda).get(DESK)
    assert "First steps" in page.links()
    assert "To mend before publishing" in page.text()


def test_a_review_that_is_due_is_said_on_the_desk_and_in_the_list(
    page: Page, cast: Cast, clock: TestClock
) -> None:
    page.sign_in(cast.edda).get("/studio")
    assert "Its review was due" not in page.text()
    clock.move(timedelta(days=3650))
    page.sign_in(cast.edda).get(DESK)
    assert "Its review is due." in page.text()
    page.get("/studio")
    assert "Its review was due on" in page.text("call")


def test_who_waits_for_a_second_person_stands_in_the_list(page: Page, session: Session, cast: Cast) -> None:
    revision = save_text(session, LESSON, CHANGED, by=cast.edda.id).revision_id
    with writing(session):
        ask(session, revision, relearn=False, by_id=cast.edda.id, now=page.app.extensions["rung"].clock())
    page.sign_in(cast.ada).get("/studio")
    assert "One course waits for a second person." in page.text()
    assert "Edda Lind asks for a second person to publish it." in page.text("call")


def test_there_is_no_desk_for_what_is_not_there(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get("/studio/courses/nothing", status=404)
    page.get("/studio/courses/nothing/publication", status=404)


def test_editors_find_the_studio_from_their_account_and_learners_do_not(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get("/account")
    assert page.links()["Edit courses in the studio"] == "/studio"
    page.sign_in(cast.amira).get("/account")
    assert "Edit courses in the studio" not in page.links()
