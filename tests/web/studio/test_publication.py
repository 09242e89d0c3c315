"""The page on which a draft goes live: what it says first, and who may do it."""

import re

from sqlalchemy.orm import Session

from app.library.live import live_sources
from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.library.drafts import KEY, LESSON, good_files, save_text
from tests.page import Page

ADDRESS = "/studio/courses/good-course/publication"
COURSE = "content/good-course/course.yml"
TEST = "quizzes/good-course/test.yml"
CHANGED = good_files()[LESSON].replace(b"Most calls begin", b"Many calls begin")


def looked_at(page: Page) -> str:
    return next(one.get("value", "") for one in page.elements("input") if one.get("name") == "revision")


def added(page: Page) -> str:
    """The words that the page marks as added."""
    return " ".join(" ".join("".join(one.itertext()).split()) for one in page.elements("ins"))


def test_an_editor_publishes_a_small_change_and_learners_read_it(
    page: Page, session: Session, cast: Cast
) -> None:
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    page.sign_in(cast.edda).get(ADDRESS)
    assert "content/good-course/10-first-steps.md" in page.text()
    assert "Many" in added(page)
    sent = page.post(ADDRESS, {"revision": looked_at(page), "kind": "minor"})
    page.follow(sent)
    assert "Edition 1 is live." in page.text()
    assert "Many calls begin" in page.get("/courses/good-course/first-steps").text
    page.get(ADDRESS)
    assert "There is nothing to publish" in page.text()


def test_what_is_learnt_again_is_the_next_edition(page: Page, session: Session, cast: Cast) -> None:
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    page.sign_in(cast.edda).get(ADDRESS)
    page.follow(page.post(ADDRESS, {"revision": looked_at(page), "kind": "relearn"}))
    assert "Edition 2 is live." in page.text()
    assert live_sources(session)[KEY].edition == 2


def test_what_happens_to_people_on_the_way_is_said_first(
    page: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    Learner(page.app, session, clock, cast.amira).all_the_way("good-course")
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    page.sign_in(cast.edda).get(ADDRESS)
    assert "One person has completed this edition. Their certificates stay as they are" in page.text()
    assert "One person has completed edition 1. They keep their certificates" in page.text()
    assert re.search("Nobody has the test open", page.text())


def test_a_draft_with_an_error_has_no_button_and_cannot_be_published(
    page: Page, session: Session, cast: Cast
) -> None:
    broken = save_text(session, LESSON, CHANGED.replace(b"minutes:", b"minuets:"), by=cast.edda.id)
    page.sign_in(cast.edda).get(ADDRESS)
    assert "To mend first" in page.text()
    assert not [one for one in page.elements("button") if "Publish" in "".join(one.itertext())]
    page.post(ADDRESS, {"revision": str(broken.revision_id), "kind": "minor"}, status=400)
    assert "Many calls begin" not in page.get("/courses/good-course/first-steps").text


def test_what_moved_on_since_the_page_was_opened_is_looked_at_again(
    page: Page, session: Session, cast: Cast
) -> None:
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    page.sign_in(cast.edda).get(ADDRESS)
    revision = looked_at(page)
    save_text(session, LESSON, CHANGED + b"\nMore.\n", by=cast.ada.id)
    page.post(ADDRESS, {"revision": revision, "kind": "minor"}, status=409)
    for nonsense in ("", "x", "9" * 40, "-1"):
        page.post(ADDRESS, {"revision": nonsense, "kind": "minor"}, status=409)
    assert "Many calls begin" not in page.get("/courses/good-course/first-steps").text


def test_where_two_are_demanded_the_author_asks_and_a_colleague_publishes(
    page: Page, session: Session, cast: Cast
) -> None:
    save_text(session, COURSE, good_files()[COURSE] + b"second_person: true\n", by=cast.malik.id)
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    page.sign_in(cast.edda).get(ADDRESS)
    revision = looked_at(page)
    page.post(ADDRESS, {"revision": revision, "kind": "minor"}, status=403)
    page.follow(page.post(f"{ADDRESS}/request", {"revision": revision, "kind": "relearn"}))
    assert "Edda Lind asks for a second person" in page.text()
    page.sign_in(cast.ada).get(ADDRESS)
    ticked = [one.get("value") for one in page.elements("input") if "checked" in one.attrib]
    assert ticked == ["relearn"]
    page.follow(page.post(ADDRESS, {"revision": revision, "kind": "relearn"}))
    assert "Edition 2 is live." in page.text()


def test_what_changed_in_the_test_is_shown_to_whoever_has_opened_its_answers(
    page: Page, session: Session, cast: Cast
) -> None:
    changed = good_files()[TEST].replace(b"Ask for the flat number.", b"Ask for the number of the flat.")
    save_text(session, TEST, changed, by=cast.ada.id)
    page.sign_in(cast.edda).get(ADDRESS)
    assert "number of the" not in added(page)
    assert "The test has changed too." in page.text()
    page.post("/studio/courses/good-course/answers", {"back": ADDRESS})
    page.get(ADDRESS)
    assert "number of the" in added(page)
