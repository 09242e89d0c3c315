"""Which three questions come back after a pass: a rule for any test and any past."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessment.weakest import ASKED, draw_weakest
from tests.assessment.samples import single, slot

START = datetime(2026, 10, 1, 9, tzinfo=UTC)
SLOTS = tuple(
    slot(name, *(single(f"{name}-{letter}") for letter in "abc")) for name in ("one", "two", "six", "ten")
)
names = st.sampled_from(["one", "two", "six", "ten"])


@st.composite
def pasts(draw):
    """A test of some slots, and what somebody missed, was asked and saw of it, longest ago first."""
    sizes = draw(st.dictionaries(names, st.integers(1, 4), min_size=1))
    slots = tuple(slot(name, *(single(f"{name}-{n}") for n in range(size))) for name, size in sizes.items())
    ids = [question.id for each in slots for question in each.questions]
    seen = draw(st.lists(st.sampled_from(ids), unique=True))
    return slots, draw(st.dictionaries(names, st.integers(0, 5))), draw(st.sets(names)), seen


def drawn(slots=SLOTS, misses=None, asked=(), seen=(), seed="seed"):
    last_seen = {question: START + timedelta(hours=hour) for hour, question in enumerate(seen)}
    return draw_weakest(slots, misses=misses or {}, asked=asked, last_seen=last_seen, seed=seed)


def ids(lines):
    return [line.question.id for line in lines]


@settings(max_examples=300, deadline=None)
@given(pasts(), st.text(max_size=8))
def test_three_different_questions_come_and_none_that_was_seen_before_all_others_were(past, seed):
    slots, misses, asked, seen = past
    lines = drawn(slots, misses, asked, seen, seed)
    everything = {question.id for each in slots for question in each.questions}
    unseen = everything - set(seen)
    assert len(set(ids(lines))) == len(lines) == min(ASKED, len(everything))
    assert sum(one in unseen for one in ids(lines)) == min(ASKED, len(unseen))
    again = [one for one in ids(lines) if one in seen]
    assert again == seen[: len(again)], "what is asked again was seen longest ago"
    assert lines == drawn(slots, misses, asked, seen, seed)
    for line in lines:
        assert line.question in line.slot.questions
        assert sorted(line.order) == sorted(choice.id for choice in line.question.choices)


@settings(max_examples=300, deadline=None)
@given(pasts(), st.text(max_size=8))
def test_of_what_is_new_the_weakest_slots_come_first_and_each_once_before_any_twice(past, seed):
    slots, misses, asked, seen = past
    lines = [line for line in drawn(slots, misses, asked, seen, seed) if line.question.id not in seen]
    left = [each for each in slots if any(one.id not in seen for one in each.questions)]
    first = [line.slot.id for line in lines][: len(left)]
    assert len(set(first)) == len(first)
    weakness = [(-misses.get(name, 0), name in asked) for name in first]
    assert weakness == sorted((-misses.get(each.id, 0), each.id in asked) for each in left)[: len(first)]


def test_a_slot_missed_in_most_rounds_leads():
    lines = drawn(misses={"six": 2, "ten": 1})
    assert [line.slot.id for line in lines][:2] == ["six", "ten"]


def test_what_a_follow_up_asked_comes_after_what_it_did_not():
    for number in range(30):
        lines = drawn(asked={"one", "two", "ten"}, seed=f"{number}")
        assert lines[0].slot.id == "six"


def test_a_weak_slot_without_anything_new_waits_behind_what_is_new():
    lines = drawn(misses={"six": 3}, seen=["six-a", "six-b", "six-c"])
    assert "six" not in {line.slot.id for line in lines}


def test_two_new_questions_and_one_that_was_seen_longest_ago():
    slots = SLOTS[:1]
    assert ids(drawn(slots, seen=["one-b"]))[2] == "one-b"
    assert set(ids(drawn(slots, seen=["one-b"]))[:2]) == {"one-a", "one-c"}


def test_among_equals_the_seed_decides_and_every_slot_has_its_turn():
    firsts = [ids(drawn(seed=f"{number}"))[0][:3] for number in range(200)]
    assert min(firsts.count(name) for name in ("one", "two", "six", "ten")) > 25


def test_moving_the_key_changes_neither_the_draw_nor_the_order():
    moved = tuple(
        slot(each.id, *(single(question.id, key="numbers") for question in each.questions)) for each in SLOTS
    )
    for number in range(30):
        here, there = drawn(seed=f"{number}"), drawn(moved, seed=f"{number}")
        assert [(line.question.id, line.order) for line in here] == [
            (line.question.id, line.order) for line in there
        ]
