from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.assessment.guessing import blind_pass_rate
from app.assessment.model import Quiz
from app.assessment.policy import (
    Policy,
    PolicyError,
    pass_rule,
    read_policy,
    reopens_at,
    sentences,
    to_stored,
)
from tests.assessment.samples import several, single, slot, sorting

ROUNDS = Policy()
SITTING = Policy(kind="one-sitting", rounds=1)
EIGHTY = Policy(kind="percentage", rounds=1, percent=80)


@pytest.mark.parametrize(
    ("policy", "secured", "slots", "passed"),
    [
        (ROUNDS, 10, 10, True),
        (ROUNDS, 9, 10, False),
        (ROUNDS, 0, 0, False),
        (SITTING, 10, 10, True),
        (SITTING, 9, 10, False),
        (EIGHTY, 8, 10, True),
        (EIGHTY, 7, 10, False),
        (EIGHTY, 2, 3, False),
        (EIGHTY, 3, 3, True),
        (EIGHTY, 0, 0, False),
    ],
)
def test_a_policy_says_who_passes(policy, secured, slots, passed):
    assert policy.passes(secured, slots) is passed


def test_a_policy_says_which_round_is_the_last():
    assert [ROUNDS.is_last(number) for number in (1, 2, 3, 4)] == [False, False, True, True]
    assert SITTING.is_last(1)
    assert EIGHTY.is_last(1)


@pytest.mark.parametrize(
    ("written", "policy"),
    [
        ({"kind": "rounds", "rounds": 3}, ROUNDS),
        ({"kind": "rounds"}, ROUNDS),
        ({"kind": "one-sitting"}, SITTING),
        ({"kind": "percentage", "percent": 80}, EIGHTY),
    ],
)
def test_a_written_policy_is_read_and_survives_storage(written, policy):
    assert read_policy(written) == policy
    assert read_policy(to_stored(policy)) == policy


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({}, "kind must be one of: rounds, one-sitting, percentage."),
        ({"kind": "marks"}, "kind must be one of: rounds, one-sitting, percentage."),
        ({"kind": "rounds", "rounds": 0}, "rounds must be a whole number from 1 to 9."),
        ({"kind": "rounds", "rounds": True}, "rounds must be a whole number from 1 to 9."),
        ({"kind": "rounds", "rounds": "3"}, "rounds must be a whole number from 1 to 9."),
        ({"kind": "percentage"}, "percent must be a whole number from 1 to 100."),
        ({"kind": "percentage", "percent": 101}, "percent must be a whole number from 1 to 100."),
    ],
)
def test_a_policy_that_cannot_be_used_says_why(written, sentence):
    with pytest.raises(PolicyError, match=sentence):
        read_policy(written)


@pytest.mark.parametrize(
    ("closed", "reopens"),
    [
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), datetime(2026, 7, 1, 23, tzinfo=UTC)),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), datetime(2026, 7, 2, 23, tzinfo=UTC)),
        (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), datetime(2026, 12, 2, tzinfo=UTC)),
        (
            datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
            datetime(2026, 10, 26, tzinfo=UTC),
        ),  # the clocks go back
    ],
)
def test_a_new_attempt_opens_at_local_midnight(closed, reopens):
    assert reopens_at(closed, ZoneInfo("Europe/London")) == reopens


def test_the_sentences_say_the_policy_that_is_applied():
    assert sentences(ROUNDS, 3)[0].startswith("There are three rounds.")
    assert "You pass when all three are secured." in sentences(ROUNDS, 3)
    assert "If any are left after the third round, a new test opens the next day." in sentences(ROUNDS, 3)
    assert "after the last round" in " ".join(sentences(Policy(rounds=5), 3))
    assert "all ten questions correctly in one sitting" in sentences(SITTING, 10)[0]
    assert sentences(Policy(rounds=1), 10) == sentences(SITTING, 10)
    assert sentences(EIGHTY, 3)[0].endswith("at least 80% of the questions correctly: three of three.")
    assert pass_rule(ROUNDS) == pass_rule(SITTING) == "every question answered correctly"
    assert pass_rule(EIGHTY) == "at least 80% of the questions answered correctly"


def quiz(*slots):
    return Quiz(title="Test", slots=slots, places={})


@pytest.mark.parametrize(
    ("slots", "policy", "rate"),
    [
        ((slot("a", single()),), SITTING, 1 / 3),
        ((slot("a", single()),), ROUNDS, 1 - (2 / 3) ** 3),
        ((slot("a", several()),), SITTING, 1 / 6),
        ((slot("a", sorting()),), SITTING, 1 / 9),
        ((slot("a", sorting(), single()),), SITTING, 1 / 3),
        ((slot("a", single()), slot("b", single())), ROUNDS, (1 - (2 / 3) ** 3) ** 2),
        (
            tuple(slot(name, single()) for name in "abc"),
            Policy(kind="percentage", rounds=1, percent=60),
            7 / 27,
        ),
    ],
)
def test_the_blind_guesser_passes_as_often_as_the_formula_says(slots, policy, rate):
    assert blind_pass_rate(quiz(*slots), policy) == pytest.approx(rate)
