"""The placement block: people place a project of their own on a ladder, with evidence and one change."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import validate
from app.kernel.fields import Authored, Line, Prose, Slug
from app.kernel.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Placement(Block):
    """A private judgement of one's own work. `ladder` is the id of a ladder in the course.

    `evidence` and `change` are questions. `optional` ones are not counted in the minutes.
    """

    kind: ClassVar[str] = "placement"
    ladder: str
    prompt: str
    evidence: str
    change: str
    hint: str = ""
    optional: bool = False

    @property
    def load(self) -> Load:
        """One prompt, unless people may leave it out."""
        return Load(prompts=0 if self.optional else 1)


class Options(Authored):
    """A placement block as authored."""

    id: Slug
    ladder: Slug
    prompt: Prose
    evidence: Line
    change: Line
    hint: Prose = ""
    optional: bool = False


def read(node: Any, fence: Fence) -> tuple[Placement | None, list[Problem]]:
    """A placement block from its options. Whether the ladder exists is for the whole course to say."""
    options, problems = validate(Options, node, fence.path, fence.line)
    return (Placement(**dict(options)) if options else None), problems
