"""A ladder within a lesson: its bands and rungs from the top down, as it is drawn. Nothing is kept of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from app.catalogue.blocks.ladder import Ladder, Rung
from app.web.shared.blocks.parts import Asked, BlockDoor, Panel


@dataclass(frozen=True, kw_only=True)
class BandShown:
    """A band with its rungs from the top down, each with its number, counted from the ladder's foot."""

    title: str
    rungs: tuple[tuple[int, Rung], ...]


@dataclass(frozen=True, kw_only=True)
class LadderPanel(Panel):
    """The whole ladder, its highest band first. `height` is the number of its rungs."""

    kind: ClassVar[str] = "ladder"
    caption: str
    height: int
    bands: tuple[BandShown, ...]


def ladder_panel(block: Ladder, _asked: Asked) -> LadderPanel:
    """The ladder."""
    return LadderPanel(
        id=block.id, caption=block.caption, height=len(block.rungs), bands=tuple(_from_the_top(block))
    )


DOOR = BlockDoor(panel=ladder_panel)


def _from_the_top(block: Ladder) -> Iterator[BandShown]:
    numbered = reversed(list(enumerate(block.rungs, 1)))
    for _, rungs in groupby(numbered, lambda pair: pair[1].band):
        shown = tuple(rungs)
        yield BandShown(title=block.band_of(shown[0][1]).title, rungs=shown)
