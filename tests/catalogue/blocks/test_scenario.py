"""Reading a scenario, and the ways through it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.blocks import Scenario, read_block

GOOD = """id: story
title: A story
intro: It begins here.
decisions:
  - id: first
    situation: What now?
    options:
      - {id: a, text: This, quality: best, consequence: It goes well enough.}
      - {id: b, text: That, quality: poor, consequence: It goes badly., next: third}
  - id: second
    situation: And then?
    options:
      - {id: a, text: This, quality: workable, consequence: So so., next: end}
      - {id: b, text: That, quality: best, consequence: Good.}
  - id: third
    situation: At last?
    options:
      - {id: a, text: This, quality: best, consequence: Done.}
      - {id: b, text: That, quality: workable, consequence: Nearly done.}
look_back: It is over.
"""


def read(options: str) -> tuple[Scenario | None, list[str]]:
    block, problems = read_block("scenario", options, "l.md", 1, {})
    assert block is None or isinstance(block, Scenario)
    return block, [f"{problem.line}: {problem.sentence}" for problem in problems]


def story() -> Scenario:
    block, faults = read(GOOD)
    assert faults == []
    assert block is not None
    return block


def way(**chosen: str) -> tuple[list[str], str | None]:
    walk = story().walk(chosen)
    return [f"{decision.id}-{option.id}" for decision, option in walk.steps], walk.current and walk.current.id


def test_ways_follow_lead_elsewhere_and_end() -> None:
    assert way() == ([], "first")
    assert way(first="a") == (["first-a"], "second")
    assert way(first="b") == (["first-b"], "third")
    assert way(first="a", second="a") == (["first-a", "second-a"], None)
    assert way(first="a", second="b", third="a") == (["first-a", "second-b", "third-a"], None)


def test_choices_that_the_way_does_not_reach_are_left_aside() -> None:
    assert way(second="a", third="a") == ([], "first")
    assert way(first="b", second="a", third="b") == (["first-b", "third-b"], None)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["first", "second", "third", "x", ""]), st.one_of(st.text(), st.integers())
    )
)
def test_any_choices_make_a_way_that_ends_or_asks(chosen: dict[str, object]) -> None:
    walk = story().walk(chosen)
    assert len(walk.steps) <= 3
    assert walk.current is not None or walk.steps


def test_it_costs_a_question_a_decision_of_the_longest_way_and_the_longest_consequences() -> None:
    load = story().load
    assert (load.questions, load.prompts) == (3, 0)
    assert load.words == 3 + 3 + (2 + 2 + 4) + (2 + 2 + 2) + (2 + 2 + 2)


def test_what_is_wrong_is_told_at_its_line() -> None:
    assert read(GOOD.replace("next: third", "next: thrid"))[1] == [
        "10: There is no later decision called thrid."
    ]
    assert read(GOOD.replace("next: end", "next: first"))[1] == [
        "14: There is no later decision called first."
    ]
    assert "16: There are two decisions called second." in read(GOOD.replace("id: third", "id: second"))[1]
    assert read(GOOD.replace("{id: b, text: That, quality: poor", "{id: a, text: That, quality: poor"))[
        1
    ] == ["10: There are two options called a."]
    assert read(GOOD.replace("quality: best, consequence: Done", "quality: poor, consequence: Done"))[1] == [
        "18: No option of third is the best one."
    ]
    assert read(GOOD.replace("quality: workable, consequence: So", "quality: best, consequence: So"))[1] == [
        "13: Every option of second is the best one, so there is nothing to decide."
    ]
    nowhere = GOOD.replace("consequence: It goes well enough.", "consequence: Well., next: third")
    assert read(nowhere)[1] == ["11: Nothing leads to the decision second."]
    assert read(GOOD.replace(", consequence: Good.", ""))[1] == ["15: consequence is missing."]
    assert read(GOOD.replace("quality: poor", "quality: bad"))[0] is None
