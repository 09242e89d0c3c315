"""Three questions after a while: the offer, the page of one's own, the plan, and what nobody else sees."""

import re
from datetime import date, timedelta
from typing import get_args

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.questions import from_json
from app.assessment.tables import FollowUp, FollowUpItem, QuestionVersion
from app.kernel.db import writing
from app.learning.follow_results import follow_ups_of
from app.learning.follow_sending import Skipped
from app.learning.tables import BlockResponse
from app.library.folders import read_folders
from app.library.publishing import publish
from app.web.learner.follow_up_lines import NOT_SENT
from tests.cast import Cast
from tests.conftest import TestClock
from tests.learning.test_follow_ups import GOOD
from tests.page import Page
from tests.web.learner.following import OFFER, Following, make_plan
from tests.web.learner.taking import COURSE

COMPLETION = f"/courses/{COURSE}/completion"


@pytest.fixture
def following(app: Flask, session: Session, clock: TestClock, cast: Cast, page: Page) -> Following:
    return Following(app, session, clock, cast, page)


@pytest.fixture
def with_plan(session: Session, clock: TestClock, cast: Cast) -> None:
    """The course has a plan, and Amira has made one."""
    make_plan(session, clock, cast)


def test_nothing_is_offered_before_the_pass(following: Following) -> None:
    following.learner.read(COURSE)
    following.page.get(COMPLETION)
    assert "Keep it fresh" not in following.page.text()
    following.page.post(OFFER, {"back": "/account"}, status=404)


@pytest.mark.parametrize("place", ["completion", "certificate"])
def test_after_the_pass_one_press_asks_and_another_stops(following: Following, place: str) -> None:
    page, hers = following.page, following.learner.all_the_way(COURSE)
    address = COMPLETION if place == "completion" else f"/certificates/{hers.certificate}"
    page.get(address)
    said = page.text()
    assert "We can write to you on 30 November 2026 and 28 December 2026." in said
    assert "Send me three short questions in a week and in five weeks" in said
    assert follow_ups_of(following.session, following.cast.amira.id) == {}, "off by default"
    back = next(one.get("value", "") for one in page.elements("input") if one.get("name") == "back")
    assert page.post(OFFER, {"back": back}).headers["Location"] == f"{address}#follow-ups"
    page.get(address)
    assert (
        "Three short questions come to you by e-mail on 30 November 2026 and 28 December 2026." in page.text()
    )
    page.get("/account")
    assert "Three short questions on A good course, on 30 November 2026 and 28 December 2026." in page.text()
    page.post(f"{OFFER}/end", {"back": "/account"})
    page.get("/account")
    assert "Letters that you asked for" not in page.text()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "\r\nX: y"]
)
def test_the_way_back_leads_to_this_site_alone(following: Following, back: str) -> None:
    following.learner.all_the_way(COURSE)
    assert following.page.post(OFFER, {"back": back}).headers["Location"] == "/#follow-ups"


def test_after_both_days_nothing_is_offered(following: Following) -> None:
    following.learner.all_the_way(COURSE)
    following.clock.move(timedelta(days=8))
    following.page.get(COMPLETION)
    assert "We can write to you on 28 December 2026." in following.page.text()
    assert "in a week" not in following.page.text()
    following.clock.move(timedelta(days=27))
    following.page.get(COMPLETION)
    assert "Keep it fresh" not in following.page.text()
    following.page.post(OFFER, {"back": "/account"}, status=409)


def test_the_letter_leads_through_signing_in_to_three_questions(following: Following, app: Flask) -> None:
    address = following.ask().after(7)
    guest = Page(app)
    assert guest.get(address, status=303).headers["Location"] == f"/sign-in?next={address}"
    page = following.page
    page.get(address)
    assert page.text().count("of 3") == 3
    assert "A week on: three short questions" in page.text()
    assert page.text().count("Answer") >= 3


def test_nobody_else_finds_them(following: Following, app: Flask) -> None:
    address = following.ask().after(7)
    ben = Page(app).sign_in(following.cast.ben)
    ben.get(address, status=404)
    right, _ = following.forms()[1]
    ben.post(f"{address}/answers/1", right, status=404)
    ben.post(f"{address}/plan", {"happened": "yes", "line": "", "new_on": ""}, status=404)
    edda = Page(app).sign_in(following.cast.edda)
    edda.get(address, status=404)
    assert follow_ups_of(following.session, following.cast.ben.id) == {}


def test_one_that_has_not_come_yet_has_no_page(following: Following) -> None:
    following.ask().after(7)
    code = following.session.scalars(select(FollowUp.code).where(FollowUp.day == 35)).one()
    following.page.get(f"/follow-ups/{code}", status=404)


def test_each_answer_is_explained_at_once_and_counts_once(following: Following) -> None:
    address, page = following.ask().after(7), following.page
    forms = following.forms()
    response = page.post(f"{address}/answers/1", forms[1][1])
    assert response.headers["Location"] == f"{address}#answer-1"
    page.get(address)
    assert "Not quite." in page.text("explained")
    assert any(words.startswith("Read again: ") for words in page.links())
    page.post(f"{address}/answers/1", forms[1][0])
    page.get(address)
    assert "Not quite." in page.text("explained"), "the first answer is the one that counts"
    for position in (2, 3):
        page.post(f"{address}/answers/{position}", forms[position][0])
    page.get(address)
    assert "Two of three right. This stands in My CPD" in page.text()
    results = following.results()
    assert (results[0].answered, results[0].right) == (3, 2)


def test_no_reason_no_key_and_no_hash_is_there_before_the_answer(following: Following) -> None:
    address, page = following.ask().after(7), following.page
    text = page.get(address).text
    bodies = following.session.execute(
        select(FollowUpItem.question_hash, QuestionVersion.body).join(
            QuestionVersion, QuestionVersion.hash == FollowUpItem.question_hash
        )
    ).all()
    secrets = {hash_ for hash_, _ in bodies}
    for _, body in bodies:
        question = from_json(body)
        secrets |= {question.teaches}
        secrets |= {row.reason for row in getattr(question, "rows", ())}
        secrets |= {choice.reason for choice in getattr(question, "choices", ())}
    assert len(secrets) > 8
    assert [secret for secret in secrets if secret in text] == []
    assert not re.search(r"correct|secured|data-answer", text)
    first = from_json(next(body for _, body in bodies if from_json(body).type == "classify"))
    position = following.session.scalars(
        select(FollowUpItem.position).where(FollowUpItem.question == first.id)
    ).one()
    page.post(f"{address}/answers/{position}", following.forms()[position][0])
    after = page.get(address).text
    assert first.rows[0].reason in after
    others = (
        {secret for secret in secrets if secret in after}
        - {row.reason for row in first.rows}
        - {first.teaches}
    )
    assert others == set(), "an answer explains its own question alone"


@pytest.mark.parametrize(
    ("form", "said"),
    [({}, "Nothing is chosen yet."), ({"half": "yes"}, "Part of your answer is missing.")],
    ids=["empty", "half"],
)
def test_an_answer_that_is_not_whole_comes_back_as_it_was_sent(
    following: Following, form: dict[str, str], said: str
) -> None:
    address, page = following.ask().after(7), following.page
    position, right = next(
        (position, right)
        for position, (right, _) in following.forms().items()
        if f"answer-{position}-r1" in right
    )
    sent = {f"answer-{position}-r1": right[f"answer-{position}-r1"]} if form else {}
    page.post(f"{address}/answers/{position}", sent, status=422)
    assert said in page.text()
    assert said in page.text("error-summary")
    chosen = [one.get("value") for one in page.elements("option") if "selected" in one.attrib]
    assert [value for value in chosen if value] == (["repair"] if form else [])


def test_a_form_from_before_signing_in_again_loses_nothing(following: Following) -> None:
    address, page = following.ask().after(7), following.page
    position, (right, _) = next(
        (position, forms) for position, forms in following.forms().items() if f"answer-{position}" in forms[0]
    )
    page.post(f"{address}/answers/{position}", {**right, "csrf_token": "old"}, status=400)
    ticked = [one.get("value") for one in page.elements("input") if "checked" in one.attrib]
    assert set(right[f"answer-{position}"]) <= set(ticked)
    assert "You have signed in again" in page.text()
    results = following.results()
    assert results[0].answered == 0


def test_while_a_test_of_the_course_is_open_the_questions_wait(following: Following) -> None:
    address, page = following.ask().after(7), following.page
    files = dict(read_folders(GOOD)["course", COURSE])
    sheet = f"content/{COURSE}/course.yml"
    files[sheet] = files[sheet].replace(b"edition: 1", b"edition: 2")
    with writing(following.session) as session:
        assert publish(session, "course", COURSE, files, by_id=None, now=following.clock.now)
    following.learner.begin(COURSE)
    page.get(address)
    assert "You have a test of this course open." in page.text()
    assert "of 3" not in page.text()
    page.post(f"{address}/answers/1", following.forms()[1][0], status=409)


def test_questions_of_a_follow_up_count_as_seen_in_the_next_test(following: Following) -> None:
    following.ask().after(7)
    from app.assessment.papers import last_seen

    seen = last_seen(following.session, following.cast.amira.id, COURSE)
    asked = set(following.session.scalars(select(FollowUpItem.question)))
    assert asked <= seen.keys()
    assert {seen[question] for question in asked} == {following.clock.now}


@pytest.mark.usefixtures("with_plan")
def test_the_plan_is_asked_after_and_a_new_day_moves_it(following: Following) -> None:
    address, page = following.ask().after(7), following.page
    page.get(address)
    assert "When a call ends, I will read it back, and tell Jo." in page.text()
    assert "For 1 December 2026." in page.text()
    told = {"happened": "not-yet", "line": "The week was full.", "new_on": "2026-12-09"}
    assert page.post(f"{address}/plan", told).headers["Location"] == f"{address}#plan"
    page.get(address)
    assert "For 9 December 2026." in page.text()
    checked = [one.get("value") for one in page.elements("input") if "checked" in one.attrib]
    assert checked == ["not-yet"]
    results = following.results()
    assert (results[0].happened, results[0].line) == ("not-yet", "The week was full.")
    assert results[0].plan == "When a call ends, I will read it back, and tell Jo."
    assert results[0].new_on == date(2026, 12, 9)
    kept = following.session.get_one(BlockResponse, (following.cast.amira.id, COURSE, "my-plan"))
    assert kept.body["on"] == "2026-12-09"
    assert b"DTSTART;VALUE=DATE:20261209" in page.get(page.links()["Put it in your calendar"]).data
    page.post(f"{address}/plan", {"happened": "yes", "line": "", "new_on": ""})
    results = following.results()
    assert (results[0].happened, results[0].line, results[0].new_on) == ("yes", "", None)


@pytest.mark.usefixtures("with_plan")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"happened": ""}, "Choose whether it happened."),
        ({"happened": "perhaps"}, "Choose whether it happened."),
        ({"new_on": "soon"}, "That day cannot be read."),
        ({"new_on": "2026-11-01"}, "That day has gone by."),
        ({"line": "x" * 301}, "Shorten it to 300"),
    ],
)
def test_what_cannot_be_kept_of_a_plan_is_shown_again(
    following: Following, wrong: dict[str, str], said: str
) -> None:
    address, page = following.ask().after(7), following.page
    page.post(f"{address}/plan", {"happened": "no", "line": "Late.", "new_on": "", **wrong}, status=422)
    assert said in page.text("error-summary")
    values = [one.get("value") for one in page.elements("input") if one.get("name") == "line"]
    assert values == [wrong.get("line", "Late.")]


def test_without_a_plan_nothing_is_asked_about_one(following: Following) -> None:
    address, page = following.ask().after(7), following.page
    page.get(address)
    assert "Did it happen?" not in page.text()
    page.post(f"{address}/plan", {"happened": "yes", "line": "", "new_on": ""}, status=404)


def test_how_many_statements_the_page_takes(following: Following) -> None:
    address, page = following.ask().after(7), following.page
    page.get(address)
    assert len(page.statements) <= 8


def test_my_cpd_tells_of_each_follow_up_beside_its_course(following: Following, with_plan: None) -> None:
    address, page = following.ask().after(7), following.page
    page.get("/my-cpd")
    said = page.text()
    assert "After a week: none of three answered so far." in said
    assert "Three short questions come on 28 December 2026." in said
    forms = following.forms()
    for position in (1, 2, 3):
        page.post(f"{address}/answers/{position}", forms[position][0 if position > 1 else 1])
    page.post(f"{address}/plan", {"happened": "partly", "line": "The <week> was full.", "new_on": ""})
    page.get("/my-cpd")
    assert (
        "After a week: two of three right. Your plan: it happened in part. The <week> was full."
        in page.text()
    )
    assert page.links()["After a week: two of three right."] == address
    entry = page.links()["A good course"]
    page.get(entry)
    assert "Some weeks later After a week: two of three right." in page.text()


def test_my_cpd_says_why_one_was_not_sent(following: Following) -> None:
    following.ask().after(30)
    following.page.get("/my-cpd")
    assert "After a week: not sent, since its day had gone by." in following.page.text()
    assert "After a week" not in "".join(following.page.links())


def test_every_reason_has_its_words() -> None:
    assert NOT_SENT.keys() == set(get_args(Skipped))


@pytest.mark.usefixtures("with_plan")
def test_a_plans_form_from_before_signing_in_again_loses_nothing(following: Following) -> None:
    address, page = following.ask().after(7), following.page
    told = {"happened": "partly", "line": "The week was full.", "new_on": "", "csrf_token": "old"}
    page.post(f"{address}/plan", told, status=400)
    assert "You have signed in again" in page.text()
    assert [one.get("value") for one in page.elements("input") if one.get("name") == "line"] == [
        "The week was full."
    ]
    assert [one.get("value") for one in page.elements("input") if "checked" in one.attrib] == ["partly"]
    assert following.results()[0].happened is None


@pytest.mark.usefixtures("with_plan")
@pytest.mark.parametrize("missing", ["line", "new_on"])
def test_a_plans_form_without_one_of_its_fields_says_nothing(following: Following, missing: str) -> None:
    address, page = following.ask().after(7), following.page
    told = {"happened": "partly", "line": "", "new_on": ""}
    page.post(f"{address}/plan", {name: value for name, value in told.items() if name != missing}, status=400)
    assert following.results()[0].happened is None
