"""The ladder block: a scale of rungs in bands, drawn as a ladder."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import place, validate
from app.kernel.fields import Authored, Line, Listed, Slug
from app.kernel.problems import Problem
from app.kernel.sentences import did_you_mean
from app.kernel.words import count_words


class Band(Authored):
    """A name for several rungs that stand next to each other."""

    id: Slug
    title: Line


class Rung(Authored):
    """One rung, the id of the band that it belongs to, and what standing there means."""

    id: Slug
    title: Line
    band: Slug
    meaning: Line


@dataclass(frozen=True, kw_only=True)
class Ladder(Block):
    """A scale. `rungs` stand from the bottom up, and those of one band are neighbours."""

    kind: ClassVar[str] = "ladder"
    caption: str
    bands: tuple[Band, ...]
    rungs: tuple[Rung, ...]

    @property
    def load(self) -> Load:
        """The meanings are read. The titles are the picture."""
        return Load(words=count_words(" ".join(self.passages)))

    @property
    def passages(self) -> tuple[str, ...]:
        """What its rungs mean."""
        return tuple(rung.meaning for rung in self.rungs)

    def number(self, rung: str) -> int | None:
        """The rung's place from the bottom, beginning with 1; None where there is no such rung."""
        return next((number for number, each in enumerate(self.rungs, 1) if each.id == rung), None)

    def band_of(self, rung: Rung) -> Band:
        """The band that one of its rungs belongs to."""
        return next(band for band in self.bands if band.id == rung.band)


class Options(Authored):
    """A ladder block as authored."""

    id: Slug
    caption: Line
    bands: Annotated[tuple[Band, ...], Listed, Field(min_length=1, max_length=12)]
    rungs: Annotated[tuple[Rung, ...], Listed, Field(min_length=2, max_length=12)]


def read(node: Any, fence: Fence) -> tuple[Ladder | None, list[Problem]]:
    """A ladder block from its options."""
    options, problems = validate(Options, node, fence.path, fence.line)
    if options is None:
        return None, problems
    for where, sentence, fix in (*_about_bands(options), *_about_rungs(options)):
        line, column = place(node, where, fence.line)
        problems.append(Problem(path=fence.path, line=line, column=column, sentence=sentence, fix=fix))
    return (None if problems else Ladder(**dict(options))), problems


_Fault = tuple[tuple[str | int, ...], str, str]  # where it is, a sentence, and the mend


def _about_bands(options: Options) -> Iterator[_Fault]:
    used = {rung.band for rung in options.rungs}
    known = {band.id for band in options.bands}
    for number, band in enumerate(options.bands):
        if band.id in {earlier.id for earlier in options.bands[:number]}:
            yield ("bands", number), f"There are two bands called {band.id}.", "Give this one another id."
        elif band.id not in used and used <= known:  # else a rung may mean this one and misspell it
            sentence = f"No rung belongs to the band {band.id}."
            yield ("bands", number), sentence, "Give it a rung, or take it out."


def _about_rungs(options: Options) -> Iterator[_Fault]:
    known = [band.id for band in options.bands]
    begun: list[str] = []
    for number, rung in enumerate(options.rungs):
        if rung.id in {earlier.id for earlier in options.rungs[:number]}:
            yield ("rungs", number), f"There are two rungs called {rung.id}.", "Give this one another id."
        if rung.band not in known:
            fix = did_you_mean(rung.band, known) or f"Use one of: {', '.join(known)}."
            yield ("rungs", number, "band"), f"This ladder has no band called {rung.band}.", fix
        elif rung.band in begun[:-1]:
            sentence = f"The rungs of {rung.band} do not stand next to each other."
            yield ("rungs", number, "band"), sentence, "Move this rung, or give it the band of its neighbour."
        if rung.band not in begun:
            begun.append(rung.band)
