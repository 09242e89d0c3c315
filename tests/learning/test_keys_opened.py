"""What seeing a test's answers costs, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.keys_opened import has_opened_keys, keys_are_open, no_certificate, open_keys
from app.learning.tables import KeyOpening, KeyWaiver
from tests.cast import Cast
from tests.conftest import NOON

HERS = {"course": "good-course", "edition": 1}


def see(session: Session, person_id: int, *questions: str, edition: int = 1, minutes: int = 0) -> None:
    with writing(session):
        open_keys(
            session,
            person_id=person_id,
            course="good-course",
            edition=edition,
            questions=questions,
            now=NOON + timedelta(minutes=minutes),
        )


def waive(session: Session, cast: Cast, *, edition: int = 1, minutes: int = 0) -> None:
    with writing(session):
        session.add(
            KeyWaiver(
                person_id=cast.edda.id,
                course="good-course",
                edition=edition,
                reason="She wrote none of it.",
                waived_at=NOON + timedelta(minutes=minutes),
                waived_by_id=cast.ada.id,
            )
        )


@pytest.mark.parametrize(
    ("edition", "asked", "costs"),
    [
        (1, {"a"}, True),
        (1, {"x"}, True),  # the edition that was live, whatever it asks by now
        (2, {"x"}, False),
        (2, {"x", "b"}, True),
    ],
)
def test_it_costs_the_edition_and_any_other_that_asks_what_was_seen(
    session: Session, cast: Cast, edition: int, asked: set[str], costs: bool
) -> None:
    see(session, cast.edda.id, "a", "b")
    told = no_certificate(
        session, person_id=cast.edda.id, course="good-course", edition=edition, questions=asked
    )
    assert told == costs


def test_it_costs_nobody_else_and_no_other_course(session: Session, cast: Cast) -> None:
    see(session, cast.edda.id, "a")
    assert not no_certificate(session, person_id=cast.ada.id, questions={"a"}, **HERS)
    assert not no_certificate(
        session, person_id=cast.edda.id, course="other-course", edition=1, questions={"a"}
    )


def test_seeing_the_same_again_is_noted_once_and_a_new_question_once_more(
    session: Session, cast: Cast
) -> None:
    see(session, cast.edda.id, "a", "b")
    see(session, cast.edda.id, "b", minutes=1)
    see(session, cast.edda.id, "b", "c", minutes=2)
    see(session, cast.edda.id, "a", "c", minutes=3)
    assert session.scalar(select(func.count()).select_from(KeyOpening)) == 2


def test_answers_are_open_once_all_of_them_were_seen(session: Session, cast: Cast) -> None:
    hers = {"person_id": cast.edda.id, **HERS}
    assert not keys_are_open(session, questions=(), **hers)
    assert not has_opened_keys(session, person_id=cast.edda.id, course="good-course")
    see(session, cast.edda.id, "a", "b")
    assert keys_are_open(session, questions={"a", "b"}, **hers)
    assert not keys_are_open(session, questions={"a", "c"}, **hers)
    assert has_opened_keys(session, person_id=cast.edda.id, course="good-course")


def test_a_waiver_lets_go_what_was_opened_before_it_and_nothing_after(session: Session, cast: Cast) -> None:
    hers = {"person_id": cast.edda.id, **HERS}
    see(session, cast.edda.id, "a")
    waive(session, cast, minutes=1)
    assert not no_certificate(session, questions={"a"}, **hers)
    assert not keys_are_open(session, questions={"a"}, **hers), "who looks again is asked again"
    see(session, cast.edda.id, "a", minutes=2)
    assert no_certificate(session, questions={"a"}, **hers)


def test_a_waiver_is_for_one_edition(session: Session, cast: Cast) -> None:
    see(session, cast.edda.id, "a")
    waive(session, cast, edition=1, minutes=1)
    assert no_certificate(session, person_id=cast.edda.id, course="good-course", edition=2, questions={"a"})
