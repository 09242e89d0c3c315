"""The studio's first page: every course with its health, and the folders where they have moved on."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.web.shared.context import Running
from tests.cast import Cast
from tests.conftest import HERE
from tests.page import Page


@pytest.fixture
def folders(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A working copy of this test's own, which the app takes for its folders."""
    running: Running = app.extensions["rung"]
    shutil.copytree(HERE / "authored" / "good", tmp_path / "copy")
    app.extensions["rung"] = replace(running, settings=replace(running.settings, sources=tmp_path / "copy"))
    yield tmp_path / "copy"
    app.extensions["rung"] = running


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_an_editor_sees_what_is_live_and_that_nothing_is_to_be_mended(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get("/studio")
    said = page.text()
    assert "A good course Edition 1, live since 1 October 2026. Law as at" in said
    assert "In the folders" not in said
    assert "Everything can be published." in said


def test_a_mistake_stands_under_its_course_with_place_and_fix(page: Page, cast: Cast, folders: Path) -> None:
    edit(folders / "content/good-course/course.yml", "nation:", "naton:")
    page.sign_in(cast.edda).get("/studio")
    said = page.text()
    assert "Everything can be published." in said  # the draft here is sound: it is the folders that are not
    assert "There is no field called naton here. Did you mean nation?" in said
    assert "content/good-course/course.yml Line 9, column 1There is no field called naton" in said
    assert "The folders have moved on by 1 file, which is not live yet." in said
    assert "The site Live since 1 October 2026." in said


def test_a_warning_is_to_be_looked_at_and_keeps_nothing_back(page: Page, cast: Cast, folders: Path) -> None:
    edit(folders / "content/good-course/course.yml", "minutes: 4", "minutes: 30")
    page.sign_in(cast.edda).get("/studio")
    assert "Everything can be published." in page.text()
    assert (
        "content/good-course/course.yml Line 5, column 1minutes says 30, but the estimate is 4" in page.text()
    )


def test_an_id_that_peoples_records_hang_on_is_not_lost_in_silence(
    page: Page, cast: Cast, folders: Path
) -> None:
    edit(folders / "quizzes/good-course/test.yml", "id: hear-b", "id: hear-z")
    page.sign_in(cast.edda).get("/studio")
    assert "The question hear-b is live and is not here any more." in page.text()


def test_a_course_that_was_never_published_is_shown_too(page: Page, cast: Cast, folders: Path) -> None:
    (folders / "content/new-course").mkdir()
    (folders / "content/new-course/course.yml").write_text("slug: new-course\ntitle: 'Brand new'")
    page.sign_in(cast.edda).get("/studio")
    assert "Brand new Only in the folders so far." in page.text()


def test_hostile_words_in_a_file_are_printed_as_words(page: Page, cast: Cast, folders: Path) -> None:
    edit(folders / "content/good-course/course.yml", "nation:", '"<script>alert(1)</script>": 1\nnation:')
    response = page.sign_in(cast.edda).get("/studio")
    assert "<script>alert" not in response.text
    assert "There is no field called <script>alert(1)</script> here." in page.text()


def test_the_studio_is_for_editors_and_admins_alone(page: Page, cast: Cast) -> None:
    page.get("/studio", status=303)
    for person in (cast.amira, cast.ben, cast.malik):
        page.sign_in(person).get("/studio", status=403)
    page.sign_in(cast.ada).get("/studio")


def test_an_editor_sees_the_minutes_stated_estimated_and_later_taken(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get("/studio/courses/good-course")
    assert "What people really take is shown once five have completed it." in page.text()
    assert "It states 4 minutes, and the estimate is" in page.text()
