"""What the shelf costs: one statement a transaction, no rendering twice, and threads that get the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library import checked
from app.library.folders import read_folders
from app.library.publishing import publish
from app.library.shelf import Shelf
from app.library.tables import Publication, Revision
from app.web.shared.context import db
from tests.conftest import NOON

GOOD = Path(__file__).parents[1] / "authored" / "good"


@contextmanager
def statements() -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def add_courses(session: Session, count: int) -> None:
    files = read_folders(GOOD)[("course", "good-course")]
    with writing(session):
        for number in range(count):
            slug = f"course-{number}"
            renamed = {
                path.replace("good-course", slug): body.replace(b"good-course", slug.encode())
                for path, body in files.items()
            }
            assert publish(session, "course", slug, renamed, by_id=None, now=NOON) is not None


@pytest.mark.parametrize("more", [0, 3])
def test_a_page_asks_one_statement_for_all_that_is_live_however_many_courses(
    session: Session, more: int
) -> None:
    add_courses(session, more)
    shelf = Shelf()
    shelf.courses(session)
    shelf.site(session)
    session.rollback()
    with statements() as asked:
        assert len(shelf.courses(session)) == 1 + more
        shelf.course(session, "good-course")
        shelf.site(session)
    assert len(asked) == 1


def test_a_course_is_compiled_once_for_all_views(session: Session) -> None:
    checked._check.cache_clear()
    shelf = Shelf()
    for _ in range(3):
        session.rollback()
        shelf.course(session, "good-course")
    assert checked._check.cache_info().misses == 1


def test_what_was_published_in_this_transaction_is_seen_in_it(session: Session) -> None:
    shelf = Shelf()
    with writing(session):
        assert len(shelf.courses(session)) == 1
        files = read_folders(GOOD)[("course", "good-course")]
        renamed = {
            path.replace("good-course", "new"): body.replace(b"good-course", b"new")
            for path, body in files.items()
        }
        publish(session, "course", "new", renamed, by_id=None, now=NOON)
        assert [each.course.slug for each in shelf.courses(session)] == ["good-course", "new"]


def test_one_course_that_no_longer_compiles_takes_no_other_down(session: Session) -> None:
    add_courses(session, 1)
    with writing(session):
        source_id = session.query(Publication).order_by(Publication.id.desc()).first().source_id
        empty = Revision(source_id=source_id, tree_hash="0" * 64, made_at=NOON)
        session.add(empty)
        session.flush()
        session.add(
            Publication(source_id=source_id, revision_id=empty.id, edition=1, kind="minor", published_at=NOON)
        )
    assert [each.course.slug for each in Shelf().courses(session)] == ["good-course"]


def test_threads_that_ask_at_once_get_equal_courses(app: Flask) -> None:
    shelf, start, found = Shelf(), Barrier(6), []

    def ask() -> None:
        with app.app_context(), Session(db.engine) as own:
            start.wait()
            found.append(shelf.course(own, "good-course"))

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert all(each == found[0] for each in found)
