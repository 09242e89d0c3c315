from datetime import timedelta

from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.enrolment import enrol
from app.learning.progress import mark_done
from app.library.folders import SITE, read_folders
from app.library.publishing import publish
from app.settings import Settings
from tests.cast import Cast
from tests.conftest import NOON
from tests.library.drafts import KEY, good_files
from tests.page import Page

COURSE = "good-course"
SHEET = "content/good-course/course.yml"
LESSONS = ("first-steps", "next-steps")


def finish(session: Session, person_id: int, *lessons: str) -> None:
    with writing(session):
        for lesson in lessons:
            mark_done(session, person_id=person_id, course=COURSE, lesson=lesson, lessons=LESSONS, now=NOON)


def test_the_catalogue_stands_by_programme_with_the_minutes_of_each_course(page: Page) -> None:
    page.get("/")
    assert page.links()["A good course"] == "/courses/good-course"
    assert "Essential Insights" in page.text()
    assert "4 minutes, 2 lessons and a test" in page.text()


def test_a_programme_without_a_course_is_not_shown(page: Page) -> None:
    page.get("/")
    assert "Emerging Leaders" not in page.text("flow")


def test_a_retired_course_is_offered_to_nobody_new_and_finished_by_who_began_it(
    page: Page, session: Session, cast: Cast
) -> None:
    finish(session, cast.ben.id, "first-steps")
    sheet = good_files()[SHEET] + b"retired: true\n"
    with writing(session):
        assert publish(session, *KEY, {**good_files(), SHEET: sheet}, by_id=None, now=NOON)
    page.get("/")
    assert "A good course" not in page.links()
    page.get("/courses/good-course")
    assert "This course is retired" in page.text()
    assert "Start" not in page.links()
    page.sign_in(cast.ben).get("/")
    assert page.links()["Continue"] == "/courses/good-course/next-steps"
    page.get("/courses/good-course")
    assert page.links()["Continue"] == "/courses/good-course/next-steps"


def test_every_page_carries_the_name_that_the_site_has_now(
    page: Page, session: Session, settings: Settings
) -> None:
    page.get("/")
    assert page.text("brand") == "Rung"
    files = {
        path: body.replace(b"name: Rung", b"name: Housing School", 1)
        for path, body in read_folders(settings.sources)[SITE].items()
    }
    with writing(session):
        assert publish(session, *SITE, files, by_id=None, now=NOON)
    for address in ("/", "/courses/good-course/first-steps", "/check", "/sign-in"):
        page.get(address)
        assert page.text("brand") == "Housing School"


def test_it_says_that_no_affiliation_is_implied(page: Page) -> None:
    page.get("/")
    assert "Nobody has endorsed these courses." in page.text()


def test_a_guest_is_told_that_no_account_is_needed_and_gets_no_cookie(page: Page) -> None:
    response = page.get("/")
    assert "No account is needed to read and practise." in page.text()
    assert "Set-Cookie" not in response.headers


def test_a_learner_continues_where_they_left_off(page: Page, cast: Cast, session: Session) -> None:
    finish(session, cast.amira.id, "first-steps")
    page.sign_in(cast.amira).get("/")
    assert page.links()["Continue"] == "/courses/good-course/next-steps"
    assert page.text("panel") == "Continue where you left off A good course Continue Next steps, 1 minute"


def test_once_every_lesson_is_done_the_test_is_what_is_left(page: Page, cast: Cast, session: Session) -> None:
    finish(session, cast.amira.id, *LESSONS)
    page.sign_in(cast.amira).get("/")
    assert page.links()["Continue"] == "/courses/good-course/test"


def test_a_lesson_that_was_skipped_is_what_is_left(page: Page, cast: Cast, session: Session) -> None:
    finish(session, cast.amira.id, "next-steps")
    page.sign_in(cast.amira).get("/")
    assert page.links()["Continue"] == "/courses/good-course/first-steps"


def test_a_course_that_is_no_longer_there_is_not_continued(page: Page, cast: Cast, session: Session) -> None:
    with writing(session):
        enrol(session, person_id=cast.amira.id, course=COURSE, lesson="first-steps", now=NOON)
        later = NOON + timedelta(hours=1)
        enrol(session, person_id=cast.amira.id, course="withdrawn", lesson="anything", now=later)
    page.sign_in(cast.amira).get("/")
    assert page.links()["Continue"] == "/courses/good-course/first-steps"


def test_ben_does_not_continue_what_amira_began(page: Page, cast: Cast, session: Session) -> None:
    finish(session, cast.amira.id, "first-steps")
    page.sign_in(cast.ben).get("/")
    assert "Continue where you left off" not in page.text()


def test_the_page_of_a_learner_is_theirs_alone(page: Page, cast: Cast) -> None:
    response = page.sign_in(cast.amira).get("/")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert len(page.statements) <= 5
