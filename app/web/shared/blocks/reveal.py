"""An aside within a lesson that opens when somebody wants it. Nothing is kept of it."""

from dataclasses import dataclass
from typing import ClassVar

from app.catalogue.blocks import Reveal
from app.web.shared.blocks.parts import Asked, BlockDoor, Panel


@dataclass(frozen=True, kw_only=True)
class RevealPanel(Panel):
    """A summary, and what it opens."""

    kind: ClassVar[str] = "reveal"
    summary: str
    text_html: str


def reveal_panel(block: Reveal, _asked: Asked) -> RevealPanel:
    """The aside."""
    return RevealPanel(id=block.id, summary=block.summary, text_html=block.text_html)


DOOR = BlockDoor(panel=reveal_panel)
