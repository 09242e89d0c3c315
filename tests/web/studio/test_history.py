"""The history of a course, one version of it, any two, and bringing one back."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.tables import KeyOpening
from app.library.drafting import open_draft
from app.library.live import live_sources
from app.library.publishing import publish, purge
from app.library.storing import tree_of
from app.library.tables import Revision
from tests.cast import Cast
from tests.conftest import NOON
from tests.library.drafts import KEY, LESSON, OTHER, good_files, save_text
from tests.page import Page
from tests.web.studio.keys import open_keys

DESK = "/studio/courses/good-course"
HISTORY = f"{DESK}/history"
TEST = "quizzes/good-course/test.yml"
PICTURE = "content/good-course/images/note.png"
SCRIPT = "<script>alert(1)</script>"
MANY = good_files()[LESSON].replace(b"Most calls", b"Many calls")


def live_id(session: Session) -> int:
    return live_sources(session)[KEY].revision_id


def bring_back(page: Page, session: Session, revision: int) -> None:
    page.get(f"{HISTORY}/{revision}")
    base = next(one.get("value", "") for one in page.elements("input") if one.get("name") == "base")
    page.post(f"{HISTORY}/{revision}", {"base": base})
    session.rollback()


def test_every_save_is_told_with_who_when_and_why_and_which_is_live(
    edda: Page, cast: Cast, session: Session
) -> None:
    save_text(session, LESSON, MANY, by=cast.edda.id, message="Softer at the start")
    edda.get(HISTORY)
    said = edda.text()
    assert "Softer at the start Edda Lind, 23 November 2026 at 12:00. This is the draft." in said
    assert "Taken from the folders 1 October 2026" in said
    assert "Live now, as edition 1." in said


def test_a_version_that_was_live_says_as_which_edition(edda: Page, session: Session) -> None:
    was = live_id(session)
    with writing(session):
        publish(session, *KEY, good_files() | {LESSON: MANY}, by_id=None, now=NOON)
    edda.get(HISTORY)
    assert edda.text().count("Live now, as edition 1.") == 1
    assert edda.text().count("Was live as edition 1.") == 1
    open_keys(edda).get(f"{HISTORY}/{was}")
    assert "Was live as edition 1." in edda.text()


def test_the_history_has_pages_of_fifty(edda: Page, session: Session) -> None:
    for number in range(60):
        save_text(session, LESSON, f"{number}".encode(), message=f"Save {number}.")
    edda.get(HISTORY)
    assert "Save 59." in edda.text()
    assert "Save 9." not in edda.text()
    edda.get(edda.links()["Older"])
    assert "Save 9." in edda.text()
    assert "Page 2 of 2" in edda.text()
    edda.get(f"{HISTORY}?page=3", status=404)


@pytest.mark.parametrize("page_number", ["0", "-1", "x", "9" * 30, "1; drop", "٣", ""])
def test_no_page_of_the_history_that_is_none_is_shown(edda: Page, page_number: str) -> None:
    edda.get(f"{HISTORY}?page={page_number}", status=404)


def test_a_save_of_somebody_whose_account_is_gone_has_no_name(
    edda: Page, cast: Cast, session: Session
) -> None:
    saved = save_text(session, LESSON, MANY, by=cast.ada.id, message="By Ada")
    with writing(session):
        session.execute(update(Revision).filter_by(id=saved.revision_id).values(made_by_id=None))
    edda.get(HISTORY)
    assert "By Ada somebody who has left, 23 November 2026" in edda.text()
    edda.get(f"{HISTORY}/{saved.revision_id}")
    assert "Saved by somebody who has left." in edda.text()


def test_a_version_tells_what_it_changed_and_keeps_the_files_as_they_stood(
    edda: Page, session: Session
) -> None:
    saved = save_text(session, LESSON, MANY, message="Softer")
    save_text(session, LESSON, b"Something else.")
    edda.get(f"{HISTORY}/{saved.revision_id}")
    assert "One file differs. First steps Changed" in edda.text()
    assert ["".join(one.itertext()) for one in edda.elements("ins")] == [" added: Many, end. "]
    edda.get(edda.links()["First steps"])
    assert "Many calls begin in the middle." in edda.text("input")


def test_any_two_versions_can_be_compared(edda: Page, session: Session) -> None:
    first = save_text(session, LESSON, MANY).revision_id
    second = save_text(session, OTHER, b"Short.").revision_id
    edda.get(f"{DESK}/differences?from={first}&to={second}")
    assert "One file differs. Next steps" in edda.text()
    edda.get(f"{DESK}/differences")
    assert "Two files differ." in edda.text()
    edda.get(f"{DESK}/differences?from={second}&to={second}")
    assert "Nothing differs." in edda.text()


@pytest.mark.parametrize("number", ["0", "x", "999999", "9" * 12, "9" * 40, "1 or 1"])
def test_a_version_that_is_not_there_is_not_found(edda: Page, number: str) -> None:
    edda.get(f"{DESK}/differences?from={number}", status=404)
    edda.get(f"{HISTORY}/{number}", status=404)
    edda.get(f"{DESK}/kept/{number}", status=404)


def test_a_version_of_another_source_is_not_found(edda: Page, session: Session) -> None:
    site = open_draft(session, ("site", "site")).revision_id
    edda.get(f"{HISTORY}/{site}", status=404)
    edda.get(f"{DESK}/differences?from={site}", status=404)
    edda.post(f"{HISTORY}/{site}", {"base": "1"}, status=404)


def test_answers_are_asked_for_before_a_difference_of_the_test_is_shown(edda: Page, session: Session) -> None:
    before = live_id(session)
    body = good_files()[TEST].replace(b"Put the caller on hold.", b"Hang up.", 1)
    saved = save_text(session, TEST, body).revision_id
    for address in (
        f"{HISTORY}/{saved}",
        f"{HISTORY}/{before}/files/{TEST}",
        f"{DESK}/differences?from={before}&to={saved}",
    ):
        edda.get(address)
        assert "You are about to see the test’s answers" in edda.text()
        assert "Hang up" not in edda.text()
        assert "correct" not in edda.text()
    open_keys(edda).get(f"{HISTORY}/{saved}")
    assert "Hang up" in edda.text()
    assert "Hearing the whole story, question hear-a" in edda.text()


def test_a_question_that_only_an_older_version_asks_is_noted_before_it_is_shown(
    edda: Page, session: Session
) -> None:
    open_keys(edda)
    new = good_files()[TEST].replace(b"id: hear-b", b"id: hear-z").replace(b"Book a visit", b"Send a van")
    saved = save_text(session, TEST, new).revision_id
    save_text(session, TEST, good_files()[TEST])
    for address in (
        f"{HISTORY}/{saved}",
        f"{HISTORY}/{saved}/files/{TEST}",
        f"{DESK}/differences?from={live_id(session)}&to={saved}",
    ):
        edda.get(address)
        assert "There are answers here that you have not seen yet" in edda.text()
        assert "Send a van" not in edda.text()
    also = next(one.get("value", "") for one in edda.elements("input") if one.get("name") == "also")
    edda.follow(edda.post(f"{DESK}/answers", {"back": f"{HISTORY}/{saved}", "also": also}))
    assert "Send a van" in edda.text()
    session.rollback()
    newest = session.scalars(select(KeyOpening).order_by(KeyOpening.id.desc())).first()
    assert newest is not None
    assert "hear-z" in newest.questions


@pytest.mark.parametrize("also", ["x", "1 2 3 4 5", "-1", "9999999999", "1  2"])
def test_a_hostile_list_of_versions_is_refused(edda: Page, also: str) -> None:
    edda.post(f"{DESK}/answers", {"back": HISTORY, "also": also}, status=400)


def test_one_click_brings_a_version_back_as_a_draft_and_keeps_the_history(
    edda: Page, cast: Cast, session: Session
) -> None:
    new = "content/good-course/images/new.png"
    first = save_text(session, LESSON, MANY).revision_id
    save_text(session, LESSON, b"Other words.")
    save_text(session, OTHER, None)
    save_text(session, new, b"\x89PNG\r\n\x1a\n")
    edda.get(f"{HISTORY}/{first}")
    said = edda.text()
    assert "Comes backNext steps As it was thenFirst steps Goesnew.png" in said
    was_live = live_id(session)
    bring_back(edda, session, first)
    draft = open_draft(session, KEY)
    assert draft.files == good_files() | {LESSON: MANY}
    assert draft.differs
    assert live_id(session) == was_live
    row = session.get_one(Revision, draft.revision_id)
    assert (row.made_by_id, row.message) == (
        cast.edda.id,
        "Brought back the version of 23 November 2026 at 12:00",
    )
    edda.get(HISTORY)
    assert edda.text().count("23 November 2026 at 12:00. ") == 5


def test_a_version_that_was_overtaken_since_is_not_brought_back(edda: Page, session: Session) -> None:
    first = save_text(session, LESSON, MANY).revision_id
    base = save_text(session, LESSON, b"Other words.").revision_id
    newest = save_text(session, LESSON, b"Newer words.").revision_id
    for told in (str(base), "", "x", "9" * 40):
        edda.post(f"{HISTORY}/{first}", {"base": told}, status=409)
    assert open_draft(session, KEY).revision_id == newest


def test_the_draft_itself_cannot_be_brought_back(edda: Page, session: Session) -> None:
    newest = save_text(session, LESSON, MANY).revision_id
    edda.get(f"{HISTORY}/{newest}")
    assert "There is nothing to bring back" in edda.text()
    edda.post(f"{HISTORY}/{newest}", {"base": str(newest)}, status=400)


def test_what_was_removed_for_good_never_comes_back(edda: Page, session: Session) -> None:
    first = save_text(session, LESSON, MANY).revision_id
    save_text(session, PICTURE, None)
    with writing(session):
        purge(session, tree_of(good_files())[PICTURE], now=NOON)
    newest = save_text(session, LESSON, b"Other words.").revision_id
    edda.get(f"{HISTORY}/{first}")
    assert "Stays as it is, since it was removed for good thennote.png" in edda.text()
    assert "removed for good" in edda.get(f"{HISTORY}/{first}/files/{PICTURE}").text
    bring_back(edda, session, first)
    draft = open_draft(session, KEY)
    assert draft.revision_id > newest
    assert PICTURE not in draft.files
    assert PICTURE not in draft.purged
    assert draft.files[LESSON] == MANY


def test_whoever_brings_a_test_back_is_asked_about_its_answers_first(edda: Page, session: Session) -> None:
    first = live_id(session)
    body = good_files()[TEST].replace(b"Put the caller on hold.", b"Hang up.", 1)
    base = save_text(session, TEST, body).revision_id
    edda.post(f"{HISTORY}/{first}", {"base": str(base)}, status=403)
    assert open_draft(session, KEY).revision_id == base
    open_keys(edda)
    bring_back(edda, session, first)
    assert open_draft(session, KEY).files == good_files()


def test_bringing_back_goes_past_no_second_person(edda: Page, cast: Cast, session: Session) -> None:
    sheet = "content/good-course/course.yml"
    asks = good_files()[sheet] + b"second_person: true\n"
    with writing(session):
        publish(session, *KEY, good_files() | {sheet: asks}, by_id=None, now=NOON)
    first = save_text(session, LESSON, MANY, by=cast.ada.id).revision_id
    save_text(session, LESSON, b"Other words.", by=cast.ada.id)
    bring_back(edda, session, first)
    revision = open_draft(session, KEY).revision_id
    edda.post(f"{DESK}/publication", {"revision": str(revision), "kind": "minor"}, status=403)


def test_scripts_in_messages_names_files_and_pictures_are_printed_as_words(
    edda: Page, cast: Cast, session: Session
) -> None:
    with writing(session):
        session.merge(cast.ada).full_name = f"Ada {SCRIPT}"
    save_text(session, PICTURE, SCRIPT.encode(), by=cast.ada.id, message=SCRIPT)
    saved = save_text(session, LESSON, f"---\ntitle: {SCRIPT}\n---\n{SCRIPT}".encode(), by=cast.ada.id)
    for address in (
        HISTORY,
        f"{HISTORY}/{saved.revision_id}",
        f"{HISTORY}/{saved.revision_id}/files/{LESSON}",
        f"{HISTORY}/{saved.revision_id}/files/{PICTURE}",
        f"{DESK}/differences",
    ):
        html = edda.get(address).text
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html or PICTURE in address


@pytest.mark.parametrize(
    "path", ["../../../etc/passwd", "content/good-course/nothing.md", "%2e%2e/x", "a\x00b"]
)
def test_only_files_of_the_version_can_be_opened(edda: Page, session: Session, path: str) -> None:
    edda.get(f"{HISTORY}/{live_id(session)}/files/{path}", status=404)
