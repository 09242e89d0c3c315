"""Folders and shelf: what moves which way, and that a clash loses nothing."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.folders import SITE, read_folders, write_file
from app.library.publishing import publish, purge
from app.library.settling import agreed_now, sides
from app.library.shelf import Shelf
from app.library.sources import check_folders
from app.library.storing import tree_of
from app.library.syncing import pull
from app.library.tables import Publication
from tests.conftest import NOON
from tests.library.copies import Copy

GOOD = Path(__file__).parents[1] / "authored" / "good"
LESSON = "content/good-course/10-first-steps.md"
OTHER = "content/good-course/20-next-steps.md"
COURSE = "content/good-course/course.yml"
PICTURE = "content/good-course/images/note.png"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def edit_shelf(session: Session, path: str, old: str, new: str) -> None:
    files = dict(read_folders(GOOD)[("course", "good-course")])
    files[path] = files[path].replace(old.encode(), new.encode())
    with writing(session):
        assert publish(session, "course", "good-course", files, by_id=None, now=NOON) is not None


def title(session: Session) -> str:
    session.rollback()
    return Shelf().course(session, "good-course").course.title


@pytest.mark.parametrize(
    ("base", "folders", "shelf", "expected"),
    [
        ("a", "a", "a", ""),
        ("a", "b", "b", ""),
        ("a", "b", "a", "in_folders"),
        ("a", "", "a", "in_folders"),
        ("", "a", "", "in_folders"),
        ("a", "a", "b", "on_shelf"),
        ("a", "a", "", "on_shelf"),
        ("", "", "a", "on_shelf"),
        ("a", "b", "c", "on_both"),
        ("", "b", "c", "on_both"),
        ("a", "", "c", "on_both"),
    ],
)
def test_who_changed_a_file_follows_from_what_both_last_held(
    base: str, folders: str, shelf: str, expected: str
) -> None:
    trees = [{"path": hash_} if hash_ else {} for hash_ in (base, folders, shelf)]
    found = sides(*trees)
    assert [
        name for name in ("in_folders", "on_shelf", "on_both") if getattr(found, name)
    ] == expected.split()
    assert agreed_now(*trees) == (trees[1] if folders == shelf else trees[0])


def test_nothing_is_said_where_folders_and_shelf_are_in_step(session: Session, copy: Copy) -> None:
    assert copy.push(session) == []
    assert copy.pull(session) == []


def test_a_changed_folder_is_pushed_again_and_again(session: Session, copy: Copy) -> None:
    copy.push(session)
    for name in ("Second", "Third"):
        copy.edit(COURSE, copy.read(COURSE).split("\n")[1], f"title: {name}")
        [told] = copy.push(session)
        assert told.sentence == "The course good-course: published as edition 1."
        assert title(session) == name


def test_a_mistake_is_named_at_its_place_and_nothing_is_published(session: Session, copy: Copy) -> None:
    copy.push(session)
    copy.edit(COURSE, "minutes: 4", "minutes: four")
    [told] = copy.push(session)
    assert not told.well
    assert f"{COURSE}:5:1: error: minutes must be a whole number." in told.sentence
    assert title(session) == "A good course"


def test_one_broken_course_holds_no_other_back(session: Session, copy: Copy) -> None:
    copy.push(session)
    copy.edit("content/site.yml", "name: Rung\nissuer", "name: Ladder\nissuer")
    copy.edit(COURSE, "minutes: 4", "minutes: four")
    wells = {told.sentence.partition(":")[0]: told.well for told in copy.push(session)}
    assert wells == {"The site": True, "The course good-course": False}
    session.rollback()
    assert Shelf().site(session).name == "Ladder"


def test_a_folder_whose_name_no_database_could_keep_holds_nothing_back(session: Session, copy: Copy) -> None:
    copy.push(session)
    for name in ("x" * 200, "Not a slug", "ünïcode"):
        shutil.copytree(copy.root / "content" / "good-course", copy.root / "content" / name)
    copy.edit("content/site.yml", "name: Rung\nissuer", "name: Ladder\nissuer")
    assert sorted(told.well for told in copy.push(session)) == [False, False, False, True]


def test_a_course_for_a_programme_that_is_not_there_is_not_published(session: Session, copy: Copy) -> None:
    copy.push(session)
    copy.edit(COURSE, "essential-insights", "essential-insight")
    [told] = copy.push(session)
    assert "There is no programme called essential-insight. Did you mean essential-insights?" in told.sentence


def test_a_push_for_all_to_learn_again_and_the_edition_must_agree(session: Session, copy: Copy) -> None:
    copy.push(session)
    copy.edit(COURSE, "edition: 1", "edition: 2")
    assert not copy.push(session, relearn=False)[0].well
    assert copy.push(session, relearn=True)[0].sentence.endswith("published as edition 2.")
    copy.edit(COURSE, "A good course", "Good")
    assert not copy.push(session, relearn=True)[0].well


def test_what_changed_on_the_shelf_is_pulled_and_not_overwritten(session: Session, copy: Copy) -> None:
    copy.push(session)
    edit_shelf(session, LESSON, "Most calls", "Many calls")
    copy.edit(OTHER, "Agree a day and a time", "Agree on a day and a time")
    [told] = copy.push(session)
    assert (told.well, "rung content pull" in told.sentence) == (False, True)
    [told] = copy.pull(session)
    assert told.well
    assert "Many calls" in copy.read(LESSON)
    assert "Agree on a day" in copy.read(OTHER)
    assert copy.push(session)[0].well


def test_a_file_changed_on_both_sides_is_named_and_both_are_kept(session: Session, copy: Copy) -> None:
    copy.push(session)
    edit_shelf(session, LESSON, "Most calls", "Many calls")
    copy.edit(LESSON, "Most calls", "A few calls")
    count = session.scalar(select(func.count()).select_from(Publication))
    for told in [*copy.push(session), *copy.pull(session)]:
        assert not told.well
        assert f"{LESSON} changed both in the folders and on the shelf." in told.sentence
    assert "A few calls" in copy.read(LESSON)
    session.rollback()
    assert "Many calls" in str(Shelf().course(session, "good-course").course.lessons[0].segments)
    assert session.scalar(select(func.count()).select_from(Publication)) == count


def test_a_copy_that_never_agreed_with_the_shelf_clashes_where_they_differ(
    session: Session, copy: Copy
) -> None:
    copy.edit(LESSON, "Most calls", "A few calls")
    [told] = copy.push(session)
    assert not told.well
    assert LESSON in told.sentence


def test_a_new_file_on_the_shelf_comes_into_the_folders_and_one_taken_away_goes(
    session: Session, copy: Copy
) -> None:
    copy.push(session)
    files = dict(read_folders(GOOD)[("course", "good-course")])
    files["content/good-course/images/other.png"] = files.pop(PICTURE)
    files[LESSON] = files[LESSON].replace(b"images/note.png", b"images/other.png")
    with writing(session):
        publish(session, "course", "good-course", files, by_id=None, now=NOON)
    assert copy.pull(session)[0].well
    assert read_folders(copy.root)[("course", "good-course")] == files


def test_an_empty_folder_is_filled_from_the_shelf(session: Session, tmp_path: Path) -> None:
    list(pull(session, tmp_path / "new", tmp_path / "data"))
    assert read_folders(tmp_path / "new") == read_folders(GOOD)


def test_a_purged_picture_is_not_pulled(session: Session, tmp_path: Path) -> None:
    picture = tree_of(read_folders(GOOD)[("course", "good-course")])[PICTURE]
    with writing(session):
        purge(session, picture, now=NOON)
    list(pull(session, tmp_path / "new", tmp_path / "data"))
    assert not (tmp_path / "new" / PICTURE).exists()
    assert (tmp_path / "new" / LESSON).exists()


def test_on_loopback_a_start_publishes_what_changed(session: Session, copy: Copy) -> None:
    assert copy.start(session, loopback=True) == []
    copy.edit(COURSE, "A good course", "Better")
    assert copy.start(session, loopback=True) == ["The course good-course: published as edition 1."]
    assert title(session) == "Better"


def test_elsewhere_a_start_only_names_what_differs(session: Session, copy: Copy) -> None:
    copy.start(session, loopback=True)
    copy.edit(COURSE, "A good course", "Better")
    [sentence] = copy.start(session, loopback=False)
    assert sentence.startswith(f"The course good-course: {COURSE} differs from the shelf.")
    assert title(session) == "A good course"


@pytest.mark.parametrize(
    "name", ["../out.md", "content/a/../../../out.md", "content/x.md", "/etc/passwd", "app/x/y.py"]
)
def test_nothing_is_written_outside_the_sources(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a file of the working copy"):
        write_file(tmp_path, name, b"x")


def test_the_good_folders_have_no_problem() -> None:
    assert check_folders(GOOD) == []


def test_a_new_page_of_the_site_is_published_by_a_start_and_by_a_push(session: Session, copy: Copy) -> None:
    copy.push(session)
    copy.edit("content/site.yml", "pages: [help, privacy]\n", "")
    shutil.rmtree(copy.root / "content/pages")
    copy.push(session)
    assert Shelf().site(session).pages == ()
    shutil.copytree(GOOD / "content/pages", copy.root / "content/pages")
    copy.edit("content/site.yml", "name: Rung\nissuer", "pages: [help, privacy]\nname: Rung\nissuer")
    assert any("content/pages/help.md" in told for told in copy.start(session, loopback=False))
    assert Shelf().site(session).pages == ()
    assert copy.start(session, loopback=True) == ["The site: published."]
    assert [page.slug for page in Shelf().site(session).pages] == ["help", "privacy"]


def test_a_page_of_the_site_changed_on_the_shelf_is_pulled(session: Session, copy: Copy) -> None:
    copy.push(session)
    files = dict(read_folders(GOOD)[SITE])
    files["content/pages/help.md"] = files["content/pages/help.md"].replace(b"anything", b"any question")
    with writing(session):
        assert publish(session, *SITE, files, by_id=None, now=NOON)
    copy.pull(session)
    assert "Ask us any question." in copy.read("content/pages/help.md")
