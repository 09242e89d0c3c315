"""What a guest did on a device is added when they say so, and never in place of what they have already."""

from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.learning.progress import my_progress
from app.learning.reflections import my_reflections
from app.learning.responses import my_responses
from app.learning.tables import BlockResponse, Reflection
from tests.cast import Cast
from tests.page import Page

COURSE = "good-course"
PRACTICE = f"{COURSE}/first-steps/say-back?answer-say-back=a"
WORDS = f"{COURSE}/next-steps/your-call?" + urlencode({"your-call-text": "Say sorry first.\r\nThen ask."})
ADDRESS = "/this-device"


def rows(session: Session) -> tuple[int, int]:
    counts = [
        session.scalar(select(func.count()).select_from(one)) or 0 for one in (BlockResponse, Reflection)
    ]
    return counts[0], counts[1]


def test_a_guest_is_told_what_stays_where_and_how_to_add_it(page: Page) -> None:
    page.get(ADDRESS)
    assert "stay in this browser alone" in page.text()
    assert page.links()["Sign in to add them to your record"] == "/sign-in?next=/this-device"


def test_only_somebody_who_is_signed_in_can_add(page: Page, session: Session) -> None:
    response = page.post(ADDRESS, {"kept": [PRACTICE]})
    assert response.headers["Location"].startswith("/sign-in")
    assert rows(session) == (0, 0)


def test_what_was_kept_becomes_their_own(page: Page, cast: Cast, session: Session) -> None:
    response = page.sign_in(cast.amira).post(ADDRESS, {"kept": [WORDS, PRACTICE]})
    assert response.headers["Location"] == f"{ADDRESS}?added=2"
    page.follow(response)
    assert "2 activities have been added to your record." in page.text()
    amira = cast.amira.id
    assert my_responses(session, amira, COURSE, ["say-back"])["say-back"].body == {"chosen": ["a"]}
    assert (
        my_reflections(session, amira, COURSE, ["your-call"])["your-call"].body
        == "Say sorry first.\nThen ask."
    )
    assert my_progress(session, amira, COURSE).place == "next-steps", "they were furthest there"


def test_their_own_answers_win(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).post(
        f"/courses/{COURSE}/first-steps/responses/say-back", {"answer-say-back": "b"}
    )
    response = page.post(ADDRESS, {"kept": [PRACTICE, WORDS]})
    assert response.headers["Location"] == f"{ADDRESS}?added=1&had=1"
    assert my_responses(session, cast.amira.id, COURSE, ["say-back"])["say-back"].body == {"chosen": ["b"]}


def test_words_that_were_not_added_stay_on_the_device(page: Page, cast: Cast) -> None:
    reflection = f"/courses/{COURSE}/next-steps/responses/your-call"
    page.sign_in(cast.amira).post(reflection, {"your-call-text": "My own words."})
    response = page.post(
        ADDRESS, {"kept": [PRACTICE, WORDS, f"{COURSE}/next-steps/your-call?" + "x" * 60_000]}
    )
    assert response.headers["Location"] == f"{ADDRESS}?added=1&had=1&unread=1&left=1,2"


def test_long_words_in_any_script_are_added(page: Page, cast: Cast, session: Session) -> None:
    words = "\U0001f600" * 4000
    kept = f"{COURSE}/next-steps/your-call?" + urlencode({"your-call-text": words})
    page.sign_in(cast.amira).post(ADDRESS, {"kept": [kept]})
    assert my_reflections(session, cast.amira.id, COURSE, ["your-call"])["your-call"].body == words


def test_sent_twice_it_is_added_once(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).post(ADDRESS, {"kept": [PRACTICE]})
    assert page.post(ADDRESS, {"kept": [PRACTICE]}).headers["Location"] == f"{ADDRESS}?had=1"
    assert rows(session) == (1, 0)


def test_what_no_lesson_could_have_sent_is_left_out_and_said(
    page: Page, cast: Cast, session: Session
) -> None:
    strange = [
        "nowhere/at/all?x=1",
        f"{COURSE}/first-steps/say-back?answer-say-back=zebra",
        f"{COURSE}/first-steps/say-back?" + "answer-say-back=a&" * 120,
        f"{COURSE}/first-steps/gone?a=b",
        f"{COURSE}/next-steps/your-call?other=1",
        f"{COURSE}/next-steps/your-call?" + urlencode({"your-call-text": "x" * 4001}),
        "../../etc/passwd",
        "",
    ]
    response = page.sign_in(cast.amira).post(ADDRESS, {"kept": [*strange, PRACTICE]})
    assert response.headers["Location"] == f"{ADDRESS}?added=1&unread=8&left=0,1,2,3,4,5,6,7"
    page.follow(response)
    assert "8 activities are on this device still: too long, or of a lesson that has changed." in page.text()
    assert rows(session) == (1, 0)


def test_too_much_or_nothing_is_refused_whole(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira)
    page.post(ADDRESS, {}, status=400)
    page.post(ADDRESS, {"kept": [PRACTICE] * 201}, status=400)
    assert rows(session) == (0, 0)


def test_an_address_made_up_by_somebody_says_nothing_strange(page: Page) -> None:
    page.get(f"{ADDRESS}?added=-3&had=lots&unread=99999999")
    assert "added to your record." not in page.text()
    assert "left out" not in page.text()


def test_ben_never_gets_what_amira_added(page: Page, cast: Cast, session: Session) -> None:
    page.sign_in(cast.amira).post(ADDRESS, {"kept": [PRACTICE]})
    assert my_responses(session, cast.ben.id, COURSE, ["say-back"]) == {}
