"""Source files: read and changed as text, with what is wrong, and nobody's text lost."""

import time

import pytest
from sqlalchemy.orm import Session

from app.library.drafting import open_draft
from app.library.storing import files_at
from app.library.tables import Revision
from tests.cast import Cast
from tests.library.drafts import KEY, LESSON, good_files, save_text
from tests.library.test_raw_files import COURSE
from tests.page import Page
from tests.web.studio.keys import open_keys

SOURCE = "/studio/courses/good-course/source"
TEST = "quizzes/good-course/test.yml"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def fields(page: Page, path: str, text: str, deed: str = "save") -> dict[str, str]:
    page.get(f"{SOURCE}/{path}")
    base = next(one.get("value", "") for one in page.elements("input") if one.get("name") == "base_id")
    return {"text": text, "base_id": base, "message": "By hand", "deed": deed}


def typed(page: Page) -> str:
    return "".join(page.elements("textarea")[0].itertext())


def draft_of(session: Session, path: str) -> bytes:
    session.rollback()
    return open_draft(session, KEY).files[path]


def test_every_text_of_the_course_is_listed(edda: Page) -> None:
    edda.get(SOURCE)
    assert {LESSON, COURSE, TEST} <= edda.links().keys()


def test_a_file_is_shown_as_it_is_with_a_number_to_each_line(edda: Page) -> None:
    edda.get(f"{SOURCE}/{LESSON}")
    text = good_files()[LESSON].decode()
    assert typed(edda).removeprefix("\n") == text
    lines = [one for one in edda.elements("li") if one.get("id", "").startswith("line-")]
    assert [one.get("id") for one in lines] == [f"line-{number}" for number in range(1, text.count("\n") + 2)]
    assert lines[1].text == text.split("\n")[1]


def test_saving_is_a_revision_of_the_one_file(edda: Page, cast: Cast, session: Session) -> None:
    text = good_files()[LESSON].decode().replace("First steps", "First small steps")
    response = edda.post(f"{SOURCE}/{LESSON}", fields(edda, LESSON, text.replace("\n", "\r\n")))
    assert response.headers["Location"] == f"{SOURCE}/{LESSON}?done=saved"
    edda.follow(response)
    assert "Saved in the draft." in edda.text()
    draft = open_draft(session, KEY)
    assert draft.files == {**good_files(), LESSON: text.encode()}
    made = session.get_one(Revision, draft.revision_id)
    assert (made.made_by_id, made.message) == (cast.edda.id, "By hand")


def test_checking_tells_the_line_and_saves_nothing(edda: Page, session: Session) -> None:
    text = good_files()[COURSE].decode().replace("minutes: 4", "minutes: many")
    sent = fields(edda, COURSE, text, "check")
    edda.post(f"{SOURCE}/{COURSE}", sent, status=200)
    assert "Line 5" in edda.links()
    assert typed(edda).removeprefix("\n") == text
    assert draft_of(session, COURSE) == good_files()[COURSE]
    assert [one.get("id") for one in edda.elements("li") if one.get("class") == "marked"] == ["line-5"]


def test_a_text_with_mistakes_is_saved_and_the_mistakes_are_told(edda: Page, session: Session) -> None:
    saved = edda.post(f"{SOURCE}/{COURSE}", fields(edda, COURSE, "title: [never closed"))
    edda.follow(saved)
    assert "Nothing to mend" not in edda.text()
    assert draft_of(session, COURSE) == b"title: [never closed\n"


def test_what_somebody_else_saved_meanwhile_stays_and_the_later_text_is_kept(
    edda: Page, session: Session
) -> None:
    sent = fields(edda, LESSON, "by edda")
    save_text(session, LESSON, b"by a colleague\n")
    there = edda.post(f"{SOURCE}/{LESSON}", sent).headers["Location"]
    revision = int(there.rpartition("/")[2])
    assert there == f"/studio/courses/good-course/kept/{revision}"
    assert draft_of(session, LESSON) == b"by a colleague\n"
    assert files_at(session, revision)[0][LESSON] == b"by edda\n"


def test_the_test_is_shown_to_who_has_asked_for_its_answers(edda: Page, session: Session) -> None:
    edda.get(f"{SOURCE}/{TEST}")
    assert not edda.elements("textarea")
    sent = {"text": "slots: []", "base_id": "1", "message": "", "deed": "save"}
    edda.post(f"{SOURCE}/{TEST}", sent, status=403)
    assert draft_of(session, TEST) == good_files()[TEST]
    open_keys(edda)
    edda.get(f"{SOURCE}/{TEST}")
    assert typed(edda).removeprefix("\n") == good_files()[TEST].decode()


@pytest.mark.parametrize(
    "path",
    [
        "content/site.yml",
        "content/other/course.yml",
        "content/good-course/images/note.png",
        "..%2f..%2fetc%2fpasswd",
        "content/good-course/%2e%2e/%2e%2e/secrets",
        "C:%5cwindows",
        "content/good-course/nothing.md",
        "x%00.md",
        "%ff%fe.md",
        "a" * 3000,
    ],
)
def test_other_paths_are_not_found_and_written_nowhere(edda: Page, session: Session, path: str) -> None:
    before = open_draft(session, KEY)
    edda.get(f"{SOURCE}/{path}", status=404)
    edda.post(f"{SOURCE}/{path}", {"text": "x", "base_id": "1", "deed": "save"}, status=404)
    session.rollback()
    assert open_draft(session, KEY) == before


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 20_000,
        "{a: " * 20_000,
        "- " * 20_000,
        "a: !!python/object/apply:os.system ['true']",
        "a: " + "9" * 100_000,
        "? " * 20_000,
        "<<: *a",
        "a: &a\n  b: *a\n",
        "a: |\n" + " x\n" * 20_000,
        "\n".join(f"k{number}: 1" for number in range(11_000)),
        "%YAML 9.9\n---\na: 1",
        "a: 1\n---\nb: 2",
        "title: 2026-99-99T99:99:99",
    ],
    ids=range(14),
)
@pytest.mark.parametrize("path", [COURSE, TEST])
def test_a_hostile_text_is_told_as_a_problem_and_soon(edda: Page, path: str, text: str) -> None:
    open_keys(edda)
    sent, started = fields(edda, path, text, "check"), time.perf_counter()
    edda.post(f"{SOURCE}/{path}", sent, status=200)
    assert time.perf_counter() - started < 15
    assert "Nothing to mend in this file." not in edda.text()


@pytest.mark.parametrize("text", ["", " \n", "a\x00b", "a\x1b[31m", "\ufeff\ufffe", "x" * 300_000])
def test_what_cannot_be_kept_is_shown_again_with_the_reason(edda: Page, session: Session, text: str) -> None:
    edda.post(f"{SOURCE}/{LESSON}", fields(edda, LESSON, text), status=422)
    assert edda.text("error-summary")
    assert len(typed(edda)) >= len(text)
    assert draft_of(session, LESSON) == good_files()[LESSON]


def test_words_in_a_file_are_shown_and_never_run(edda: Page) -> None:
    text = "</textarea><script>evil()</script>\n<img src=x onerror=evil()>"
    response = edda.post(f"{SOURCE}/{LESSON}", fields(edda, LESSON, text, "check"), status=200)
    assert "<script>evil" not in response.text
    assert "<img src=x" not in response.text


@pytest.mark.parametrize(
    ("name", "value"), [("base_id", "x"), ("base_id", ""), ("deed", "drop"), ("base_id", "9" * 9)]
)
def test_fields_that_no_page_sends_are_refused(edda: Page, session: Session, name: str, value: str) -> None:
    sent = {**fields(edda, LESSON, "x"), name: value}
    edda.post(f"{SOURCE}/{LESSON}", sent, status=404 if len(value) == 9 else 400)
    assert draft_of(session, LESSON) == good_files()[LESSON]
