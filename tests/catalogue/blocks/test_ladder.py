"""Reading a ladder block: its rungs stand from the bottom up, in bands that are whole."""

import pytest

from app.catalogue.blocks import Ladder, read_block

GOOD = """\
id: stairs
caption: How high it goes.
bands:
  - {id: low, title: Low}
  - {id: high, title: High}
rungs:
  - {id: one, title: One, band: low, meaning: Nobody asks.}
  - {id: two, title: Two, band: low, meaning: Somebody asks.}
  - {id: three, title: Three, band: high, meaning: Both decide together.}
"""


def read(options: str) -> tuple[Ladder | None, list[str]]:
    block, problems = read_block("ladder", options, "l.md", 10, {})
    assert block is None or isinstance(block, Ladder)
    return block, [f"{problem.line}: {problem.sentence} {problem.fix}".strip() for problem in problems]


def test_rungs_are_counted_from_the_bottom_and_know_their_band() -> None:
    block, faults = read(GOOD)
    assert faults == []
    assert block is not None
    assert [block.number(rung) for rung in ("one", "three", "nine")] == [1, 3, None]
    assert [block.band_of(rung).title for rung in block.rungs] == ["Low", "Low", "High"]


def test_the_meanings_are_read_and_judged_and_the_titles_are_not() -> None:
    block, _ = read(GOOD)
    assert block is not None
    assert block.passages == ("Nobody asks.", "Somebody asks.", "Both decide together.")
    assert (block.load.words, block.load.questions, block.load.prompts) == (7, 0, 0)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{id: two,", "{id: one,", "18: There are two rungs called one. Give this one another id."),
        (
            "{id: high, title",
            "{id: low, title",
            "15: There are two bands called low. Give this one another id.",
        ),
        ("band: high", "band: hihg", "19: This ladder has no band called hihg. Did you mean high?"),
        ("band: high", "band: roof", "19: This ladder has no band called roof. Use one of: low, high."),
        (
            "band: high,",
            "band: low,",
            "15: No rung belongs to the band high. Give it a rung, or take it out.",
        ),
        ("meaning: Nobody asks.", "meaning: ", "17: meaning is empty."),
    ],
)
def test_a_mistake_is_told_at_its_line(old: str, new: str, fault: str) -> None:
    assert GOOD.count(old) == 1
    block, faults = read(GOOD.replace(old, new))
    assert block is None
    assert fault in faults


def test_the_rungs_of_a_band_are_neighbours() -> None:
    block, faults = read(GOOD + "  - {id: four, title: Four, band: low, meaning: Too far up.}\n")
    assert block is None
    assert faults == [
        "20: The rungs of low do not stand next to each other. "
        "Move this rung, or give it the band of its neighbour."
    ]


@pytest.mark.parametrize(("rungs", "said"), [(1, "needs 2 or more"), (13, "may have 12 at most")])
def test_a_ladder_has_two_to_twelve_rungs(rungs: int, said: str) -> None:
    head, _, _ = GOOD.replace("  - {id: high, title: High}\n", "").partition("  - {id: one")
    lines = [f"  - {{id: r{number}, title: T, band: low, meaning: M.}}\n" for number in range(rungs)]
    block, faults = read(head + "".join(lines))
    assert block is None
    assert len(faults) == 1
    assert said in faults[0]
