"""The reading chooser: by need, by time, by address, for everybody."""

from urllib.parse import urlencode

import pytest
from flask import Flask

from app.library.compiling import compile_course
from app.library.folders import read_folders
from tests.cast import Cast
from tests.page import Page
from tests.web.more import ADDRESS, GOOD, HEAD, publish_lesson

BLOCK = "/// reading\nid: more\ntitle: Read on\n///\n"
COURSE = "content/good-course/course.yml"
READING = b"""further_reading:
  - {title: Short, url: "https://example.org/a", need: Ideas, minutes: 10, why: It is short.}
  - {title: Long, url: "https://example.org/b", need: Ideas, minutes: 90}
  - {title: Tool, url: "https://example.org/c", need: Tools, minutes: 45}
"""


def course() -> bytes:
    body = read_folders(GOOD)[("course", "good-course")][COURSE]
    start, end = body.index(b"further_reading:"), body.index(b"related:")
    return body[:start] + READING + body[end:]


@pytest.fixture
def chooser(app: Flask) -> str:
    return publish_lesson(app, BLOCK, **{COURSE: course()})


def asked(**fields: str) -> str:
    return f"{ADDRESS}?" + urlencode(
        {"practice": "more", **{f"answer-more-{name}": value for name, value in fields.items()}}
    )


def found(page: Page) -> list[str]:
    return [words for words, address in page.links().items() if address.startswith("https://example.org")]


def test_unasked_it_shows_everything_by_need(page: Page, chooser: str) -> None:
    page.get(chooser)
    assert found(page) == ["Short", "Long", "Tool"]
    assert "It is short." in page.text()


@pytest.mark.parametrize(
    ("need", "time", "titles", "said"),
    [
        ("1", "15", ["Short"], "One thing fits."),
        ("1", "any", ["Short", "Long"], "Two things fit, the shortest first."),
        ("any", "60", ["Short", "Tool"], "Two things fit, the shortest first."),
        ("2", "15", ["Tool"], "Nothing here is as short as that. This is the shortest."),
    ],
)
def test_what_fits_the_need_and_the_time(
    page: Page, chooser: str, need: str, time: str, titles: list[str], said: str
) -> None:
    page.get(asked(need=need, time=time))
    assert found(page) == titles
    assert said in page.text()
    assert {one.get("value") for one in page.elements("option") if "selected" in one.attrib} == {need, time}


def test_a_learner_asks_in_the_same_way_and_nothing_is_written(page: Page, chooser: str, cast: Cast) -> None:
    page.sign_in(cast.amira).get(asked(need="1", time="15"))
    assert found(page) == ["Short"]


def test_an_address_that_no_form_made_is_refused_clearly(page: Page, chooser: str) -> None:
    for address in (asked(need="9", time="15"), asked(time="8"), asked(need="1") + "&answer-more-need=2"):
        page.get(address, status=400)
        assert "Choose again." in page.text("error-summary")


def test_a_course_with_nothing_to_choose_from_says_so_to_its_author() -> None:
    files = dict(read_folders(GOOD)[("course", "good-course")])
    body = course()
    files[COURSE] = body.replace(READING, b"further_reading: []\n")
    files["content/good-course/30-more.md"] = (HEAD + BLOCK).encode()
    compiled, problems = compile_course(files)
    assert compiled is None
    assert any("There is nothing to choose from" in each.sentence for each in problems)
