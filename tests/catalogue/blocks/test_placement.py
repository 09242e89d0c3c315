"""Reading a placement block: a prompt that counts its minute unless it is optional."""

import pytest

from app.catalogue.blocks import Placement, read_block

GOOD = (
    "id: mine\nladder: stairs\nprompt: Where is it?\nevidence: What shows it?\nchange: What would move it?\n"
)


def read(options: str) -> tuple[Placement | None, list[str]]:
    block, problems = read_block("placement", options, "l.md", 10, {})
    assert block is None or isinstance(block, Placement)
    return block, [f"{problem.line}: {problem.sentence}" for problem in problems]


@pytest.mark.parametrize(("more", "prompts"), [("", 1), ("optional: false\n", 1), ("optional: true\n", 0)])
def test_it_is_one_prompt_unless_people_may_leave_it_out(more: str, prompts: int) -> None:
    block, faults = read(GOOD + more)
    assert faults == []
    assert block is not None
    assert (block.load.words, block.load.questions, block.load.prompts) == (0, 0, prompts)


def test_both_questions_and_the_ladder_are_needed() -> None:
    assert read("id: mine\nprompt: Where is it?\n")[1] == [
        "11: change is missing.",
        "11: evidence is missing.",
        "11: ladder is missing.",
    ]
