"""What a lesson's page asks while somebody types: the same check as everywhere, and the lesson in a frame."""

from html import escape

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.library.compiling import compile_course
from app.library.tables import Revision
from tests.cast import Cast
from tests.library.drafts import good_files
from tests.page import Page
from tests.web.studio.writing import ADDRESS, PATH, form_on

SLIPS = [
    "## Hear it all {#hear-it-all}\n\nShort.\n",
    "## Hear <b>it</b>\n\n/// practice\nid: say-back\nquestion: gone\n///\n",
    "/// practice\nid: say-back\n",
    "### Too deep\n\n[a](nowhere#at-all) ![](images/none.png)\n",
    "",
]


@pytest.fixture
def edda(page: Page, cast: Cast) -> Page:
    page.sign_in(cast.edda).get(ADDRESS)
    return page


@pytest.mark.parametrize("text", SLIPS)
def test_the_check_while_typing_tells_what_the_whole_check_tells(edda: Page, text: str) -> None:
    told = edda.post(f"{ADDRESS}/problems", form_on(edda, text=text), status=200).get_json()
    head = good_files()[PATH].decode().split("\n---\n")[0] + "\n---\n"
    body = text if text.endswith("\n") else f"{text}\n"
    problems = compile_course({**good_files(), PATH: (head + body).encode()})[1]
    mine = [(one.level, one.sentence, one.fix) for one in problems if one.path == PATH]
    assert sorted((one["level"], one["sentence"], one["fix"]) for one in told["problems"]) == sorted(mine)
    others = len(problems) - len(mine)
    assert ("Nothing to mend in the rest" in told["elsewhere"]) == (not others)


def test_each_problem_comes_with_its_line_of_the_text(edda: Page) -> None:
    text = "## Hear it all {#hear-it-all}\n\nOne.\n\nTwo <b>loud</b>.\n"
    told = edda.post(f"{ADDRESS}/problems", form_on(edda, text=text), status=200).get_json()["problems"]
    found = next(one for one in told if "HTML" in one["sentence"])
    assert (found["line"], found["place"], found["target"]) == (5, "Line 5", "text")
    assert found["quote"] == "Two <b>loud</b>."


def test_nothing_is_saved_by_looking(edda: Page, session: Session) -> None:
    count = select(func.count()).select_from(Revision)
    before = session.scalar(count)
    for part in ("problems", "shown"):
        edda.post(f"{ADDRESS}/{part}", form_on(edda, text="Other."), status=200)
    session.rollback()
    assert session.scalar(count) == before


def test_what_is_typed_is_shown_as_a_learner_reads_it(edda: Page) -> None:
    response = edda.post(
        f"{ADDRESS}/shown", form_on(edda, title="A & B", text="## Now {#now}\n\nWith *care*.\n"), status=200
    )
    assert f"<h1>{escape('A & B')}</h1>" in response.text
    assert "<p>With <em>care</em>.</p>" in response.text
    assert "<script" not in response.text


def test_a_lesson_that_cannot_be_read_says_so_in_the_frame(edda: Page) -> None:
    edda.post(f"{ADDRESS}/shown", form_on(edda, minutes="many"), status=200)
    assert "Nothing to show yet" in edda.text()


def test_only_our_own_page_may_hold_the_frame_and_only_it_may_hold_frames(edda: Page) -> None:
    frame, editor, other = edda.get(f"{ADDRESS}/shown"), edda.get(ADDRESS), edda.get("/studio")
    policies = [one.headers["Content-Security-Policy"] for one in (frame, editor, other)]
    assert ["frame-ancestors 'self'" in one for one in policies] == [True, False, False]
    assert ["frame-src 'self'" in one for one in policies] == [False, True, False]
    assert [one.headers["X-Frame-Options"] for one in (frame, editor, other)] == [
        "SAMEORIGIN",
        "DENY",
        "DENY",
    ]
    assert all("script-src 'self'" in one and "unsafe" not in one for one in policies)


@pytest.mark.parametrize("who", ["amira", "malik"])
def test_only_editors_may_ask(page: Page, cast: Cast, who: str) -> None:
    page.sign_in(getattr(cast, who))
    for part in ("problems", "shown"):
        page.post(f"{ADDRESS}/{part}", {}, status=403)
