"""Somebody's own words within a lesson. Nothing is kept of them."""

from dataclasses import dataclass
from typing import ClassVar

from app.catalogue.blocks.quote import Quote
from app.web.shared.blocks.parts import Asked, BlockDoor, Panel


@dataclass(frozen=True, kw_only=True)
class QuotePanel(Panel):
    """Paragraphs, who said them, and where."""

    kind: ClassVar[str] = "quote"
    text: tuple[str, ...]
    who: str
    source: str
    url: str


def quote_panel(block: Quote, _asked: Asked) -> QuotePanel:
    """The quotation."""
    return QuotePanel(id=block.id, text=block.text, who=block.who, source=block.source, url=block.url)


DOOR = BlockDoor(panel=quote_panel)
