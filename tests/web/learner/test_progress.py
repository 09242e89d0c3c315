from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.learning.progress import my_progress
from app.learning.reflections import MOST_CHARACTERS, my_reflections
from app.learning.responses import my_responses
from app.learning.tables import BlockResponse, Enrolment, LessonDone, Reflection
from tests.cast import Cast
from tests.page import Page

ADDRESS = "/courses/good-course/first-steps"
NEXT = "/courses/good-course/next-steps"
PRACTICE = f"{ADDRESS}/responses/say-back"
REFLECTION = f"{NEXT}/responses/your-call"
RIGHT = {"answer-say-back": "a"}


def kept(session: Session) -> list[int]:
    tables = (Enrolment, LessonDone, BlockResponse, Reflection)
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_done_leads_to_the_next_lesson_and_keeps_the_place(page: Page, cast: Cast, session: Session) -> None:
    response = page.sign_in(cast.amira).post(f"{ADDRESS}/done")
    assert response.headers["Location"] == NEXT
    progress = my_progress(session, cast.amira.id, "good-course")
    assert (progress.place, progress.done) == ("next-steps", {"first-steps"})


def test_done_pressed_twice_is_done_once(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira)
    first, second = page.post(f"{ADDRESS}/done"), page.post(f"{ADDRESS}/done")
    assert first.headers["Location"] == second.headers["Location"]
    assert kept(session) == [1, 1, 0, 0]


def test_the_last_lesson_done_leads_to_the_test(page: Page, cast: Cast) -> None:
    response = page.sign_in(cast.amira).post(f"{NEXT}/done")
    assert response.headers["Location"] == "/courses/good-course/test"


def test_an_answer_is_saved_and_shown_explained_at_its_question(
    page: Page, cast: Cast, session: Session
) -> None:
    response = page.sign_in(cast.amira).post(PRACTICE, RIGHT)
    assert response.headers["Location"] == f"{ADDRESS}#say-back"
    page.follow(response)
    assert page.text("feedback").startswith("Yes.")
    assert my_responses(session, cast.amira.id, "good-course", ["say-back"])["say-back"].body == {
        "chosen": ["a"]
    }


def test_trying_again_is_free_and_the_latest_answer_stands(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).post(PRACTICE, {"answer-say-back": "b"})
    page.follow(page.post(PRACTICE, RIGHT))
    assert page.text("feedback").startswith("Yes.")
    assert kept(session) == [1, 0, 1, 0]


def test_an_empty_answer_is_not_saved_and_its_place_is_named(
    page: Page, cast: Cast, session: Session
) -> None:
    page.follow(page.sign_in(cast.amira).post(PRACTICE))
    assert page.links()["Nothing is chosen yet. Choose one."] == "#say-back"
    assert kept(session) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "form",
    [
        {"answer-say-back": "no-such-choice"},
        {"answer-say-back": ["a", "b"]},
        {"answer-say-back": "\x00"},
        {"answer-say-back-row": "a"},
        {"answer-say-back": "é" * 900},
        {"answer-say-back": "<script>alert(1)</script>"},
    ],
)
def test_an_answer_that_no_form_makes_is_refused_in_words_and_not_saved(
    page: Page, cast: Cast, session: Session, form: dict[str, str | list[str]]
) -> None:
    response = page.sign_in(cast.amira).post(PRACTICE, form)
    shown = page.get(response.headers["Location"], status=200 if len(str(form)) > 900 else 400)
    assert "There is a problem" in page.text("error-summary")
    assert "<script>alert" not in shown.text
    assert kept(session) == [0, 0, 0, 0]


def test_a_reflection_is_kept_and_shown_with_its_time(page: Page, cast: Cast, session: Session) -> None:
    typed = "First I would listen.\r\n<b>Then</b> I would say it back."
    response = page.sign_in(cast.amira).post(REFLECTION, {"your-call-text": typed})
    assert response.headers["Location"] == f"{NEXT}#your-call"
    page.follow(response)
    assert page.elements("textarea")[0].text == "First I would listen.\n<b>Then</b> I would say it back."
    assert "Saved at 12:00. Only you can see it." in page.text("panel")


def test_an_emptied_reflection_is_deleted(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).post(REFLECTION, {"your-call-text": "A thought."})
    page.follow(page.post(REFLECTION, {"your-call-text": "  "}))
    assert "Saved" not in page.text("panel")
    assert kept(session) == [1, 0, 0, 0]


def test_a_reflection_that_is_too_long_comes_back_whole_with_the_reason(
    page: Page, cast: Cast, session: Session
) -> None:
    typed = "a" * (MOST_CHARACTERS + 1)
    html = page.sign_in(cast.amira).post(REFLECTION, {"your-call-text": typed}, status=422).text
    assert page.elements("textarea")[0].text == typed
    assert "<title>Error: Next steps" in html
    sentence = "Your text is 4,001 characters long. Shorten it to 4,000, then save it again."
    assert page.links()[sentence] == "#your-call-text"
    assert page.text("error") == f"Error: {sentence}"
    assert kept(session) == [0, 0, 0, 0]


def test_a_form_from_before_signing_in_again_gives_back_what_was_typed(
    page: Page, cast: Cast, session: Session
) -> None:
    page.sign_in(cast.amira)
    form = {"your-call-text": "Do not lose this.", "csrf_token": "an-old-token"}
    page.post(REFLECTION, form, status=400)
    assert page.elements("textarea")[0].text == "Do not lose this."
    assert "nothing is saved yet. Press Save once more." in page.text("error-summary")
    assert kept(session) == [0, 0, 0, 0]


def test_ben_writes_his_own_and_sees_only_that(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).post(REFLECTION, {"your-call-text": "This is Amira's."})
    page.sign_in(cast.ben).post(REFLECTION, {"your-call-text": "This is Ben's."})
    page.get(NEXT)
    assert page.elements("textarea")[0].text == "This is Ben's."
    mine = my_reflections(session, cast.amira.id, "good-course", ["your-call"])
    assert mine["your-call"].body == "This is Amira's."


@pytest.mark.parametrize("address", [f"{ADDRESS}/done", PRACTICE, REFLECTION])
def test_a_guest_is_sent_to_sign_in_and_nothing_is_kept(page: Page, session: Session, address: str) -> None:
    response = page.post(address, {**RIGHT, "your-call-text": "A thought."})
    assert urlsplit(response.headers["Location"]).path == "/sign-in"
    assert kept(session) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("address", "place"),
    [(f"{ADDRESS}/done", ADDRESS), (PRACTICE, f"{ADDRESS}#say-back"), (REFLECTION, f"{NEXT}#your-call")],
)
def test_asking_for_the_address_of_a_form_shows_its_lesson(page: Page, address: str, place: str) -> None:
    assert page.get(address, status=303).headers["Location"] == place


@pytest.mark.parametrize(
    "address",
    [
        "/courses/nowhere/first-steps/done",
        "/courses/good-course/nowhere/done",
        f"{ADDRESS}/responses/nothing",
        f"{ADDRESS}/responses/your-call",
        f"{NEXT}/responses/say-back",
    ],
)
def test_what_is_not_in_the_course_is_not_found(
    page: Page, cast: Cast, session: Session, address: str
) -> None:
    page.sign_in(cast.amira).post(address, RIGHT, status=404)
    assert kept(session) == [0, 0, 0, 0]


def test_the_way_back_to_a_result_survives_an_answer(page: Page, cast: Cast) -> None:
    code = "0123456789ABCDEFGHJKMNPQRS"
    response = page.sign_in(cast.amira).post(f"{PRACTICE}?{urlencode({'back': code})}", RIGHT)
    assert response.headers["Location"] == f"{ADDRESS}?back={code}#say-back"


@pytest.mark.parametrize("form", [{**RIGHT, "csrf_token": ""}, {**RIGHT, "csrf_token": "made-up"}])
def test_without_a_good_token_nothing_is_saved(
    page: Page, cast: Cast, session: Session, form: dict[str, str]
) -> None:
    page.sign_in(cast.amira).post(PRACTICE, form)
    page.post(f"{ADDRESS}/done", form)
    assert kept(session) == [0, 0, 0, 0]
