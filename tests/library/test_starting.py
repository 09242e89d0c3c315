"""A new course can be published as it is, whatever it is called."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.kernel.errors import Refusal
from app.library.checked import check
from app.library.drafting import begin, open_draft
from app.library.model import CompiledCourse
from app.library.starting import new_course
from tests.conftest import NOON


def started(slug: str = "damp-and-mould", title: str = "Damp and mould") -> dict[str, bytes]:
    return new_course(
        slug,
        title,
        programme="essential-insights",
        law_as_at=date(2026, 11, 1),
        review_by=date(2027, 11, 1),
        nation="Wales: all of it",
    )


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("damp", "Damp: what to do #1"),
        ("x" * 60, "w" * 180),
        ("1", "'quoted' \"twice\" {and} [more] - \\n & <b>"),
        ("yes", "yes"),
        ("a-b", "Ж - © \x01".replace("\x01", "")),
    ],
)
def test_a_new_course_passes_every_check(slug: str, title: str) -> None:
    checked = check("course", started(slug, title))
    assert checked.problems == ()
    assert isinstance(checked.compiled, CompiledCourse)
    course = checked.compiled.course
    assert (course.slug, course.title, course.quiz) == (slug, " ".join(title.split()), slug)
    assert (course.nation, course.law_as_at) == ("Wales: all of it", date(2026, 11, 1))
    assert {block.kind for lesson in course.lessons for block in lesson.blocks.values()} >= {
        "practice",
        "scenario",
        "reflection",
    }


@pytest.mark.parametrize(
    "slug", ["", "New", "new", "pages", "a b", "../x", "a/b", "x" * 61, "-a", "a--b", "ü"]
)
def test_a_name_that_no_course_can_have_is_refused(slug: str) -> None:
    with pytest.raises(Refusal):
        started(slug)


def test_a_new_course_is_a_draft_and_its_name_is_taken_from_then_on(session: Session) -> None:
    key = ("course", "damp-and-mould")
    with writing(session):
        begin(session, key, started(), by_id=None, message="Started", now=NOON)
    assert open_draft(session, key).live is None
    with pytest.raises(Refusal), writing(session):
        begin(session, key, started(), by_id=None, message="Started", now=NOON)
