"""How each kind of block is shown and answered: one module a kind, with its template in templates/blocks."""

from collections.abc import Mapping

from app.catalogue.block import Block
from app.catalogue.blocks import Practice, Reflection, Reveal
from app.web.shared.blocks import practice, reflection, reveal
from app.web.shared.blocks.parts import BlockDoor

DOORS: Mapping[str, BlockDoor] = {
    Practice.kind: practice.DOOR,
    Reflection.kind: reflection.DOOR,
    Reveal.kind: reveal.DOOR,
}


def door_of(block: Block) -> BlockDoor:
    """How this block is shown and answered."""
    return DOORS[block.kind]
