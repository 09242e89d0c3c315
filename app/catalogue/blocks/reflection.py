"""The reflection block: a prompt for words that nobody else reads."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import validate
from app.kernel.fields import Authored, Prose, Slug
from app.kernel.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Reflection(Block):
    """A prompt for private words. `optional` ones are not counted in the minutes."""

    kind: ClassVar[str] = "reflection"
    prompt: str
    hint: str = ""
    optional: bool = False

    @property
    def load(self) -> Load:
        """One prompt, unless people may leave it out."""
        return Load(prompts=0 if self.optional else 1)


class Options(Authored):
    """A reflection block as authored."""

    id: Slug
    prompt: Prose
    hint: Prose = ""
    optional: bool = False


def read(node: Any, fence: Fence) -> tuple[Reflection | None, list[Problem]]:
    """A reflection block from its options."""
    options, problems = validate(Options, node, fence.path, fence.line)
    return (Reflection(**dict(options)) if options else None), problems
