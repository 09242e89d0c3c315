import re

from flask import Flask
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.reflections import save_reflection
from app.library.folders import read_folders
from app.library.publishing import publish
from app.settings import Settings
from app.web.shared.context import running_in
from tests.cast import Cast
from tests.conftest import NOON
from tests.page import Page

ADDRESS = "/courses/good-course/print"
NEEDS = ["Fifteen quiet minutes"]  # those of the further reading


def headings(page: Page, tag: str) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.elements(tag)]


def test_the_course_page_leads_to_it(page: Page) -> None:
    page.get("/courses/good-course")
    assert page.links()["Print the whole course"] == ADDRESS


def test_every_lesson_is_on_the_page_beneath_the_title_of_the_course(page: Page) -> None:
    page.get(ADDRESS)
    assert headings(page, "h1") == ["A good course"]
    assert headings(page, "h2")[-3:] == ["First steps", "Next steps", "Further reading"]
    assert headings(page, "h3") == ["Hear it all", "Say it back", "Agree a day", "Your own calls", *NEEDS]


def test_it_says_what_the_course_page_says_of_its_making(page: Page, settings: Settings) -> None:
    page.get(ADDRESS)
    facts = dict(zip(headings(page, "dt"), headings(page, "dd"), strict=True))
    assert facts["Law as at"] == "1 October 2026, England"
    assert facts["Edition"] == "1"
    assert "Written for Rung's own tests" in page.text()
    assert "Agree what happens next and by when." in page.text()
    assert facts["On the site"] == f"{settings.base_url}/courses/good-course"


def test_links_between_lessons_stay_on_the_page(page: Page) -> None:
    page.get(ADDRESS)
    ids = {one.get("id") for tag in ("h2", "h3") for one in page.elements(tag)}
    assert page.links()["the next lesson"] == "#next-steps--agree-a-day"
    inner = {href[1:] for href in page.links().values() if href.startswith("#")} - {"main"}
    assert inner <= ids


def test_the_test_is_not_on_it(page: Page, app: Flask, session: Session) -> None:
    page.get(ADDRESS)
    quiz = running_in(app).shelf.course(session, "good-course").quiz
    stems = [question.stem for slot in quiz.slots for question in slot.questions]
    assert stems
    assert [stem for stem in stems if stem in page.text()] == []


def test_a_learner_finds_their_own_words_on_it_and_nobody_else_does(
    page: Page, cast: Cast, session: Session
) -> None:
    with writing(session):
        save_reflection(
            session,
            person_id=cast.amira.id,
            course="good-course",
            lesson="next-steps",
            block="your-call",
            typed="I would listen first.",
            now=NOON,
        )
    assert "I would listen first." in page.sign_in(cast.amira).get(ADDRESS).text
    assert "I would listen first." not in Page(page.app).sign_in(cast.ben).get(ADDRESS).text
    assert "I would listen first." not in Page(page.app).get(ADDRESS).text


def test_twenty_lessons_take_no_more_statements_than_two(
    page: Page, cast: Cast, app: Flask, session: Session
) -> None:
    page.sign_in(cast.amira).get(ADDRESS)
    two = len(page.statements)
    files = dict(read_folders(running_in(app).settings.sources)[("course", "good-course")])
    lesson = files["content/good-course/20-next-steps.md"].decode()
    for number in range(20):
        copy = re.sub(r"^id: your-call$", f"id: your-call-{number}", lesson, flags=re.MULTILINE)
        files[f"content/good-course/{30 + number}-more-{number}.md"] = copy.encode()
    with writing(session):
        assert publish(session, "course", "good-course", files, by_id=None, now=NOON)
    page.get(ADDRESS)  # compiles the revision
    page.get(ADDRESS)
    assert len(headings(page, "h2")) == 26
    assert len(page.statements) <= min(two, 5)


def test_a_guest_shares_it_with_every_guest(page: Page) -> None:
    assert page.get(ADDRESS).headers["Cache-Control"] == "public, max-age=60"
    page.get(ADDRESS)
    assert len(page.statements) <= 1


def test_a_course_that_is_not_there_cannot_be_printed(page: Page) -> None:
    page.get("/courses/no-such-course/print", status=404)
