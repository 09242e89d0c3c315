"""The kinds of block that a lesson may hold: one module each. A new kind is one module and one line here.

How a kind is shown and answered is in web/shared/blocks, under the same name.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.catalogue.block import Block, Fence
from app.catalogue.blocks import (
    checklist,
    figure,
    ladder,
    placement,
    plan,
    practice,
    quote,
    reading,
    reflection,
    reveal,
    scenario,
)
from app.catalogue.blocks.checklist import Checklist
from app.catalogue.blocks.figure import Figure
from app.catalogue.blocks.ladder import Ladder
from app.catalogue.blocks.placement import Placement
from app.catalogue.blocks.plan import Plan
from app.catalogue.blocks.practice import Practice
from app.catalogue.blocks.quote import Quote
from app.catalogue.blocks.reading import Reading
from app.catalogue.blocks.reflection import Reflection
from app.catalogue.blocks.reveal import Reveal
from app.catalogue.blocks.scenario import Scenario
from app.catalogue.images import Images
from app.kernel.authored import load_yaml
from app.kernel.fields import Authored
from app.kernel.problems import Problem
from app.kernel.sentences import did_you_mean

__all__ = [
    "KINDS",
    "SHAPES",
    "Block",
    "Checklist",
    "Figure",
    "Ladder",
    "Placement",
    "Plan",
    "Practice",
    "Quote",
    "Reading",
    "Reflection",
    "Reveal",
    "Scenario",
    "read_block",
]

Reader = Callable[[Any, Fence], tuple[Block | None, list[Problem]]]

KINDS: Mapping[str, Reader] = {
    Checklist.kind: checklist.read,
    Figure.kind: figure.read,
    Ladder.kind: ladder.read,
    Placement.kind: placement.read,
    Plan.kind: plan.read,
    Practice.kind: practice.read,
    Quote.kind: quote.read,
    Reading.kind: reading.read,
    Reflection.kind: reflection.read,
    Reveal.kind: reveal.read,
    Scenario.kind: scenario.read,
}

SHAPES: Mapping[str, type[Authored]] = {
    Checklist.kind: checklist.Options,
    Figure.kind: figure.Options,
    Ladder.kind: ladder.Options,
    Placement.kind: placement.Options,
    Plan.kind: plan.Options,
    Practice.kind: practice.Options,
    Quote.kind: quote.Options,
    Reading.kind: reading.Options,
    Reflection.kind: reflection.Options,
    Reveal.kind: reveal.Options,
    Scenario.kind: scenario.Options,
}


def read_block(
    kind: str, options: str, path: str, line: int, images: Images
) -> tuple[Block | None, list[Problem]]:
    """The block whose fence stands on `line`, with its options beneath, or None and what is wrong with it."""
    reader = KINDS.get(kind)
    if reader is None:
        fix = did_you_mean(kind, KINDS) or f"Use one of: {', '.join(KINDS)}."
        return None, [
            Problem(path=path, line=line, sentence=f"There is no kind of block called {kind[:40]}.", fix=fix)
        ]
    node, problems = load_yaml(path, options, line + 1)
    if node is None:
        return None, problems
    return reader(node, Fence(path=path, line=line + 1, images=images))
