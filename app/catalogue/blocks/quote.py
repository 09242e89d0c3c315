"""The quote block: what somebody said, in their own words."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import validate
from app.kernel.fields import Authored, Line, Prose, Slug, WebAddress
from app.kernel.problems import Problem
from app.kernel.words import count_words


@dataclass(frozen=True, kw_only=True)
class Quote(Block):
    """Paragraphs of somebody else's. They are not judged like our prose: nobody may shorten them."""

    kind: ClassVar[str] = "quote"
    text: tuple[str, ...]
    who: str
    source: str = ""
    url: str = ""

    @property
    def load(self) -> Load:
        """Its words."""
        return Load(words=count_words(" ".join(self.text)))


class Options(Authored):
    """A quote block as authored."""

    id: Slug
    text: Prose
    who: Line
    source: Line = ""
    url: WebAddress = ""


def read(node: Any, fence: Fence) -> tuple[Quote | None, list[Problem]]:
    """A quote block from its options. An empty line in the text begins another paragraph."""
    options, problems = validate(Options, node, fence.path, fence.line)
    if options is None:
        return None, problems
    text = tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", options.text))
    return Quote(id=options.id, text=text, who=options.who, source=options.source, url=options.url), problems
