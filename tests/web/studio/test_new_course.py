"""A new course: a few questions, and then a draft that could be published as it is."""

import pytest
from sqlalchemy.orm import Session

from app.library.checked import check
from app.library.drafting import open_draft
from app.library.model import CompiledCourse
from app.library.tables import Revision
from tests.cast import Cast
from tests.page import Page

NEW = "/studio/courses/new"
FIELDS = {
    "title": "Damp: what to do",
    "slug": "",
    "programme": "emerging-leaders",
    "nation": "Wales",
    "law_as_at": "2026-10-01",
    "review_by": "2027-10-01",
}


def test_an_editor_starts_a_course_that_passes_every_check(page: Page, session: Session, cast: Cast) -> None:
    response = page.sign_in(cast.edda).post(NEW, FIELDS)
    assert response.headers["Location"] == "/studio/courses/damp-what-to-do"
    draft = open_draft(session, ("course", "damp-what-to-do"))
    assert draft.live is None
    checked = check("course", draft.files)
    assert checked.problems == ()
    assert isinstance(checked.compiled, CompiledCourse)
    course = checked.compiled.course
    assert (course.title, course.programme, course.nation) == (
        "Damp: what to do",
        "emerging-leaders",
        "Wales",
    )
    revision = session.get_one(Revision, draft.revision_id)
    assert (revision.made_by_id, revision.message) == (cast.edda.id, "A new course, from the sample")
    page.get("/courses/damp-what-to-do", status=404)


def test_the_form_suggests_today_and_a_year_on(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get(NEW)
    values = {one.get("name"): one.get("value") for one in page.elements("input")}
    assert (values["law_as_at"] or "")[:4].isdigit()
    assert str(values["review_by"]) > str(values["law_as_at"])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "Enter a title."),
        ("title", "x" * 201, "Use 200 characters at most."),
        (
            "title",
            "Damp 😀",
            "Certificates cannot print 😀. "
            "They can print Latin, Greek, Cyrillic, Vietnamese, Arabic and Hebrew letters.",
        ),
        ("title", "a\x07b", "Take out the characters that cannot be shown."),
        ("slug", "good-course", "There is a course called good-course already. Choose another name."),
        ("slug", "new", "A course cannot be called new. Choose another short name."),
        (
            "slug",
            "../x",
            "The short name must be made of small letters, digits and single dashes, 60 at most.",
        ),
        ("programme", "nothing", "Not a valid choice."),
        ("nation", "", "Say where the law in it applies, such as England."),
        ("law_as_at", "2026-02-30", "Enter a day such as 2026-10-01."),
        ("law_as_at", "1 May", "Enter a day such as 2026-10-01."),
        ("review_by", "2026-09-30", "The review comes after the day on which the law was looked at."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    page: Page, session: Session, cast: Cast, field: str, value: str, said: str
) -> None:
    before = session.query(Revision).count()
    page.sign_in(cast.edda).post(NEW, {**FIELDS, "nation": "Northern Ireland", field: value}, status=422)
    assert said in page.text()
    kept = {one.get("name"): one.get("value") for one in page.elements("input")}
    assert kept["nation"] == (value if field == "nation" else "Northern Ireland")
    session.rollback()
    assert session.query(Revision).count() == before


def test_a_token_that_is_too_old_keeps_what_was_typed(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).post(NEW, {**FIELDS, "csrf_token": "old"}, status=400)
    assert "Look through what you typed and send it again." in page.text()
    assert any(one.get("value") == FIELDS["title"] for one in page.elements("input"))
