"""What is shipped is right: the courses, their tests, the certificates and the site have no error."""

import pytest

from app.kernel.problems import Problem
from app.library.folders import SITE, Key, read_folders
from app.library.sources import check_sources
from tests.house.source import ROOT

SOURCES = read_folders(ROOT)
PROBLEMS = check_sources(SOURCES)


def told(key: Key, level: str) -> list[str]:
    problems: list[Problem] = PROBLEMS[key]
    return [str(problem) for problem in problems if problem.level == level]


def test_a_site_a_course_and_a_design_are_shipped() -> None:
    assert {SITE, ("course", "co-production"), ("design", "standard")} <= SOURCES.keys()


@pytest.mark.parametrize("key", sorted(PROBLEMS), ids="/".join)
def test_what_is_shipped_has_no_error(key: Key) -> None:
    assert told(key, "error") == []


@pytest.mark.parametrize("key", sorted(PROBLEMS), ids="/".join)
def test_what_is_shipped_sets_an_example_without_warnings(key: Key) -> None:
    assert told(key, "warning") == []
