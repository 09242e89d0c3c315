"""A scenario on the lesson's page, for a guest by address and for a learner with what was kept."""

from urllib.parse import urlencode

from flask import Flask
from sqlalchemy.orm import Session

from app.learning.responses import my_responses
from app.learning.tables import BlockResponse
from tests.cast import Cast
from tests.catalogue.blocks.test_scenario import GOOD
from tests.conftest import NOON
from tests.page import Page
from tests.web.more import ADDRESS, publish_lesson

BLOCK = f"/// scenario\n{GOOD}///\n"
ANSWER = f"{ADDRESS}/responses/story"


def tried(**chosen: str) -> str:
    fields = {f"answer-story-{name.replace('_', '-')}": value for name, value in chosen.items()}
    return f"{ADDRESS}?" + urlencode({"practice": "story", **fields})


def test_a_guest_goes_all_the_way_by_address_and_nothing_is_kept(app: Flask, page: Page) -> None:
    publish_lesson(app, BLOCK)
    page.get(ADDRESS)
    assert "What now?" in page.text()
    assert "It goes badly." not in page.text(), "a consequence is not in the page before the choice"
    page.get(tried(first="a", _at="first"))
    assert "A strong choice. It goes well enough." in page.text("feedback")
    hidden = {
        one.get("name"): one.get("value") for one in page.elements("input") if one.get("type") == "hidden"
    }
    assert hidden["answer-story-first"] == "a"
    page.get(tried(first="a", second="a", _at="second"))
    assert "Looking back" in page.text()
    assert "Stronger: That" in page.text()
    assert "It is over." in page.text()
    assert page.links()["Try another path"] == f"{ADDRESS}#story"
    assert not page.client.get_cookie(app.config["SESSION_COOKIE_NAME"])


def test_deciding_nothing_is_said_at_the_decision(app: Flask, page: Page) -> None:
    publish_lesson(app, BLOCK)
    page.get(tried(_at="first"))
    assert "Nothing is chosen yet. Choose one, then decide." in page.text("error-summary")


def test_an_address_that_no_form_made_is_refused_clearly(app: Flask, page: Page) -> None:
    publish_lesson(app, BLOCK)
    for address in (tried(first="zebra"), tried(fourth="a"), tried(first="a") + "&answer-story-first=b"):
        page.get(address, status=400)
        assert "does not fit the story any more" in page.text("error-summary")


def test_a_learner_s_way_is_kept_and_can_begin_again(
    app: Flask, page: Page, cast: Cast, session: Session
) -> None:
    publish_lesson(app, BLOCK)
    response = page.sign_in(cast.amira).post(ANSWER, {"answer-story--at": "first", "answer-story-first": "b"})
    assert response.headers["Location"] == f"{ADDRESS}#story-newest"
    page.follow(response)
    assert "At last?" in page.text()
    assert "Your path was saved at 12:00." in page.text()
    assert any(one.get("id") == "story-newest" for one in page.elements("li"))
    page.post(ANSWER, {"answer-story-first": "b", "answer-story--at": "third", "answer-story-third": "a"})
    kept = my_responses(session, cast.amira.id, "good-course", ["story"])["story"]
    assert kept.body == {"path": {"first": "b", "third": "a"}}
    page.get("/courses/good-course/looking-back")
    assert "That. A weak choice." in page.text()
    page.follow(page.post(ANSWER, {"answer-story--again": "yes"}))
    session.rollback()
    assert my_responses(session, cast.amira.id, "good-course", ["story"]) == {}


def test_an_older_tab_replaces_the_way_from_its_own_decision_on(
    app: Flask, page: Page, cast: Cast, session: Session
) -> None:
    publish_lesson(app, BLOCK)
    page.sign_in(cast.amira)
    page.post(ANSWER, {"answer-story-first": "a", "answer-story--at": "second", "answer-story-second": "a"})
    page.post(ANSWER, {"answer-story--at": "first", "answer-story-first": "b"})
    assert my_responses(session, cast.amira.id, "good-course", ["story"])["story"].body == {
        "path": {"first": "b"}
    }


def test_nothing_chosen_keeps_nothing_and_says_so(
    app: Flask, page: Page, cast: Cast, session: Session
) -> None:
    publish_lesson(app, BLOCK)
    page.follow(page.sign_in(cast.amira).post(ANSWER, {"answer-story--at": "first"}))
    assert "Nothing is chosen yet." in page.text("error-summary")
    assert my_responses(session, cast.amira.id, "good-course", ["story"]) == {}


def test_what_was_kept_of_an_older_story_is_taken_as_far_as_it_fits(
    app: Flask, page: Page, cast: Cast, session: Session
) -> None:
    publish_lesson(app, BLOCK)
    for body in ({"path": {"first": "gone"}}, {"path": "x"}, {}, {"path": {"first": ["a"]}}):
        session.merge(
            BlockResponse(
                person_id=cast.amira.id,
                course="good-course",
                block="story",
                kind="scenario",
                body=body,
                saved_at=NOON,
            )
        )
        session.commit()
        page.sign_in(cast.amira).get(ADDRESS)
        assert "What now?" in page.text()
