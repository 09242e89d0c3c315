from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.tables import PaperItem, Reading, Round
from app.certification.tables import Certificate
from tests.conftest import TestClock
from tests.page import Page
from tests.web.learner.taking import NAME, TEST, Taking

SHUT = "Open each section above, and then you can answer what is left."


def buttons(page: Page) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.elements("button")]


def test_a_miss_shows_what_is_secured_and_why_the_own_choice_fails(taker: Taking) -> None:
    taker.start().miss("hear", "kinds")
    said = taker.page.text()
    assert said.startswith("1 of 3 secured - Test: A good course")
    assert "You keep what is secured. Two are left" in said
    assert "You chose: Ask for the flat number." in said
    assert "The story is cut short by a question." in said
    assert "Ask who ends up with the call." in said
    (slots,) = [one for one in taker.page.elements("div") if one.get("role") == "img"]
    assert slots.get("aria-label") == "1 of 3 questions secured"
    assert [one.get("class") for one in slots] == [None, "secured", None]


def test_a_miss_holds_nothing_of_the_key(taker: Taking) -> None:
    page = taker.start().miss("hear", "note", "kinds").page
    source = page.client.get(taker.at("rounds", 1)).text
    for secret in (
        "Listen to the end of it.",
        "The part that matters may come last.",
        "You do not know yet what is wrong.",
        "They are what was said.",
        "What the caller saw and heard.",
        "A guess is not what was said.",
        "Somebody comes to mend a thing.",
        "Somebody else takes the call on.",
        "Let the caller tell the whole story",
        "correct",
    ):
        assert secret not in source


def test_an_empty_answer_is_said_to_have_been_left_empty(taker: Taking) -> None:
    taker.start().page.follow(taker.hand_in())
    assert taker.page.text().startswith("0 of 3 secured")
    assert "You keep" not in taker.page.text()
    assert taker.page.text().count("You left this one empty.") == 3


def test_each_miss_opens_its_section_in_one_press_and_returns_in_one(taker: Taking, session: Session) -> None:
    taker.start().miss("hear", "kinds")
    assert {"Read: Hear it all", "Read: Agree a day"} <= set(buttons(taker.page))
    response = taker.page.post(taker.at("readings", "kinds"))
    address = f"/courses/good-course/next-steps?back={taker.code}#agree-a-day"
    assert response.headers["Location"] == address
    taker.page.follow(response)
    assert "agree-a-day" in {one.get("id") for one in taker.page.elements("h2")}
    assert taker.page.links()["Back to your result"] == taker.at()
    assert taker.page.get(taker.at(), status=303).headers["Location"] == taker.at("rounds", 1)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Reading)) == 1


def test_the_next_round_opens_when_every_section_was_opened(taker: Taking) -> None:
    taker.start().miss("hear", "kinds")
    assert SHUT in taker.page.text()
    taker.page.post(taker.at("rounds"), {"after": "1"}, status=403)
    taker.read("hear")
    taker.page.get(taker.at("rounds", 1))
    assert SHUT in taker.page.text()
    assert "1 minute, opened" in taker.page.text()
    taker.read("kinds")
    taker.page.get(taker.at("rounds", 1))
    assert "Answer the two that are left" in buttons(taker.page)
    taker.page.follow(taker.go_on("hear", "kinds"))


def test_the_next_round_asks_what_is_left_with_other_questions(taker: Taking, session: Session) -> None:
    taker.start().miss("hear")
    taker.read("hear")
    assert taker.go_on("hear").headers["Location"] == taker.at("questions", 1)
    taker.page.get(taker.at("questions", 1))
    assert "Question 1 of 1" in taker.page.text()
    taker.page.get(taker.at("questions", 2), status=404)
    session.rollback()
    asked = session.scalars(select(PaperItem.question).where(PaperItem.slot == "hear")).all()
    assert len(set(asked)) == 2


def test_asking_for_the_next_round_twice_opens_one(taker: Taking, session: Session) -> None:
    taker.start().miss("hear")
    taker.read("hear")
    for _ in range(3):
        taker.page.post(taker.at("rounds"), {"after": "1"})
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Round)) == 2


def test_an_earlier_result_stays_and_leads_on(taker: Taking) -> None:
    taker.start().miss("hear")
    taker.read("hear")
    taker.go_on("hear")
    taker.page.get(taker.at("rounds", 1))
    assert taker.page.text().startswith("2 of 3 secured")
    assert taker.page.links()["Go on with your test"] == taker.at()


def test_the_pass_explains_every_answer_and_leads_to_the_certificate(taker: Taking, session: Session) -> None:
    taker.start().miss("hear")
    taker.read("hear")
    taker.go_on("hear")
    taker.miss()
    said = taker.page.text()
    assert said.startswith("All three secured")
    assert f"made out to {NAME}" in said
    for reason in (
        "The part that matters may come last.",
        "You do not know yet what is wrong.",
        "A joke to cheer up the team.",
        "Somebody else takes the call on.",
    ):
        assert reason in said
    assert "Ask for the flat number. Your choice." in said
    session.rollback()
    code = session.scalar(select(Certificate.code))
    assert taker.page.links()["See your certificate"] == f"/certificates/{code}"
    assert len(taker.page.statements) <= 5
    taker.page.get(f"/certificates/{code}")


def test_the_third_miss_ends_the_test_in_calm_words(taker: Taking, clock: TestClock) -> None:
    taker.start().miss("hear", "note", "kinds")
    for _ in range(2):
        taker.read("hear", "note", "kinds")
        taker.go_on("hear", "note", "kinds")
        taker.miss("hear", "note", "kinds")
    assert (
        "This test has ended. A new one, with different questions, opens on 24 November 2026."
        in taker.page.text()
    )
    assert "Read: Hear it all" in buttons(taker.page)
    taker.read("hear", "note", "kinds")
    taker.page.post(taker.at("rounds"), {"after": "3"}, status=409)
    clock.move(timedelta(hours=12))
    taker.page.get(taker.at("rounds", 3))
    assert taker.page.links()["Start a new test"] == TEST


@pytest.mark.parametrize("number", ["0", "2", "99", "100", "9" * 30, "one"])
def test_there_is_no_result_of_a_round_that_is_not_there(taker: Taking, number: str) -> None:
    taker.start().miss("hear")
    taker.page.get(taker.at("rounds", number), status=404)


def test_an_open_round_has_no_result_yet(taker: Taking) -> None:
    taker.start()
    assert taker.page.get(taker.at("rounds", 1), status=303).headers["Location"] == taker.at()


@pytest.mark.parametrize("slot", ["note", "nowhere", "x" * 5000, "%00", "%ff"])
def test_reading_needs_a_miss(taker: Taking, session: Session, slot: str) -> None:
    taker.start().miss("hear")
    taker.page.post(taker.at("readings", slot), status=404)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Reading)) == 0


@pytest.mark.parametrize("form", [{}, {"after": "x"}, {"after": ["1", "1"]}, {"after": "9" * 5000}])
def test_the_next_round_needs_its_own_number(taker: Taking, form: dict[str, str | list[str]]) -> None:
    taker.start().miss("hear")
    taker.read("hear")
    taker.page.post(taker.at("rounds"), form, status=400)


def test_no_token_no_change(taker: Taking, session: Session) -> None:
    taker.start().miss("hear")
    for rest, form in ((("readings", "hear"), {}), (("rounds",), {"after": "1"})):
        response = taker.page.post(taker.at(*rest), {**form, "csrf_token": "old"})
        assert response.headers["Location"] == taker.at()
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Reading)) == 0


def test_a_result_costs_five_statements_at_most(taker: Taking) -> None:
    taker.start().miss("hear", "note", "kinds")
    assert len(taker.page.statements) <= 5
