"""The figure block: a picture with words for those who cannot see it, and a caption."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import place, validate
from app.kernel.fields import Authored, Line, Slug
from app.kernel.problems import Problem
from app.kernel.sentences import did_you_mean
from app.kernel.words import count_words


@dataclass(frozen=True, kw_only=True)
class Figure(Block):
    """A picture. `address` serves it under its hash; `alt` says what it tells; its sides are in pixels."""

    kind: ClassVar[str] = "figure"
    address: str
    alt: str
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None

    @property
    def load(self) -> Load:
        """Its caption is read."""
        return Load(words=count_words(self.caption))

    @property
    def passages(self) -> tuple[str, ...]:
        """Its caption."""
        return (self.caption,) if self.caption else ()


class Options(Authored):
    """A figure block as authored."""

    id: Slug
    image: Line
    alt: Line
    caption: Line = ""
    credit: Line = ""


def read(node: Any, fence: Fence) -> tuple[Figure | None, list[Problem]]:
    """A figure block from its options."""
    options, problems = validate(Options, node, fence.path, fence.line)
    if options is None:
        return None, problems
    image = fence.images.get(options.image)
    if image is None:
        return None, [_unknown_image(options.image, node, fence)]
    return Figure(
        id=options.id,
        address=image.address,
        alt=options.alt,
        caption=options.caption,
        credit=options.credit,
        width=image.width,
        height=image.height,
    ), problems


def _unknown_image(name: str, node: Any, fence: Fence) -> Problem:
    line, column = place(node, ("image",), fence.line)
    known = ", ".join(sorted(fence.images))
    put = "Put the file in the course's images folder: images/name.png."
    fix = did_you_mean(name, fence.images) or (f"Use one of: {known}." if known else put)
    sentence = f"There is no image called {name[:100]} in this course."
    return Problem(path=fence.path, line=line, column=column, sentence=sentence, fix=fix)
