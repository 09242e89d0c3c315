"""The checklist block: a list to tick, to add to and to print."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import place, validate
from app.kernel.fields import Authored, Line, Listed, Prose, Slug
from app.kernel.problems import Problem
from app.kernel.words import count_words


class Item(Authored):
    """One thing to tick."""

    id: Slug
    text: Line


@dataclass(frozen=True, kw_only=True)
class Checklist(Block):
    """A list with room for `own_lines` lines of one's own."""

    kind: ClassVar[str] = "checklist"
    title: str
    prompt: str
    items: tuple[Item, ...]
    own_lines: int = 0
    optional: bool = False

    @property
    def load(self) -> Load:
        """Its items are read, and it is one prompt, unless people may leave it out."""
        if self.optional:
            return Load()
        return Load(words=count_words(" ".join(self.passages)), prompts=1)

    @property
    def passages(self) -> tuple[str, ...]:
        """What its items say."""
        return tuple(item.text for item in self.items)


class Options(Authored):
    """A checklist block as authored."""

    id: Slug
    title: Line
    prompt: Prose
    items: Annotated[tuple[Item, ...], Listed, Field(min_length=2, max_length=20)]
    own_lines: Annotated[int, Field(ge=0, le=5)] = 0
    optional: bool = False


def read(node: Any, fence: Fence) -> tuple[Checklist | None, list[Problem]]:
    """A checklist block from its options."""
    options, problems = validate(Options, node, fence.path, fence.line)
    if options is None:
        return None, problems
    for number, item in enumerate(options.items):
        if item.id in {earlier.id for earlier in options.items[:number]}:
            line, column = place(node, ("items", number), fence.line)
            sentence, fix = f"There are two items called {item.id}.", "Give this one another id."
            problems.append(Problem(path=fence.path, line=line, column=column, sentence=sentence, fix=fix))
    return (None if problems else Checklist(**dict(options))), problems
