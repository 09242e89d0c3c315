"""How each kind of block is shown and answered: one module a kind, with its template in templates/blocks."""

from collections.abc import Mapping

from app.catalogue.block import Block
from app.catalogue.blocks import (
    Checklist,
    Figure,
    Ladder,
    Placement,
    Plan,
    Practice,
    Quote,
    Reading,
    Reflection,
    Reveal,
    Scenario,
)
from app.web.shared.blocks import (
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
from app.web.shared.blocks.parts import BlockDoor

DOORS: Mapping[str, BlockDoor] = {
    Checklist.kind: checklist.DOOR,
    Figure.kind: figure.DOOR,
    Ladder.kind: ladder.DOOR,
    Placement.kind: placement.DOOR,
    Plan.kind: plan.DOOR,
    Practice.kind: practice.DOOR,
    Quote.kind: quote.DOOR,
    Reading.kind: reading.DOOR,
    Reflection.kind: reflection.DOOR,
    Reveal.kind: reveal.DOOR,
    Scenario.kind: scenario.DOOR,
}


def door_of(block: Block) -> BlockDoor:
    """How this block is shown and answered."""
    return DOORS[block.kind]
