"""A picture within a lesson. Nothing is kept of it."""

from dataclasses import dataclass
from typing import ClassVar

from app.catalogue.blocks.figure import Figure
from app.web.shared.blocks.parts import Asked, BlockDoor, Panel


@dataclass(frozen=True, kw_only=True)
class FigurePanel(Panel):
    """A picture, its words, its caption, where it is from, and its sides in pixels where they are known."""

    kind: ClassVar[str] = "figure"
    address: str
    alt: str
    caption: str
    credit: str
    width: int | None
    height: int | None


def figure_panel(block: Figure, _asked: Asked) -> FigurePanel:
    """The picture."""
    return FigurePanel(
        id=block.id,
        address=block.address,
        alt=block.alt,
        caption=block.caption,
        credit=block.credit,
        width=block.width,
        height=block.height,
    )


DOOR = BlockDoor(panel=figure_panel)
