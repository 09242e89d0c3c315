from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.db import Base, writing
from app.learning.progress import mark_done
from app.learning.reflections import save_reflection
from app.learning.responses import save_block_response
from app.library.folders import read_folders
from app.library.publishing import publish
from tests.cast import Cast
from tests.conftest import NOON, TestClock
from tests.house.learner import Learner
from tests.page import Page

GOOD = Path(__file__).parents[2] / "authored" / "good"
ADDRESS = "/courses/good-course/first-steps"
NEXT = "/courses/good-course/next-steps"
LESSONS = ("first-steps", "next-steps")


def practised(**answers: str | list[str]) -> str:
    return f"{ADDRESS}?{urlencode({'practice': 'say-back', **answers}, doseq=True)}"


def answer(session: Session, person_id: int, body: Mapping[str, object], kind: str = "single-choice") -> None:
    with writing(session):
        save_block_response(
            session,
            person_id=person_id,
            course="good-course",
            lesson="first-steps",
            block="say-back",
            kind=kind,
            body=body,
            now=NOON,
        )


def rows(session: Session) -> int:
    tables = Base.metadata.sorted_tables
    return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def test_a_guest_reads_with_the_place_the_contents_and_the_way_on(page: Page) -> None:
    page.get(ADDRESS)
    assert page.text("where") == "Lesson 1 of 2, about 1 minute left"
    assert "Outcome 1: Listen to the whole story before you act." in page.text()
    assert page.links()["Next, 1 minute Next steps"] == NEXT
    assert page.links()["Sign in"].startswith("/sign-in")
    assert "to keep your place and your answers" in page.text("way-on")


def test_sections_have_the_anchors_that_results_lead_to(page: Page) -> None:
    page.get(ADDRESS)
    assert [one.get("id") for one in page.elements("h2")] == ["hear-it-all", "say-it-back"]


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_term_is_marked_and_its_meaning_stands_before_it(page: Page, cast: Cast, signed_in: bool) -> None:
    if signed_in:
        page.sign_in(cast.amira)
    page.get(NEXT)
    assert page.text("margin-note").startswith("Referral. Passing a call on to whoever can act on it.")
    [term] = page.elements("dfn")
    [note] = [one for one in page.elements("aside") if one.get("id") == term.get("aria-describedby")]
    assert (term.text, note.get("role")) == ("referral", "note")
    assert "<dfn" not in page.get(ADDRESS).text


def test_the_last_lesson_leads_to_the_test(page: Page) -> None:
    page.get(NEXT)
    assert page.links()["Next, 2 minutes The test"] == "/courses/good-course/test"
    assert page.links()["Previous, 1 minute First steps"] == ADDRESS


def test_a_guest_gets_no_cookie_no_token_and_no_row(page: Page, session: Session) -> None:
    before = rows(session)
    for address in ("/", "/courses/good-course", ADDRESS, NEXT, practised(**{"answer-say-back": "a"})):
        response = page.get(address)
        assert "Set-Cookie" not in response.headers
        assert "csrf_token" not in response.text
    assert rows(session) == before


def test_a_right_answer_begins_with_yes_and_says_why(page: Page) -> None:
    page.get(practised(**{"answer-say-back": "a"}))
    assert page.text("feedback") == "Yes. The caller can now put right what you got wrong."


def test_a_wrong_answer_begins_with_not_quite_and_gives_every_reason(page: Page) -> None:
    page.get(practised(**{"answer-say-back": "b"}))
    assert page.text("feedback") == "Not quite. You have not checked that you heard it right."
    assert "This one is right. The caller can now put right what you got wrong." in page.text("choices")
    assert "Nothing has been agreed yet." in page.text("choices")


def test_before_an_answer_nothing_is_chosen_and_no_reason_is_given_away(page: Page) -> None:
    html = page.get(ADDRESS).text
    assert not [one for one in page.elements("input") if "checked" in one.attrib]
    assert "You have not checked that you heard it right." not in html


def test_an_empty_answer_is_named_with_its_place_and_read_out_as_an_error(page: Page) -> None:
    html = page.get(practised()).text
    assert "<title>Error: First steps" in html
    assert page.links()["Nothing is chosen yet. Choose one."] == "#say-back"


@pytest.mark.parametrize(
    "query",
    [
        {"practice": "say-back", "answer-say-back": "no-such-choice"},
        {"practice": "say-back", "answer-say-back": ["a", "b"]},
        {"practice": "say-back", "answer-say-back": ["a", "a"]},
        {"practice": "say-back", "answer-say-back-x": "a"},
        {"practice": "say-back", "answer-say-back": "<script>alert(1)</script>"},
        {"practice": "say-back", "answer-say-back": "a" * 5000},
        {"practice": "no-such-block"},
        {"practice": ["say-back", "say-back"]},
        {"practice": ""},
        {"practice": "\x00"},
        {"practice": "your-call"},
    ],
)
def test_an_address_that_no_form_makes_is_refused_in_words_and_the_lesson_stands(
    page: Page, query: Mapping[str, str | list[str]]
) -> None:
    response = page.get(f"{ADDRESS}?{urlencode(query, doseq=True)}", status=400)
    assert "There is a problem" in page.text("error-summary")
    assert "Hear it all" in page.text()
    assert "<script>alert" not in response.text
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("query", ["?utm_source=letter", "?back=%00", "?back=ABCD", "?%ff=%fe", "?&&=="])
def test_what_other_sites_hang_on_an_address_is_ignored(page: Page, query: str) -> None:
    page.get(ADDRESS + query)
    assert "Back to your result" not in page.text()


@pytest.mark.parametrize("address", ["/courses/good-course/nowhere", "/courses/nowhere/first-steps"])
def test_a_lesson_that_is_not_there_is_not_found(page: Page, address: str) -> None:
    page.get(address, status=404)


def test_a_guest_sees_the_prompt_and_what_signing_in_would_do(page: Page) -> None:
    page.get(NEXT)
    assert "What would you say first if it came today?" in page.text("stem")
    assert "Do not name residents or colleagues." in page.text()
    assert page.links()["Sign in to keep this"] == f"/sign-in?{urlencode({'next': NEXT + '#your-call'})}"


def test_a_guest_without_scripts_meets_no_box_whose_words_could_not_be_kept(page: Page) -> None:
    page.get(NEXT)
    forms = [form for form in page.elements("form") if list(form.iter("textarea"))]
    assert forms
    assert all("hidden" in form.attrib and form.get("data-behaviour") == "device" for form in forms)


def test_a_learner_sees_their_saved_answer_explained_with_its_time(
    page: Page, cast: Cast, session: Session
) -> None:
    answer(session, cast.amira.id, {"chosen": ["b"]})
    page.sign_in(cast.amira).get(ADDRESS)
    assert page.text("feedback").startswith("Not quite.")
    assert "Your answer was saved at 12:00. Only you can see it." in page.text()
    checked = [one.get("value") for one in page.elements("input") if "checked" in one.attrib]
    assert checked == ["b"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"chosen": ["gone"]}, "single-choice"),
        ({"placed": {"a": "b"}}, "single-choice"),
        ({"chosen": ["a"]}, "classify"),
        ({"other": 1}, "single-choice"),
        ({}, "single-choice"),
    ],
)
def test_a_saved_answer_that_the_question_has_outgrown_is_as_if_unanswered(
    page: Page, cast: Cast, session: Session, body: Mapping[str, object], kind: str
) -> None:
    answer(session, cast.amira.id, body, kind)
    page.sign_in(cast.amira).get(ADDRESS)
    assert "saved" not in page.text("panel")
    assert "Check my answer" in page.text("panel")


def test_ben_sees_neither_what_amira_answered_nor_what_she_wrote(
    page: Page, cast: Cast, session: Session
) -> None:
    answer(session, cast.amira.id, {"chosen": ["a"]})
    with writing(session):
        save_reflection(
            session,
            person_id=cast.amira.id,
            course="good-course",
            lesson="next-steps",
            block="your-call",
            typed="I spoke before I listened.",
            now=NOON,
        )
    page.sign_in(cast.ben)
    assert "Yes." not in page.get(ADDRESS).text
    assert "before I listened" not in page.get(NEXT).text
    for nosy in (cast.malik, cast.edda, cast.ada):
        assert "before I listened" not in page.sign_in(nosy).get(NEXT).text


def test_a_done_lesson_is_said_in_words_and_marked_in_the_contents(
    page: Page, cast: Cast, session: Session
) -> None:
    with writing(session):
        mark_done(
            session,
            person_id=cast.amira.id,
            course="good-course",
            lesson="first-steps",
            lessons=LESSONS,
            now=NOON,
        )
    page.sign_in(cast.amira).get(ADDRESS)
    assert "You have marked this lesson done." in page.text("way-on")
    page.get(NEXT)
    assert page.links()["First steps, done 1 minute"] == ADDRESS
    assert "Done, continue" in page.text("way-on")


def test_a_learner_page_is_private_and_a_guest_page_is_shared(page: Page, cast: Cast) -> None:
    assert page.get(ADDRESS).headers["Cache-Control"] == "public, max-age=60"
    assert page.sign_in(cast.amira).get(ADDRESS).headers["Cache-Control"] == "private, no-store"


def test_the_way_back_to_a_result_is_shown_to_its_owner_alone(
    app: Flask, page: Page, cast: Cast, session: Session, clock: TestClock
) -> None:
    code = Learner(app, session, clock, cast.amira).begin("good-course")
    page.sign_in(cast.amira).get(f"{ADDRESS}?back={code}")
    assert page.links()["Back to your result"] == f"/attempts/{code}"
    form = next(one for one in page.elements("form") if "responses" in one.get("action", ""))
    assert form.get("action") == f"{ADDRESS}/responses/say-back?back={code}"
    assert len(page.statements) <= 6
    page.sign_in(cast.ben).get(f"{ADDRESS}?back={code}")
    assert "Back to your result" not in page.text()
    page.client.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    page.get(f"{ADDRESS}?back={code}")
    assert "Back to your result" not in page.text()


def long_course(lessons: int) -> dict[str, bytes]:
    """The good course with so many lessons more."""
    files = dict(read_folders(GOOD)[("course", "good-course")])
    for number in range(lessons):
        text = f"---\ntitle: Lesson {number}\noutcomes: [agree]\nminutes: 1\n---\n## A part\n\nSome words.\n"
        files[f"content/good-course/{100 + number}-lesson-{number}.md"] = text.encode()
    return files


@pytest.mark.parametrize("lessons", [3, 498])
def test_a_lesson_page_takes_five_statements_however_many_lessons_there_are(
    page: Page, cast: Cast, session: Session, lessons: int
) -> None:
    with writing(session):
        assert publish(session, "course", "good-course", long_course(lessons), by_id=None, now=NOON)
    answer(session, cast.amira.id, {"chosen": ["a"]})
    page.sign_in(cast.amira)
    for address in (ADDRESS, NEXT):
        page.get(address)
        page.get(address)
        assert len(page.statements) <= 5, page.statements


def test_a_guest_page_takes_one_statement(page: Page) -> None:
    for address in (ADDRESS, practised(**{"answer-say-back": "a"}), "/courses/good-course", "/"):
        page.get(address)
        page.get(address)
        assert len(page.statements) <= 1, page.statements


def test_the_contents_of_the_app_are_served_to_head_requests_too(app: Flask) -> None:
    response = app.test_client().head(ADDRESS)
    assert response.status_code == 200
    assert response.data == b""
