"""The reveal block: an aside that opens when somebody wants it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.catalogue.block import Block, Fence
from app.catalogue.outline import outline
from app.catalogue.rendering import render_text
from app.kernel.authored import place, validate
from app.kernel.fields import Authored, Line, Prose, Slug
from app.kernel.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Reveal(Block):
    """Paragraphs folded under `summary`. `text_html` is sanitised. It is extra, so it counts no minutes."""

    kind: ClassVar[str] = "reveal"
    summary: str
    text_html: str
    text: tuple[str, ...]

    @property
    def passages(self) -> tuple[str, ...]:
        """Its paragraphs."""
        return self.text


class Options(Authored):
    """A reveal block as authored."""

    id: Slug
    summary: Line
    text: Prose


def read(node: Any, fence: Fence) -> tuple[Reveal | None, list[Problem]]:
    """A reveal block from its options."""
    options, problems = validate(Options, node, fence.path, fence.line)
    if options is None:
        return None, problems
    line, _ = place(node, ("text",), fence.line)
    html, problems = render_text(fence.path, line, options.text)
    text = tuple(passage.text for passage in outline(html).passages)
    return Reveal(id=options.id, summary=options.summary, text_html=html, text=text), problems
