import pytest
import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt, Grade, QuestionVersion, Round
from app.certification.tables import Certificate
from app.kernel.db import Base, writing
from app.learning.tables import Completion
from app.mail.tables import Letter
from tests.page import Page
from tests.web.learner.taking import RIGHT, Taking


def count(session: Session, table: type[Base]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def awarded(session: Session) -> tuple[int, int, int, int]:
    return (
        count(session, Grade),
        count(session, Completion),
        count(session, Certificate),
        count(session, Letter),
    )


def test_every_answer_stands_there_with_a_way_to_change_it(taker: Taking) -> None:
    taker.start().answer()
    taker.page.get(taker.at("answers"))
    said = taker.page.text()
    assert "Listen to the end of it." in said
    assert "The words that the caller used. What the caller saw and heard." in said
    assert "A repair" in said
    assert "Not answered yet" not in said
    for position in (1, 2, 3):
        address = taker.at("questions", position) + "?from=answers"
        assert taker.page.links()[f"Change question {position}"] == address


def test_changing_an_answer_comes_straight_back(taker: Taking) -> None:
    taker.start().answer()
    taker.page.get(taker.at("questions", 1) + "?from=answers")
    assert taker.page.links()["Back"] == taker.at("answers")
    form = {"round": taker.hidden("round"), "step": taker.hidden("step"), "answer": "c"}
    action = next(one.get("action") for one in taker.page.elements("form") if one.get("class") == "question")
    response = taker.page.post(str(action), form)
    assert response.headers["Location"] == taker.at("answers")
    taker.page.follow(response)
    assert "Book a visit straight away." in taker.page.text()


def test_what_is_left_is_named(taker: Taking) -> None:
    taker.start()
    taker.save(1, RIGHT["hear"])
    taker.save(3, {"answer-r1": "repair"})
    taker.page.get(taker.at("answers"))
    said = taker.page.text()
    assert "Questions 2 and 3 are not fully answered yet. You can hand in all the same" in said
    assert "Not answered yet." in said
    assert "Only part of this is answered." in said
    taker.save(2, RIGHT["note"])
    taker.page.get(taker.at("answers"))
    assert "Question 3 is not fully answered yet." in taker.page.text()


def test_a_pass_brings_one_certificate_and_one_letter(taker: Taking, session: Session) -> None:
    response = taker.start().answer().hand_in()
    assert response.headers["Location"] == taker.at("rounds", 1)
    assert awarded(session) == (3, 1, 1, 1)


def test_handing_in_again_has_no_second_effect(taker: Taking, session: Session) -> None:
    taker.start().answer()
    taker.page.get(taker.at("answers"))
    form = {"round": taker.hidden("round"), "saves": taker.hidden("saves")}
    places = {taker.page.post(taker.at("submission"), form).headers["Location"] for _ in range(3)}
    assert places == {taker.at("rounds", 1)}
    assert awarded(session) == (3, 1, 1, 1)


def test_a_replay_of_the_first_hand_in_does_not_hand_in_the_second_round(
    taker: Taking, session: Session
) -> None:
    taker.start().answer("hear")
    taker.page.get(taker.at("answers"))
    old = {"round": taker.hidden("round"), "saves": taker.hidden("saves")}
    taker.page.post(taker.at("submission"), old)
    taker.read("hear")
    taker.go_on("hear")
    taker.answer()
    assert taker.page.post(taker.at("submission"), old).headers["Location"] == taker.at("rounds", 1)
    assert awarded(session) == (3, 0, 0, 0)
    session.rollback()
    assert session.scalar(select(Attempt.closed_at)) is None


def test_an_answer_changed_in_another_window_is_shown_before_it_is_handed_in(
    taker: Taking, session: Session
) -> None:
    taker.start().answer()
    taker.page.get(taker.at("answers"))
    old = {"round": taker.hidden("round"), "saves": taker.hidden("saves")}
    taker.save(1, {"answer": "c"})
    taker.page.post(taker.at("submission"), old, status=409)
    assert "An answer was saved after you opened this page." in taker.page.text()
    assert "Book a visit straight away." in taker.page.text()
    assert awarded(session) == (0, 0, 0, 0)
    taker.page.post(taker.at("submission"), {"round": "1", "saves": taker.hidden("saves")})
    assert awarded(session) == (3, 0, 0, 0)


def test_the_back_button_after_the_hand_in_leads_to_the_result(taker: Taking) -> None:
    taker.start().answer("hear").hand_in()
    for rest in (("answers",), ("questions", 1), ("submission",), ("rounds",), ("readings", "hear")):
        taker.page.get(taker.at(*rest), status=303)
    assert taker.page.get(taker.at(), status=303).headers["Location"] == taker.at("rounds", 1)


@pytest.mark.parametrize("name", ["round", "saves"])
@pytest.mark.parametrize("value", [None, "", "one", "-1", ["1", "1"], "9" * 5000])
def test_a_hand_in_without_its_own_numbers_is_refused(
    taker: Taking, session: Session, name: str, value: str | list[str] | None
) -> None:
    taker.start().answer()
    form: dict[str, str | list[str]] = {"round": "1", "saves": "3"}
    form.pop(name)
    if value is not None:
        form[name] = value
    taker.page.post(taker.at("submission"), form, status=400)
    assert awarded(session) == (0, 0, 0, 0)


@pytest.mark.parametrize("number", ["0", "2", "99"])
def test_a_round_that_is_not_there_cannot_be_handed_in(taker: Taking, session: Session, number: str) -> None:
    taker.start().answer()
    taker.page.post(taker.at("submission"), {"round": number, "saves": "3"}, status=404)
    assert awarded(session) == (0, 0, 0, 0)


def test_a_hand_in_without_a_token_changes_nothing_and_shows_the_answers_again(
    taker: Taking, session: Session
) -> None:
    taker.start().answer()
    taker.page.post(taker.at("submission"), {"round": "1", "saves": "3", "csrf_token": ""}, status=400)
    assert "press the button again" in taker.page.text()
    assert awarded(session) == (0, 0, 0, 0)


def test_what_cannot_be_graded_is_said_to_be_our_fault_and_nothing_is_marked(
    taker: Taking, session: Session
) -> None:
    taker.start().answer()
    taker.page.get(taker.at("answers"))
    form = {"round": taker.hidden("round"), "saves": taker.hidden("saves")}
    with writing(session):
        bodies = session.scalars(select(QuestionVersion)).all()
        for each in bodies:
            wrong = each.body.replace('"id":"a"', '"id":"z"').replace('"id":"r1"', '"id":"r9"')
            session.execute(
                update(QuestionVersion).where(QuestionVersion.hash == each.hash).values(body=wrong)
            )
    with structlog.testing.capture_logs() as logged:
        taker.page.post(taker.at("submission"), form, status=409)
    assert (
        "That is our fault, not yours. Your answers are kept, and nothing has been marked."
        in taker.page.text()
    )
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["cannot be graded"]
    assert awarded(session) == (0, 0, 0, 0)
    session.rollback()
    assert session.scalar(select(Round.handed_in_at)) is None


def test_checking_the_answers_costs_five_statements_at_most(taker: Taking, page: Page) -> None:
    taker.start().answer()
    page.get(taker.at("answers"))
    assert len(page.statements) <= 5
