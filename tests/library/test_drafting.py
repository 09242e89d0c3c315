"""Saving: every save is a revision, and two people who save at once both keep their text."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.kernel.errors import NotFound, Refusal
from app.library.drafting import Saved, begin, open_draft, save
from app.library.live import live_sources
from app.library.publishing import publish, purge
from app.library.storing import files_at, tree_of
from app.library.tables import Blob, Revision
from app.web.shared.context import db
from tests.cast import Cast
from tests.conftest import NOON
from tests.library.drafts import KEY, LESSON, OTHER, good_files, save_text


def revisions(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Revision)) or 0


def test_what_is_live_is_the_first_draft_and_does_not_differ(session: Session) -> None:
    draft = open_draft(session, KEY)
    assert (draft.files, draft.differs) == (good_files(), False)
    assert draft.live is not None
    assert draft.live.revision_id == draft.revision_id


def test_a_save_is_a_revision_with_its_author_and_message_and_changes_nothing_that_is_live(
    session: Session, cast: Cast
) -> None:
    live = live_sources(session)[KEY]
    saved = save_text(session, LESSON, b"---\ntitle: New\n", by=cast.edda.id, message="  A better\nstart ")
    row = session.get_one(Revision, saved.revision_id)
    assert (row.made_by_id, row.message, row.made_at) == (cast.edda.id, "A better start", NOON)
    assert (row.parent_id, row.beside_id) == (live.revision_id, None)
    draft = open_draft(session, KEY)
    assert (draft.files[LESSON], draft.differs) == (b"---\ntitle: New\n", True)
    assert live_sources(session)[KEY] == live


def test_saving_the_same_text_again_makes_no_revision(session: Session) -> None:
    before = revisions(session)
    assert not save_text(session, LESSON, good_files()[LESSON]).changed
    assert revisions(session) == before


def test_a_draft_that_goes_back_to_what_is_live_does_not_differ(session: Session) -> None:
    save_text(session, LESSON, b"other words")
    save_text(session, LESSON, good_files()[LESSON])
    assert not open_draft(session, KEY).differs


def test_two_who_save_different_files_from_the_same_start_both_stand_in_the_draft(session: Session) -> None:
    start = open_draft(session, KEY).revision_id
    save_text(session, LESSON, b"by one", base=start)
    second = save_text(session, OTHER, b"by two", base=start)
    assert second.clashes == ()
    files = open_draft(session, KEY).files
    assert (files[LESSON], files[OTHER]) == (b"by one", b"by two")


def test_two_who_save_the_same_file_at_once_both_keep_their_text(session: Session) -> None:
    start = open_draft(session, KEY).revision_id
    first = save_text(session, LESSON, b"by one", base=start)
    second = save_text(session, LESSON, b"by two", base=start)
    assert second.clashes == (LESSON,)
    assert open_draft(session, KEY).revision_id == first.revision_id
    assert open_draft(session, KEY).files[LESSON] == b"by one"
    kept, _purged = files_at(session, second.revision_id)
    assert kept[LESSON] == b"by two"
    assert session.get_one(Revision, second.revision_id).beside_id == first.revision_id


def test_two_who_make_the_same_change_agree(session: Session) -> None:
    start = open_draft(session, KEY).revision_id
    save_text(session, LESSON, b"the same", base=start)
    again = save_text(session, LESSON, b"the same", base=start)
    assert (again.clashes, again.changed) == ((), False)


def test_a_file_that_one_takes_away_and_another_changes_clashes(session: Session) -> None:
    start = open_draft(session, KEY).revision_id
    save_text(session, LESSON, None, base=start)
    assert save_text(session, LESSON, b"still wanted", base=start).clashes == (LESSON,)
    assert LESSON not in open_draft(session, KEY).files


def test_a_new_source_begins_as_a_draft_that_is_not_live(session: Session) -> None:
    files = {"content/new-course/course.yml": b"slug: new-course\n"}
    with writing(session):
        begin(session, ("course", "new-course"), files, by_id=None, message="Begun", now=NOON)
    draft = open_draft(session, ("course", "new-course"))
    assert (draft.files, draft.live, draft.differs) == (files, None, True)


def test_a_name_that_is_taken_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="already"), writing(session):
        begin(session, KEY, good_files(), by_id=None, message="", now=NOON)


@pytest.mark.parametrize(
    "path",
    [
        "content/good-course/../other/x.md",
        "content/other-course/x.md",
        "content/site.yml",
        "/etc/passwd",
        "content/good-course/a b.md",
        "content/good-course/.hidden",
        "content/good-course/" + "x" * 250,
        "content//x.md",
    ],
)
def test_a_file_is_kept_under_the_names_of_its_own_source_only(session: Session, path: str) -> None:
    before = revisions(session), session.scalar(select(func.count()).select_from(Blob))
    with pytest.raises(Refusal, match="cannot be called"):
        save_text(session, path, b"text")
    assert (revisions(session), session.scalar(select(func.count()).select_from(Blob))) == before


def test_more_than_a_source_may_have_is_refused_and_nothing_is_kept(session: Session) -> None:
    before = revisions(session)
    changes = {f"content/good-course/images/{number}.png": b"x" for number in range(301)}
    base_id = open_draft(session, KEY).revision_id
    with pytest.raises(Refusal, match="too much"), writing(session):
        save(session, KEY, changes, base_id=base_id, by_id=None, message="", now=NOON)
    assert revisions(session) == before


def test_a_version_of_another_source_is_no_start(session: Session) -> None:
    site = open_draft(session, ("site", "site")).revision_id
    with pytest.raises(NotFound):
        save_text(session, LESSON, b"text", base=site)


def test_a_draft_stands_without_what_was_removed_for_good(session: Session) -> None:
    picture = "content/good-course/images/note.png"
    with writing(session):
        purge(session, tree_of(good_files())[picture], now=NOON)
    save_text(session, LESSON, b"text")
    draft = open_draft(session, KEY)
    assert picture not in draft.files
    assert picture in draft.purged


def test_publishing_from_folders_goes_on_from_the_head(session: Session) -> None:
    before = open_draft(session, KEY).revision_id
    changed = good_files() | {LESSON: good_files()[LESSON].replace(b"Most calls begin", b"Many calls begin")}
    with writing(session):
        published = publish(session, *KEY, changed, by_id=None, now=NOON)
    assert published is not None
    assert session.get_one(Revision, published.revision_id).parent_id == before
    assert not open_draft(session, KEY).differs


def test_of_two_at_the_same_moment_one_is_in_the_line_and_one_beside_it(app: Flask, session: Session) -> None:
    start = open_draft(session, KEY).revision_id
    session.rollback()
    barrier, saves = Barrier(2), []

    def save_own(words: bytes) -> None:
        with app.app_context():
            own = db.session()
            barrier.wait()
            saves.append(save_text(own, LESSON, words, base=start))
            db.session.remove()

    threads = [Thread(target=save_own, args=(words,)) for words in (b"by one", b"by two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(saved.clashes) for saved in saves) == [False, True]
    assert {kept(session, saved) for saved in saves} == {b"by one", b"by two"}


def kept(session: Session, saved: Saved) -> bytes:
    return files_at(session, saved.revision_id)[0][LESSON]
