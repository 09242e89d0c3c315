from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.learning.enrolment import under_way
from app.learning.reflections import (
    MOST_CHARACTERS,
    SavedReflection,
    TooLong,
    my_reflections,
    readable,
    save_reflection,
)
from app.learning.responses import SavedResponse, my_responses, save_block_response
from app.learning.tables import BlockResponse, Reflection
from tests.cast import Cast

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
BLOCKS = ("cleaning-rota", "your-project")


def respond(session: Session, person_id: int, body: dict[str, object], now: datetime = NOON) -> None:
    save_block_response(
        session,
        person_id=person_id,
        course="co-production",
        lesson="what-it-is",
        block="cleaning-rota",
        kind="single-choice",
        body=body,
        now=now,
    )


def reflect(session: Session, person_id: int, typed: str, now: datetime = NOON) -> None:
    save_reflection(
        session,
        person_id=person_id,
        course="co-production",
        lesson="what-it-is",
        block="your-project",
        typed=typed,
        now=now,
    )


def test_the_latest_answer_wins(session: Session, cast: Cast) -> None:
    respond(session, cast.amira.id, {"choices": ["a"]})
    respond(session, cast.amira.id, {"choices": ["b"]}, LATER)
    kept = my_responses(session, cast.amira.id, "co-production", BLOCKS)
    assert kept == {
        "cleaning-rota": SavedResponse(kind="single-choice", body={"choices": ["b"]}, saved_at=LATER)
    }
    assert session.scalar(select(func.count()).select_from(BlockResponse)) == 1


def test_the_first_answer_enrols(session: Session, cast: Cast) -> None:
    respond(session, cast.amira.id, {"choices": ["a"]})
    assert [begun.place for begun in under_way(session, cast.amira.id)] == ["what-it-is"]


def test_the_latest_reflection_wins(session: Session, cast: Cast) -> None:
    reflect(session, cast.amira.id, "A first thought.")
    reflect(session, cast.amira.id, "A second thought.", LATER)
    kept = my_reflections(session, cast.amira.id, "co-production", BLOCKS)
    assert kept == {"your-project": SavedReflection(body="A second thought.", saved_at=LATER)}


def test_ben_sees_neither_the_answers_nor_the_reflections_of_amira(session: Session, cast: Cast) -> None:
    respond(session, cast.amira.id, {"choices": ["a"]})
    reflect(session, cast.amira.id, "Mine alone.")
    assert my_responses(session, cast.ben.id, "co-production", BLOCKS) == {}
    assert my_reflections(session, cast.ben.id, "co-production", BLOCKS) == {}


def test_an_emptied_reflection_is_deleted(session: Session, cast: Cast) -> None:
    reflect(session, cast.amira.id, "Mine alone.")
    reflect(session, cast.amira.id, " \r\n ")
    assert session.scalar(select(func.count()).select_from(Reflection)) == 0


def test_emptying_deletes_nobody_elses(session: Session, cast: Cast) -> None:
    reflect(session, cast.amira.id, "Mine alone.")
    reflect(session, cast.ben.id, "")
    assert (
        my_reflections(session, cast.amira.id, "co-production", BLOCKS)["your-project"].body == "Mine alone."
    )


def test_a_text_at_the_limit_is_kept_whole(session: Session, cast: Cast) -> None:
    reflect(session, cast.amira.id, "é" * MOST_CHARACTERS)
    assert (
        len(my_reflections(session, cast.amira.id, "co-production", BLOCKS)["your-project"].body)
        == MOST_CHARACTERS
    )


def test_a_text_over_the_limit_is_refused_with_both_figures_and_the_old_one_stands(
    session: Session, cast: Cast
) -> None:
    reflect(session, cast.amira.id, "Short.")
    with pytest.raises(TooLong, match=r"4,001 characters long\. Shorten it to 4,000"):
        reflect(session, cast.amira.id, "a" * (MOST_CHARACTERS + 1))
    assert my_reflections(session, cast.amira.id, "co-production", BLOCKS)["your-project"].body == "Short."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("  around  ", "around"),
        ("a\x00b\x07c\x85d", "abcd"),
        ("a\tb", "a\tb"),
        ("\U0001f3e0 Cymraeg ŵ", "\U0001f3e0 Cymraeg ŵ"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_what_is_typed_is_kept_bar_characters_no_keyboard_has(typed: str, kept: str) -> None:
    assert readable(typed) == kept


def test_a_line_end_counts_as_one_character(session: Session, cast: Cast) -> None:
    reflect(session, cast.amira.id, "\r\n".join("a" * 2000))
    assert session.scalar(select(func.length(Reflection.body))) == 3999
