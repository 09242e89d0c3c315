"""Reading the blocks that are done and kept: checklist, plan, reading."""

import pytest

from app.catalogue.block import Load
from app.catalogue.blocks import read_block

CHECKLIST = "id: a\ntitle: T\nprompt: Tick.\nitems:\n  - {id: x, text: One two.}\n  - {id: y, text: Three.}\n"
PLAN = "id: a\nprompt: P.\nwhen: w\nwill: x\ntell: y\n"


@pytest.mark.parametrize(
    ("kind", "options", "load"),
    [
        ("checklist", CHECKLIST, Load(words=3, prompts=1)),
        ("checklist", CHECKLIST + "optional: true\n", Load()),
        ("plan", PLAN, Load(prompts=1)),
        ("plan", PLAN + "optional: true\n", Load()),
        ("reading", "id: a\ntitle: T\n", Load()),
    ],
)
def test_what_a_reader_spends_on_each(kind: str, options: str, load: Load) -> None:
    block, problems = read_block(kind, options, "l.md", 1, {})
    assert problems == []
    assert block is not None
    assert block.load == load


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        ("checklist", CHECKLIST.replace("id: y", "id: x"), "7: There are two items called x."),
        ("checklist", CHECKLIST + "own_lines: 9\n", "8: own_lines"),
        ("checklist", "id: a\ntitle: T\nprompt: P.\nitems: []\n", "5: items"),
        ("plan", PLAN.replace("when: w\n", ""), "2: when is missing."),
        ("plan", PLAN + "wen: x\n", "7: There is no field called wen here."),
        ("reading", "id: a\n", "2: title is missing."),
    ],
)
def test_what_is_wrong_is_told_at_its_line(kind: str, options: str, told: str) -> None:
    _, problems = read_block(kind, options, "l.md", 1, {})
    assert next(f"{each.line}: {each.sentence}" for each in problems).startswith(told)
