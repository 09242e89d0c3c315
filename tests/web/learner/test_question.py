from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.tables import Response
from tests.cast import Cast
from tests.conftest import TestClock
from tests.page import Page
from tests.web.learner.taking import RIGHT, TEST, Taking


def saved(session: Session) -> list[dict[str, object]]:
    session.rollback()
    return [each.body for each in session.scalars(select(Response).order_by(Response.item_id))]


def ticked(page: Page) -> list[str]:
    return [str(one.get("value")) for one in page.elements("input") if one.get("checked") is not None]


def selected(page: Page) -> list[str]:
    return [str(one.get("value")) for one in page.elements("option") if one.get("selected") is not None]


def test_a_question_is_a_fieldset_whose_legend_is_the_heading(taker: Taking) -> None:
    page = taker.start().page
    page.get(taker.at("questions", 1))
    (fieldset,) = page.elements("fieldset")
    heading = fieldset.find("legend/h1")
    assert heading is not None
    assert (heading.text or "").startswith("A caller begins with")
    assert page.text().startswith("Question 1 of 3 - Test: A good course")
    assert ticked(page) == []
    buttons = [" ".join((one.text or "").split()) for one in page.elements("button")]
    assert "Save and continue" in buttons
    assert page.links()["Back"] == TEST


def test_each_type_says_what_to_do(taker: Taking) -> None:
    taker.start()
    for position, words in enumerate(("Choose one.", "Choose two.", "Choose one for each."), 1):
        taker.page.get(taker.at("questions", position))
        assert words in taker.page.text()
    assert selected(taker.page) == []


def test_an_answer_is_saved_at_once_and_its_time_is_shown(
    taker: Taking, session: Session, clock: TestClock
) -> None:
    taker.start()
    clock.move(timedelta(hours=2, minutes=2))
    response = taker.save(1, RIGHT["hear"])
    assert saved(session) == [{"chosen": ["a"]}]
    assert response.headers["Location"] == taker.at("questions", 2)
    taker.page.follow(response)
    assert taker.page.text("where") == "Saved 14:02"
    clock.move(timedelta(days=3))
    taker.page.get(taker.at("questions", 2))
    assert taker.page.text("where") == "Saved on 23 November 2026 at 14:02"


def test_the_last_question_leads_to_the_answers(taker: Taking) -> None:
    taker.start()
    assert taker.save(3, RIGHT["kinds"]).headers["Location"] == taker.at("answers")


def test_going_back_shows_what_was_saved(taker: Taking) -> None:
    taker.start().answer()
    taker.page.get(taker.at("questions", 2))
    assert sorted(ticked(taker.page)) == ["a", "b"]
    assert taker.page.links()["Back"] == taker.at("questions", 1)
    taker.page.get(taker.at("questions", 3))
    assert sorted(selected(taker.page)) == ["referral", "repair", "reply"]


def test_leaving_saves_first_and_coming_back_begins_at_what_is_left(taker: Taking, session: Session) -> None:
    taker.start()
    taker.save(1, RIGHT["hear"])
    response = taker.save(2, {"answer": ["a"], "then": "leave"})
    assert response.headers["Location"] == TEST
    assert saved(session)[1] == {"chosen": ["a"]}
    assert taker.page.get(taker.at(), status=303).headers["Location"] == taker.at("questions", 2)
    taker.save(2, RIGHT["note"])
    assert taker.page.get(taker.at(), status=303).headers["Location"] == taker.at("questions", 3)
    taker.save(3, RIGHT["kinds"])
    assert taker.page.get(taker.at(), status=303).headers["Location"] == taker.at("answers")


def test_a_question_can_be_left_for_later(taker: Taking, session: Session) -> None:
    taker.start()
    assert taker.save(1, {}).headers["Location"] == taker.at("questions", 2)
    assert saved(session) == []


def test_too_many_ticks_are_kept_and_said(taker: Taking, session: Session) -> None:
    taker.start()
    taker.save(2, {"answer": ["a", "b", "c"]}, status=422)
    assert sorted(ticked(taker.page)) == ["a", "b", "c"]
    assert taker.page.text().count("Choose two. You have chosen three, so take some away.") == 2
    assert taker.page.text().startswith("Error: ")
    ids = {one.get("id") for one in taker.page.elements("input")}
    assert any(
        href.removeprefix("#") in ids for words, href in taker.page.links().items() if "take some" in words
    )
    assert saved(session) == []


def test_a_stale_form_is_refused_with_both_answers(taker: Taking, session: Session) -> None:
    taker.start()
    old = taker.form(1, {"answer": "b"})
    taker.save(1, {"answer": "c"})
    taker.page.post(taker.at("questions", 1), old, status=409)
    said = taker.page.text()
    assert "Saved in the other window Book a visit straight away." in said
    assert "Chosen here, not saved yet Ask for the flat number." in said
    assert ticked(taker.page) == ["b"]
    assert saved(session) == [{"chosen": ["c"]}]
    again = {"round": taker.hidden("round"), "step": taker.hidden("step"), "answer": "b"}
    assert taker.page.links()["Keep the saved answer"] == taker.at("questions", 1)
    taker.page.post(taker.at("questions", 1), again)
    assert saved(session) == [{"chosen": ["b"]}]


def test_the_same_form_sent_twice_is_one_save(taker: Taking, session: Session) -> None:
    taker.start()
    form = taker.form(1, RIGHT["hear"])
    for _ in range(2):
        taker.page.post(taker.at("questions", 1), form)
    session.rollback()
    assert session.scalars(select(Response.step)).all() == [1]


def test_an_old_window_cannot_change_what_was_handed_in(taker: Taking, session: Session) -> None:
    taker.start()
    old = taker.form(1, {"answer": "b"})
    taker.answer().hand_in()
    taker.page.post(taker.at("questions", 1), old, status=409)
    assert "This round is handed in" in taker.page.text()
    assert saved(session)[0] == {"chosen": ["a"]}


def test_an_old_window_of_the_first_round_cannot_answer_the_second(taker: Taking, session: Session) -> None:
    taker.start()
    old = taker.form(1, {"answer": "b"})
    taker.miss("hear")
    taker.read("hear")
    taker.go_on("hear")
    before = saved(session)
    taker.page.post(taker.at("questions", 1), old, status=409)
    assert saved(session) == before


HOSTILE: list[dict[str, str | list[str]]] = [
    {"answer": "e"},
    {"answer": "A"},
    {"answer": "a\0"},
    {"answer": ["a", "b"]},
    {"answer": ["a", "a"]},
    {"answer": "9" * 100_000},
    {"answer": "\ufffe"},
    {"answer[]": "a", "answer-r1": "repair"},
    {"answer-a": "a"},
    {"answer": "a", "answer-": "a"},
    {"answer": "<script>alert(1)</script>"},
]


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
def test_what_the_page_could_not_have_sent_is_refused_and_nothing_is_saved(
    taker: Taking, session: Session, answer: dict[str, str | list[str]]
) -> None:
    taker.start()
    taker.save(1, answer, status=400)
    assert "script" not in taker.page.text()
    assert saved(session) == []


@pytest.mark.parametrize("name", ["round", "step"])
@pytest.mark.parametrize(
    "value", [None, "", "-1", "1.0", "NaN", "1e3", "٣", "9" * 7, "9" * 5000, ["0", "0"], "0\0"]
)
def test_a_form_without_its_own_numbers_is_refused(
    taker: Taking, session: Session, name: str, value: str | list[str] | None
) -> None:
    taker.start()
    form = taker.form(1, RIGHT["hear"])
    form.pop(name)
    if value is not None:
        form[name] = value
    taker.page.post(taker.at("questions", 1), form, status=400)
    assert saved(session) == []


def test_a_form_too_large_is_refused(taker: Taking, session: Session) -> None:
    taker.start()
    taker.save(1, {"answer": "a", "more": "x" * 10_000_000}, status=413)
    assert saved(session) == []


@pytest.mark.parametrize("rest", ["0", "4", "999", "1000", "1" * 30, "-1", "one"])
def test_there_is_no_question_beyond_the_paper(taker: Taking, rest: str) -> None:
    taker.start()
    taker.page.get(taker.at("questions", rest), status=404)


@pytest.mark.parametrize("code", ["x", "0" * 26, "0" * 25, "0" * 5000, "%00", "I" * 26])
def test_a_code_that_is_nobodys_looks_like_none(taker: Taking, code: str) -> None:
    taker.page.get(f"/attempts/{code}", status=404)
    taker.page.get(f"/attempts/{code}/questions/1", status=404)


def test_ben_finds_nothing_of_amiras_test(taker: Taking, app: Flask, cast: Cast, session: Session) -> None:
    taker.start()
    form = taker.form(1, RIGHT["hear"])
    ben = Page(app).sign_in(cast.ben)
    for rest in ((), ("questions", 1), ("answers",), ("rounds", 1)):
        ben.get(taker.at(*rest), status=404)
    ben.post(taker.at("questions", 1), form, status=404)
    ben.post(taker.at("submission"), {"round": "1", "saves": "0"}, status=404)
    ben.post(taker.at("rounds"), {"after": "1"}, status=404)
    ben.post(taker.at("readings", "hear"), status=404)
    assert saved(session) == []


def test_a_guest_is_asked_to_sign_in_and_changes_nothing(taker: Taking, app: Flask, session: Session) -> None:
    taker.start()
    form = taker.form(1, RIGHT["hear"])
    guest = Page(app)
    for rest in ((), ("questions", 1), ("answers",), ("rounds", 1), ("submission",)):
        address = taker.at(*rest)
        assert guest.get(address, status=303).headers["Location"] == f"/sign-in?next={address}"
    for rest, sent in (
        (("questions", 1), form),
        (("submission",), {"round": "1", "saves": "0"}),
        (("rounds",), {"after": "1"}),
        (("readings", "hear"), {}),
    ):
        assert guest.post(taker.at(*rest), sent).headers["Location"].startswith("/sign-in")
    assert saved(session) == []


def test_a_refused_token_gives_the_answer_back_to_be_sent_again(taker: Taking, session: Session) -> None:
    taker.start()
    taker.save(2, {"answer": ["c", "d"], "csrf_token": "old"}, status=400)
    assert sorted(ticked(taker.page)) == ["c", "d"]
    assert "press the button again" in taker.page.text()
    taker.save(3, {"answer-r1": "reply", "answer-r2": "zzz", "csrf_token": "old"}, status=400)
    assert selected(taker.page) == ["reply"]
    assert saved(session) == []


def test_a_question_costs_five_statements_and_a_save_six(taker: Taking, session: Session) -> None:
    taker.start().miss("hear", "kinds")
    taker.read("hear", "kinds")
    taker.go_on("hear", "kinds")
    form = taker.form(1, RIGHT["hear"])
    assert len(taker.page.statements) <= 5
    taker.page.post(taker.at("questions", 1), form)
    assert len(taker.page.statements) <= 6
    taker.page.post(taker.at("questions", 1), taker.form(1, {"answer": "b"}))
    assert len(taker.page.statements) <= 6
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Response)) == 4


def test_an_answer_waits_for_longer_than_a_month(
    app: Flask, taker: Taking, cast: Cast, clock: TestClock
) -> None:
    taker.start().save(1, RIGHT["hear"])
    clock.move(timedelta(days=40))
    back = Page(app).sign_in(cast.amira)  # the session of that day has ended; the answer has not
    back.get(taker.at("questions", 1))
    assert ticked(back) == ["a"]
    back.follow(back.post(taker.at("questions", 1), {**_form_of(back), "answer": "b"}))
    back.get(taker.at("questions", 1))
    assert ticked(back) == ["b"]


def _form_of(page: Page) -> dict[str, str]:
    hidden = (one for one in page.elements("input") if one.get("type") == "hidden")
    wanted = ((one.get("name", ""), one.get("value", "")) for one in hidden)
    return {name: value for name, value in wanted if name not in {"csrf_token", "return"}}
