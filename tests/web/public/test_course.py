import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.progress import mark_done
from app.library.folders import read_folders
from app.library.publishing import publish
from app.web.shared.contents import shares
from app.web.shared.context import running_in
from tests.cast import Cast
from tests.conftest import NOON
from tests.page import Page

ADDRESS = "/courses/good-course"
LESSONS = ("first-steps", "next-steps")


def finish(session: Session, person_id: int, *lessons: str) -> None:
    with writing(session):
        for lesson in lessons:
            mark_done(
                session, person_id=person_id, course="good-course", lesson=lesson, lessons=LESSONS, now=NOON
            )


def test_it_says_what_one_will_be_able_to_do_and_what_shows_it(page: Page) -> None:
    page.get(ADDRESS)
    assert "Listen to the whole story before you act. (shown in the test)" in page.text()
    assert "Find one call of your own that you would take differently. (shown in a reflection)" in page.text()


def test_the_minutes_are_split_and_their_parts_make_up_the_whole(page: Page) -> None:
    page.get(ADDRESS)
    assert "About 4 minutes: 1 to read, 1 to practise and reflect, 2 for the test." in page.text()


@pytest.mark.parametrize(
    ("whole", "weights", "split"),
    [
        (4, (40, 90, 108), [1, 1, 2]),
        (10, (60, 0, 60), [5, 0, 5]),
        (1, (1, 1, 1), [1, 0, 0]),
        (3, (0, 0, 5), [0, 0, 3]),
    ],
)
def test_shares_add_up(whole: int, weights: tuple[int, ...], split: list[int]) -> None:
    assert shares(whole, weights) == split


def test_the_pass_rule_is_said_before_the_start(page: Page) -> None:
    page.get(ADDRESS)
    assert "There are three rounds. What you get right is secured, and you keep it." in page.text()


def test_it_says_what_is_kept_and_who_sees_it(page: Page) -> None:
    page.get(ADDRESS)
    assert "If you read and practise without signing in, we keep nothing." in page.text()
    assert "your work stays on your own device until you remove it" in page.text()
    assert "Other learners, editors and learning managers see none of these." in page.text()


def test_its_dates_edition_and_credit_are_there(page: Page) -> None:
    page.get(ADDRESS)
    terms, descriptions = ([one.text for one in page.elements(tag)] for tag in ("dt", "dd"))
    facts = dict(zip(terms, descriptions, strict=True))
    assert facts == {
        "Edition": "1",
        "Law as at": "1 October 2026, England",
        "To be reviewed by": "1 October 2027",
    }
    assert "Written for Rung's own tests, with made-up cases." in page.text()


def test_further_reading_stands_under_its_need_with_its_reason(
    page: Page, app: Flask, session: Session
) -> None:
    files = dict(read_folders(running_in(app).settings.sources)[("course", "good-course")])
    place = "content/good-course/course.yml"
    entry = "  - {{title: {}, url: 'https://example.org/{}', need: {}, minutes: 5, why: {}}}\n"
    given = [
        ("Calls", 1, "A guide", "It is short."),
        ("Notes", 2, "A tool", "It is free."),
        ("More", 3, "A guide", "It is deep."),
    ]
    listed = "further_reading:\n" + "".join(entry.format(*each) for each in given)
    text = files[place].decode()
    before, after = text.split("further_reading:")
    files[place] = (before + listed + "related:" + after.split("related:")[1]).encode()
    with writing(session):
        assert publish(session, "course", "good-course", files, by_id=None, now=NOON)
    page.get(ADDRESS)
    assert [one.text for one in page.elements("h3")] == ["A guide", "A tool"]
    assert "A guide Calls 5 minutes It is short. More 5 minutes It is deep. A tool Notes" in page.text()


def test_the_contents_lead_to_every_lesson_and_to_the_test(page: Page) -> None:
    page.get(ADDRESS)
    links = page.links()
    assert links["First steps 1 minute"] == f"{ADDRESS}/first-steps"
    assert links["The test 2 minutes"] == f"{ADDRESS}/test"


def test_a_guest_starts_at_the_first_lesson_without_an_account(page: Page) -> None:
    response = page.get(ADDRESS)
    assert page.links()["Start"] == f"{ADDRESS}/first-steps"
    assert "You can read and practise without an account." in page.text()
    assert "Set-Cookie" not in response.headers


def test_a_learner_goes_on_at_their_place(page: Page, cast: Cast, session: Session) -> None:
    finish(session, cast.amira.id, "first-steps")
    page.sign_in(cast.amira).get(ADDRESS)
    assert page.links()["Continue"] == f"{ADDRESS}/next-steps"
    assert page.links()["First steps, done 1 minute"] == f"{ADDRESS}/first-steps"
    assert len(page.statements) <= 5


def test_a_learner_who_has_done_every_lesson_goes_on_to_the_test(
    page: Page, cast: Cast, session: Session
) -> None:
    finish(session, cast.amira.id, *LESSONS)
    page.sign_in(cast.amira).get(ADDRESS)
    assert page.links()["Continue"] == f"{ADDRESS}/test"


def test_ben_does_not_see_how_far_amira_is(page: Page, cast: Cast, session: Session) -> None:
    finish(session, cast.amira.id, "first-steps")
    page.sign_in(cast.ben).get(ADDRESS)
    assert page.links()["Start"] == f"{ADDRESS}/first-steps"
    assert ", done" not in page.text()


def test_a_course_that_is_not_there_is_not_found(page: Page) -> None:
    page.get("/courses/no-such-course", status=404)
    page.get("/courses/%00", status=404)
