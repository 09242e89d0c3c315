"""The reading block: a chooser of the course's further reading, by need and by time."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.catalogue.block import Block, Fence
from app.kernel.authored import validate
from app.kernel.fields import Authored, Line, Prose, Slug
from app.kernel.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Reading(Block):
    """What it chooses from stands in course.yml. It is extra, so it counts no minutes."""

    kind: ClassVar[str] = "reading"
    title: str
    prompt: str = ""


class Options(Authored):
    """A reading block as authored."""

    id: Slug
    title: Line
    prompt: Prose = ""


def read(node: Any, fence: Fence) -> tuple[Reading | None, list[Problem]]:
    """A reading block from its options. Whether there is anything to read is for the whole course to say."""
    options, problems = validate(Options, node, fence.path, fence.line)
    return (Reading(**dict(options)) if options else None), problems
