"""What is shipped is right: the courses, their tests, the certificates and the site have no error."""

import re

import pytest

from app.catalogue.blocks import read_block
from app.catalogue.images import Image
from app.kernel.problems import Problem
from app.library.compiling import compile_course, compile_site
from app.library.folders import SITE, Key, read_folders
from app.library.sources import check_sources
from tests.house.source import ROOT

SOURCES = read_folders(ROOT)
PROBLEMS = check_sources(SOURCES)


def told(key: Key, level: str) -> list[str]:
    problems: list[Problem] = PROBLEMS[key]
    return [str(problem) for problem in problems if problem.level == level]


def test_a_site_two_courses_and_a_design_are_shipped() -> None:
    shipped = {SITE, ("course", "co-production"), ("course", "clear-letters"), ("design", "standard")}
    assert shipped <= SOURCES.keys()


def test_the_two_courses_stand_in_two_programmes() -> None:
    found = {
        slug: compiled.course.programme
        for (kind, slug), files in SOURCES.items()
        if kind == "course" and (compiled := compile_course(files)[0])
    }
    assert found["co-production"] == "essential-insights"
    assert found["clear-letters"] == "emerging-leaders"


def test_the_site_has_its_policy_pages() -> None:
    site, _ = compile_site(SOURCES[SITE])
    assert site is not None
    assert {page.slug for page in site.pages} >= {"privacy", "accessibility", "terms", "help"}


@pytest.mark.parametrize("key", sorted(PROBLEMS), ids="/".join)
def test_what_is_shipped_has_no_error(key: Key) -> None:
    assert told(key, "error") == []


@pytest.mark.parametrize("key", sorted(PROBLEMS), ids="/".join)
def test_what_is_shipped_sets_an_example_without_warnings(key: Key) -> None:
    assert told(key, "warning") == []


def blocks_of(page: str) -> list[str]:
    """The files that a page for authors shows whole."""
    text = (ROOT / page / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^```(?:yaml|markdown)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def shown(page: str, opening: str) -> bytes:
    return next(block for block in blocks_of(page) if block.startswith(opening)).encode()


def test_the_course_that_the_pages_for_authors_show_can_be_published() -> None:
    files = {
        "content/plain-letters/course.yml": shown("content", "slug: plain-letters"),
        "content/plain-letters/10-first-lines.md": shown("content", "---\ntitle: First lines"),
        "quizzes/plain-letters/test.yml": shown("quizzes", "title:"),
        "quizzes/plain-letters/practice.yml": shown("quizzes", "questions:"),
    }
    compiled, problems = compile_course(files)
    assert compiled is not None, problems
    pages = {
        "content/pages/privacy.md": b"---\ntitle: Privacy\n---\nSee [help](help).\n",
        "content/pages/help.md": shown("content", "---\ntitle: Help"),
    }
    assert compile_site({"content/site.yml": shown("content", "name:"), **pages})[1] == []


def test_every_block_that_the_page_for_authors_shows_can_be_read() -> None:
    shown_blocks = re.findall(
        r"^/// (\w+)\n(.*?)^///$", "".join(blocks_of("content")), re.MULTILINE | re.DOTALL
    )
    assert {"ladder", "placement", "figure", "quote"} <= {kind for kind, _ in shown_blocks}
    for kind, options in shown_blocks:
        _, problems = read_block(
            kind, options, "README.md", 1, {"images/letter.png": Image("/images/letter")}
        )
        assert problems == []
