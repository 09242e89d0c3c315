"""A change that should not have been made: the version before it is brought back with one press."""

from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.library.drafts import LESSON, good_files, save_text
from tests.page import Page

DESK = "/studio/courses/good-course"
CHANGED = good_files()[LESSON].replace(b"Most calls begin", b"Many calls begin")


def publish(page: Page) -> None:
    page.get(f"{DESK}/publication")
    revision = next(one.get("value", "") for one in page.elements("input") if one.get("name") == "revision")
    page.post(f"{DESK}/publication", {"revision": revision, "kind": "minor"})


def test_what_is_brought_back_is_read_again_once_it_is_published(
    app: Flask, page: Page, session: Session, cast: Cast
) -> None:
    guest, lesson = Page(app), "/courses/good-course/first-steps"
    page.sign_in(cast.edda)
    first = save_text(
        session, LESSON, good_files()[LESSON] + b"\nA good line.\n", by=cast.edda.id
    ).revision_id
    publish(page)
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    publish(page)
    assert "Many calls begin" in guest.get(lesson).text
    page.get(f"{DESK}/history/{first}")
    base = next(one.get("value", "") for one in page.elements("input") if one.get("name") == "base")
    page.post(f"{DESK}/history/{first}", {"base": base})
    assert "Many calls begin" in guest.get(lesson).text, "a draft is not live yet"
    publish(page)
    assert "A good line." in guest.get(lesson).text
