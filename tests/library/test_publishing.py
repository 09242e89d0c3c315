"""Publishing on a real database: what becomes live, what is refused, and what two at once come to."""

import os
import shutil
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.kernel.errors import Conflict, NotFound
from app.library.folders import read_folders
from app.library.live import live_sources
from app.library.publishing import compare, publish, purge
from app.library.shelf import Shelf
from app.library.sources import check_folders
from app.library.storing import tree_of
from app.library.tables import Blob, Publication, Revision
from app.web.shared.context import db
from tests.conftest import NOON

GOOD = Path(__file__).parents[1] / "authored" / "good"
LESSON = "content/good-course/10-first-steps.md"
COURSE = "content/good-course/course.yml"
PICTURE = "content/good-course/images/note.png"


@pytest.fixture
def files() -> dict[str, bytes]:
    return read_folders(GOOD)[("course", "good-course")]


def put(session: Session, files: dict[str, bytes]) -> Publication | None:
    with writing(session):
        return publish(session, "course", "good-course", files, by_id=None, now=NOON)


def edited(files: dict[str, bytes], path: str, old: str, new: str) -> dict[str, bytes]:
    assert old.encode() in files[path]
    return {**files, path: files[path].replace(old.encode(), new.encode())}


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_folders_hold_a_course_a_design_and_the_site() -> None:
    found = read_folders(GOOD)
    assert set(found) == {("course", "good-course"), ("design", "standard"), ("site", "site")}
    assert {PICTURE, LESSON, "quizzes/good-course/test.yml"} <= set(found[("course", "good-course")])


def test_hidden_files_links_and_notes_are_no_part_of_a_source(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "a-course"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("note")
    (folder / ".hidden.md").write_text("note")
    (folder / "10-secret.md").symlink_to("/etc/passwd")
    (folder / "course.yml").write_text("slug: a-course")
    assert read_folders(tmp_path) == {
        ("course", "a-course"): {"content/a-course/course.yml": b"slug: a-course"}
    }


def test_a_file_name_that_is_no_text_is_a_problem_that_can_be_printed(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    (Path(os.fsdecode(os.fsencode(tmp_path / "content/good-course/images") + b"/note\xff.png"))).write_bytes(
        b""
    )
    told = "\n".join(str(problem) for problem in check_folders(tmp_path))
    assert "note\ufffd.png:1:1: error: This file's name cannot be kept everywhere." in told
    assert told.encode()


def test_publishing_what_is_live_changes_nothing(session: Session, files: dict[str, bytes]) -> None:
    before = count(session, Publication)
    first = put(session, files)
    assert first is not None
    assert count(session, Publication) == before


def test_a_small_change_keeps_the_edition_and_shares_every_other_file(
    session: Session, files: dict[str, bytes]
) -> None:
    blobs = count(session, Blob)
    publication = put(session, edited(files, LESSON, "Most calls", "Many calls"))
    assert publication is not None
    assert (publication.edition, publication.kind) == (1, "minor")
    assert count(session, Blob) == blobs + 1


def test_the_next_edition_asks_people_to_learn_again(session: Session, files: dict[str, bytes]) -> None:
    publication = put(session, edited(files, COURSE, "edition: 1", "edition: 2"))
    assert publication is not None
    assert (publication.edition, publication.kind) == (2, "relearn")


def test_an_edition_that_skips_or_goes_back_is_refused(session: Session, files: dict[str, bytes]) -> None:
    assert put(session, edited(files, COURSE, "edition: 1", "edition: 3")) is None
    assert put(session, edited(files, COURSE, "edition: 1", "edition: 2")) is not None
    assert put(session, files) is None
    assert Shelf().course(session, "good-course").course.edition == 2


def test_a_course_with_an_error_is_not_published(session: Session, files: dict[str, bytes]) -> None:
    assert put(session, edited(files, COURSE, "minutes: 4", "minutes: four")) is None
    assert Shelf().course(session, "good-course").course.minutes == 4


def test_the_same_tree_published_twice_at_once_is_one_publication(
    app: Flask, session: Session, files: dict[str, bytes]
) -> None:
    changed = edited(files, LESSON, "Most calls", "Many calls")
    before = count(session, Publication)
    session.rollback()
    start, failures = Barrier(4), []

    def one() -> None:
        with app.app_context(), Session(db.engine) as own:
            start.wait()
            try:
                put(own, changed)
            except Exception as error:
                failures.append(error)

    threads = [Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert count(session, Publication) == before + 1


def test_differences_name_what_was_added_changed_and_removed(files: dict[str, bytes]) -> None:
    assert compare(tree_of(files), tree_of(files)) == []
    changed = edited(files, LESSON, "Most calls", "Many calls") | {"content/good-course/30-more.md": b"x"}
    del changed[PICTURE]
    found = [(each.path, each.change) for each in compare(tree_of(files), tree_of(changed))]
    assert found == [(LESSON, "changed"), ("content/good-course/30-more.md", "added"), (PICTURE, "removed")]


def test_the_shelf_serves_each_revision_as_it_stood(session: Session, files: dict[str, bytes]) -> None:
    shelf = Shelf()
    old = shelf.course(session, "good-course")
    put(session, edited(files, COURSE, "title: A good course", "title: A better course"))
    assert shelf.course(session, "good-course").course.title == "A better course"
    assert shelf.at(session, old.revision_id).course.title == "A good course"
    assert session.get(Revision, old.revision_id) is not None


def test_the_shelf_gives_the_same_object_while_nothing_changes(session: Session) -> None:
    shelf = Shelf()
    assert shelf.course(session, "good-course") is shelf.course(session, "good-course")


def test_what_is_not_on_the_shelf_is_not_found(session: Session) -> None:
    shelf = Shelf()
    with pytest.raises(NotFound):
        shelf.course(session, "no-course")
    with pytest.raises(NotFound):
        shelf.at(session, 10_000)
    with pytest.raises(NotFound):
        shelf.design(session, "no-design")


def test_a_design_is_never_served_as_a_course(session: Session) -> None:
    revision_id, files = Shelf().design(session, "standard")
    assert "certificates/standard/design.yml" in files
    with pytest.raises(NotFound):
        Shelf().at(session, revision_id)


def test_within_one_transaction_what_is_live_is_asked_for_once(session: Session) -> None:
    assert live_sources(session) is live_sources(session)
    first = live_sources(session)
    session.rollback()
    session.connection()  # a new transaction has begun, and has asked nothing yet
    assert live_sources(session) is not first


def test_a_purged_picture_leaves_its_course_standing_and_cannot_come_back(
    session: Session, files: dict[str, bytes]
) -> None:
    picture = tree_of(files)[PICTURE]
    with writing(session):
        assert purge(session, picture, now=NOON) == [PICTURE]
    blob = session.get(Blob, picture)
    assert blob is not None
    assert (blob.body, blob.purged_at) == (None, NOON)
    assert f"/images/{picture}" in str(Shelf().course(session, "good-course").course.lessons[0].segments)
    with pytest.raises(Conflict, match="removed for good"):
        put(session, edited(files, LESSON, "Most calls", "Many calls"))


def test_words_that_are_live_are_replaced_before_they_are_purged(
    session: Session, files: dict[str, bytes]
) -> None:
    lesson = tree_of(files)[LESSON]
    with pytest.raises(Conflict, match="is live"), writing(session):
        purge(session, lesson, now=NOON)
    old = Shelf().course(session, "good-course").revision_id
    put(session, edited(files, LESSON, "Most calls", "Many calls"))
    with writing(session):
        assert purge(session, lesson, now=NOON) == [LESSON]
    assert Shelf().course(session, "good-course").revision_id != old
    with pytest.raises(NotFound):
        Shelf().at(session, old)
