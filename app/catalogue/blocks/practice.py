"""The practice block: an ungraded question, answered at once."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import validate
from app.kernel.fields import Authored, Slug
from app.kernel.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Practice(Block):
    """An ungraded question within a lesson. `question` is an id in the course's practice.yml."""

    kind: ClassVar[str] = "practice"
    question: str

    @property
    def load(self) -> Load:
        """One question. The words of its reasons are counted where the question is known."""
        return Load(questions=1)


class Options(Authored):
    """A practice block as authored."""

    id: Slug
    question: Slug


def read(node: Any, fence: Fence) -> tuple[Practice | None, list[Problem]]:
    """A practice block from its options. Whether the question exists is for the whole course to say."""
    options, problems = validate(Options, node, fence.path, fence.line)
    return (Practice(**dict(options)) if options else None), problems
