"""Folders and drafts: a push runs over nothing that was drafted, and a draft comes over as it is."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.drafting import open_draft
from app.library.folders import read_folders
from app.library.live import live_sources
from app.library.publishing import publish
from app.library.raw_files import put_back, text_at
from app.library.storing import files_at
from app.library.tables import Revision
from tests.cast import Cast
from tests.conftest import NOON
from tests.library.copies import Copy
from tests.library.drafts import KEY, LESSON, OTHER, good_files, save_text

COURSE = "content/good-course/course.yml"


@pytest.fixture
def copy(tmp_path: Path, session: Session) -> Copy:
    """A working copy that is in step with the shelf."""
    made = Copy(tmp_path)
    made.push(session)
    return made


def draft(session: Session) -> dict[str, bytes]:
    session.rollback()
    return open_draft(session, KEY).files


def live(session: Session) -> dict[str, bytes]:
    session.rollback()
    return files_at(session, live_sources(session)[KEY].revision_id)[0]


def replaced(path: str, old: str, new: str) -> bytes:
    body = good_files()[path]
    assert old.encode() in body
    return body.replace(old.encode(), new.encode())


MANY = ("Most calls", "Many calls")
AGREE = ("Agree a day and a time", "Agree on a day and a time")


def publish_draft(session: Session) -> None:
    files = draft(session)
    with writing(session):
        assert publish(session, *KEY, files, by_id=None, now=NOON) is not None


def test_a_push_that_touches_other_files_leaves_what_was_drafted_drafted(
    session: Session, cast: Cast, copy: Copy
) -> None:
    save_text(session, LESSON, replaced(LESSON, *MANY), by=cast.edda.id)
    copy.edit(OTHER, *AGREE)
    [told] = copy.push(session)
    assert told.well
    assert told.sentence.endswith("What was changed in its draft stays drafted.")
    assert live(session) == {**good_files(), OTHER: replaced(OTHER, *AGREE)}
    assert draft(session) == {**live(session), LESSON: replaced(LESSON, *MANY)}
    assert session.get_one(Revision, open_draft(session, KEY).revision_id).made_by_id == cast.edda.id


def test_a_file_changed_in_the_folders_and_in_the_draft_stops_the_push(session: Session, copy: Copy) -> None:
    save_text(session, LESSON, replaced(LESSON, *MANY))
    copy.edit(LESSON, "Most calls", "A few calls")
    copy.edit(OTHER, *AGREE)
    [told] = copy.push(session)
    assert not told.well
    assert f"{LESSON} changed both in the folders and in the studio's draft." in told.sentence
    assert live(session) == good_files()
    assert draft(session) == {**good_files(), LESSON: replaced(LESSON, *MANY)}
    assert "A few calls" in copy.read(LESSON)


def test_a_file_that_was_taken_out_in_the_draft_and_changed_in_the_folders_stops_the_push(
    session: Session, copy: Copy
) -> None:
    save_text(session, OTHER, None)
    copy.edit(OTHER, *AGREE)
    [told] = copy.push(session)
    assert not told.well
    assert OTHER in told.sentence


def test_the_same_change_on_both_sides_is_no_clash(session: Session, copy: Copy) -> None:
    save_text(session, LESSON, replaced(LESSON, *MANY))
    copy.edit(LESSON, *MANY)
    assert copy.push(session)[0].well
    assert live(session) == draft(session) == {**good_files(), LESSON: replaced(LESSON, *MANY)}


def test_a_file_added_and_one_taken_out_in_the_draft_stay_so_after_a_push(
    session: Session, copy: Copy
) -> None:
    added = "content/good-course/30-more.md"
    save_text(session, added, b"---\ntitle: More\n---\n")
    save_text(session, OTHER, None)
    copy.edit(LESSON, *MANY)
    assert copy.push(session)[0].well
    files = {**good_files(), LESSON: replaced(LESSON, *MANY), added: b"---\ntitle: More\n---\n"}
    del files[OTHER]
    assert draft(session) == files


def test_drafts_are_pulled_only_when_asked_for(session: Session, copy: Copy) -> None:
    save_text(session, LESSON, replaced(LESSON, *MANY))
    assert copy.pull(session) == []
    assert "Most calls" in copy.read(LESSON)
    [told] = copy.pull(session, drafts=True)
    assert told.sentence == f"The course good-course: {LESSON} brought from the draft."
    assert "Many calls" in copy.read(LESSON)
    assert copy.pull(session, drafts=True) == []


def test_a_pulled_draft_is_not_undone_by_a_pull_and_can_be_changed_and_pushed(
    session: Session, copy: Copy
) -> None:
    save_text(session, LESSON, replaced(LESSON, *MANY))
    copy.pull(session, drafts=True)
    copy.pull(session)
    copy.edit(LESSON, "Many calls", "Nearly all calls")
    [told] = copy.push(session)
    assert told.well
    wanted = {**good_files(), LESSON: replaced(LESSON, "Most calls", "Nearly all calls")}
    assert live(session) == draft(session) == wanted


def test_a_draft_that_moved_on_after_it_was_pulled_is_pulled_again(session: Session, copy: Copy) -> None:
    for word in ("Many calls", "Nearly all calls"):
        save_text(session, LESSON, replaced(LESSON, "Most calls", word))
        assert copy.pull(session, drafts=True)[0].well
        assert word in copy.read(LESSON)


def test_a_draft_and_folders_that_both_changed_a_file_lose_neither(session: Session, copy: Copy) -> None:
    save_text(session, LESSON, replaced(LESSON, *MANY))
    copy.edit(LESSON, "Most calls", "A few calls")
    [told] = copy.pull(session, drafts=True)
    assert not told.well
    assert f"{LESSON} changed both in the folders and in the draft." in told.sentence
    assert "A few calls" in copy.read(LESSON)
    assert draft(session)[LESSON] == replaced(LESSON, *MANY)


def test_a_pulled_draft_that_was_published_otherwise_meanwhile_is_pulled_and_not_a_clash(
    session: Session, copy: Copy
) -> None:
    save_text(session, LESSON, replaced(LESSON, *MANY))
    copy.pull(session, drafts=True)
    save_text(session, LESSON, replaced(LESSON, "Most calls", "Nearly all calls"))
    publish_draft(session)
    [told] = copy.push(session)
    assert "rung content pull" in told.sentence
    assert copy.pull(session)[0].well
    assert "Nearly all calls" in copy.read(LESSON)


def test_work_goes_on_for_several_rounds_without_a_false_clash(session: Session, copy: Copy) -> None:
    before = "Most calls"
    for number in range(3):
        drafted, pushed = f"Calls {number} drafted", f"Calls {number} pushed"
        save_text(session, LESSON, draft(session)[LESSON].replace(before.encode(), drafted.encode()))
        assert copy.pull(session, drafts=True)[0].well
        copy.edit(LESSON, drafted, pushed)
        assert copy.push(session)[0].well
        before = pushed
    assert live(session) == draft(session) == read_folders(copy.root)[KEY]


def test_where_a_second_person_is_asked_for_a_push_saves_a_draft(session: Session, copy: Copy) -> None:
    copy.edit(COURSE, "edition: 1\n", "edition: 1\nsecond_person: true\n")
    [told] = copy.push(session)
    assert told.well
    assert "saved as a draft" in told.sentence
    assert live(session) == good_files()
    assert draft(session) == read_folders(copy.root)[KEY]
    publish_draft(session)
    copy.edit(COURSE, "second_person: true\n", "second_person: false\n")
    copy.edit(LESSON, *MANY)
    [told] = copy.push(session)
    assert "saved as a draft" in told.sentence
    assert b"Many calls" not in live(session)[LESSON]
    assert b"Many calls" in draft(session)[LESSON]


def test_what_was_drafted_stays_where_a_push_becomes_a_draft(session: Session, copy: Copy) -> None:
    save_text(session, OTHER, replaced(OTHER, *AGREE))
    copy.edit(COURSE, "edition: 1\n", "edition: 1\nsecond_person: true\n")
    assert copy.push(session)[0].well
    assert draft(session)[OTHER] == replaced(OTHER, *AGREE)
    assert b"second_person" in draft(session)[COURSE]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_change_made_in_the_studio_and_pulled_is_one_line_in_git(
    session: Session, tmp_path: Path, ends: str
) -> None:
    made = Copy(tmp_path)
    path = made.root / LESSON
    path.write_bytes(path.read_bytes().replace(b"\n", ends.encode()))
    with writing(session):
        publish(session, *KEY, read_folders(made.root)[KEY], by_id=None, now=NOON)
    made.push(session)
    git(made, "init", "-q")
    git(made, "add", "-A")
    git(made, "commit", "-qm", "As it was")
    before = open_draft(session, KEY).files
    typed = text_at(KEY, before, LESSON).replace(*MANY).replace("\n", "\r\n")
    save_text(session, LESSON, put_back(LESSON, typed, before[LESSON]))
    made.pull(session, drafts=True)
    assert git(made, "diff", "--numstat").split() == ["1", "1", LESSON]
    assert git(made, "diff", "--summary") == ""
    removed, added = git(made, "diff", "-U0").splitlines()[-2:]
    assert (removed[0], added[0]) == ("-", "+")
    assert added[1:] == removed[1:].replace(*MANY) != removed[1:]
    assert git(made, "status", "--porcelain").split() == ["M", LESSON]


def git(copy: Copy, *arguments: str) -> str:
    who = ["-c", "user.name=Edda", "-c", "user.email=edda@example.org", "-c", "core.autocrlf=false"]
    ran = subprocess.run(["git", *who, *arguments], cwd=copy.root, check=True, capture_output=True, text=True)
    return ran.stdout
