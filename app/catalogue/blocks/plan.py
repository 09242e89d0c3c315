"""The plan block: "When ..., I will ..., and tell ...". A plan that names its moment is easier to keep."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import validate
from app.kernel.fields import Authored, Line, Prose, Slug
from app.kernel.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Plan(Block):
    """A sentence to complete. `when`, `will` and `tell` are examples of how each part might end."""

    kind: ClassVar[str] = "plan"
    prompt: str
    when: str
    will: str
    tell: str
    hint: str = ""
    optional: bool = False

    @property
    def load(self) -> Load:
        """One prompt, unless people may leave it out."""
        return Load(prompts=0 if self.optional else 1)


class Options(Authored):
    """A plan block as authored."""

    id: Slug
    prompt: Prose
    when: Line
    will: Line
    tell: Line
    hint: Prose = ""
    optional: bool = False


def read(node: Any, fence: Fence) -> tuple[Plan | None, list[Problem]]:
    """A plan block from its options."""
    options, problems = validate(Options, node, fence.path, fence.line)
    return (Plan(**dict(options)) if options else None), problems
