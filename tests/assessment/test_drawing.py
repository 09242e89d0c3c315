from datetime import UTC, datetime, timedelta

from app.assessment.drawing import draw
from tests.assessment.samples import single, slot

START = datetime(2026, 10, 1, 9, tzinfo=UTC)
ROOM = slot("room", *(single(f"room-{letter}") for letter in "abcd"))
LOOP = slot("loop", *(single(f"loop-{letter}") for letter in "abcd"))


def drawn(seen=(), seed="seed", slots=(ROOM, LOOP)):
    last_seen = {question: START + timedelta(hours=hour) for hour, question in enumerate(seen)}
    return [line.question.id for line in draw(slots, last_seen, seed)]


def test_the_same_seed_draws_the_same_paper():
    assert drawn() == drawn()
    assert len({tuple(drawn(seed=f"{number}")) for number in range(200)}) == 16


def test_every_slot_has_one_question_of_its_own():
    assert [name[:4] for name in drawn()] == ["room", "loop"]


def test_no_question_comes_again_until_all_of_its_slot_were_seen():
    for number in range(50):
        seen: list[str] = []
        for turn in range(4):
            seen += drawn(seen, f"{number}/{turn}")
        assert len(set(seen)) == 8


def test_after_all_were_seen_the_one_seen_longest_ago_comes_first():
    assert drawn(["room-c", "room-a", "room-d", "room-b"], slots=(ROOM,)) == ["room-c"]
    assert drawn(["room-a", "room-d", "room-b"], slots=(ROOM,)) == ["room-c"]


def test_moving_the_key_changes_neither_the_draw_nor_the_order():
    moved = slot("room", *(single(f"room-{letter}", key="numbers") for letter in "abcd"))
    for number in range(30):
        here, there = draw((ROOM,), {}, f"{number}"), draw((moved,), {}, f"{number}")
        assert [(line.question.id, line.order) for line in here] == [
            (line.question.id, line.order) for line in there
        ]


def test_every_question_of_a_slot_is_drawn_about_as_often():
    counts = dict.fromkeys(("room-a", "room-b", "room-c", "room-d"), 0)
    for number in range(400):
        counts[drawn(seed=f"{number}", slots=(ROOM,))[0]] += 1
    assert min(counts.values()) > 70
