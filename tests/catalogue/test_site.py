"""The site as it is read: its facts and its pages. More mistakes stand in tests/authored/broken."""

from pathlib import Path

import pytest

from app.catalogue.site import read_site
from app.kernel.problems import has_errors
from app.library.folders import SITE, key_of, read_folders

GOOD = read_folders(Path(__file__).parents[1] / "authored" / "good")[SITE]
HELP = "content/pages/help.md"


def with_help(body: str) -> dict[str, bytes]:
    return {**GOOD, HELP: f"---\ntitle: Help\n---\n{body}\n".encode()}


def test_the_pages_stand_in_the_order_of_the_list() -> None:
    site, problems = read_site(GOOD)
    assert problems == []
    assert site is not None
    assert [(page.slug, page.title) for page in site.pages] == [("help", "Help"), ("privacy", "Privacy")]


def test_a_page_is_found_by_its_slug() -> None:
    site, _ = read_site(GOOD)
    assert site is not None
    found = site.page("privacy")
    assert found is not None
    assert '<h2 id="what-we-keep">What we keep</h2>' in found.html
    assert site.page("terms") is None


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[here](javascript:alert)",
        "[here](//example.org)",
        "<iframe src=//example.org></iframe>",
        "![x](https://example.org/spy.png)",
    ],
)
def test_what_is_unsafe_is_refused_and_would_not_be_printed_either(body: str) -> None:
    site, problems = read_site(with_help(body))
    assert has_errors(problems)
    assert site is not None
    page = site.page("help")
    assert page is not None
    for unsafe in ("<script", "javascript:", 'href="//', "<iframe", "spy.png"):
        assert unsafe not in page.html


def test_a_broken_page_is_told_with_what_else_is_wrong() -> None:
    _, problems = read_site({**with_help("# Too high"), "content/site.yml": b"name: Rung\n"})
    assert {problem.path for problem in problems} == {"content/site.yml", HELP}


def test_a_link_into_a_page_that_cannot_be_read_is_not_blamed() -> None:
    _, problems = read_site({**GOOD, "content/pages/privacy.md": b"No title.\n"})
    assert [problem.path for problem in problems] == ["content/pages/privacy.md"]


def test_a_page_without_site_yml_is_no_site() -> None:
    site, problems = read_site({HELP: GOOD[HELP]})
    assert site is None
    assert problems[0].sentence == "There is no site.yml."


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("content/site.yml", SITE),
        ("content/pages/help.md", SITE),
        ("content/pages/deeper/help.md", SITE),
        ("content/pages/README.md", None),
        ("content/pages", None),
        ("content/pages-and-more/course.yml", ("course", "pages-and-more")),
    ],
)
def test_the_pages_belong_to_the_site(path: str, key: tuple[str, str] | None) -> None:
    assert key_of(path) == key
