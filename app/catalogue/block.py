"""What every kind of block has: an id, what a reader spends on it, and its words."""

from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from app.catalogue.images import Images


class Load(NamedTuple):
    """What a reader spends on a block: words read, questions answered, prompts thought about.

    `library.estimate` turns it into time. What is optional counts nothing.
    """

    words: int = 0
    questions: int = 0
    prompts: int = 0


@dataclass(frozen=True, kw_only=True)
class Block:
    """One thing in a lesson that is not prose. `id` is its anchor, and what people's answers hang on."""

    kind: ClassVar[str]
    id: str

    @property
    def load(self) -> Load:
        """What a reader spends on it."""
        return Load()

    @property
    def passages(self) -> tuple[str, ...]:
        """The plain texts that it adds to the lesson, each a paragraph: they are judged like prose."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Fence:
    """Where a block's settings stand: `line` is the first of them. `images` are the course's, by name."""

    path: str
    line: int
    images: Images = field(default_factory=dict)
