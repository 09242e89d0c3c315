"""Reading one lesson file: front matter, prose and blocks, each mistake at its line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from app.catalogue.blocks import Block, read_block
from app.catalogue.images import Images
from app.catalogue.landmarks import LessonLink
from app.catalogue.model import BlockRef, Html, Lesson, Segment, Term
from app.catalogue.outline import Passage, outline
from app.catalogue.rendering import Rendered, render
from app.catalogue.scanner import LessonSource, scan
from app.kernel.authored import decode, load_yaml, place, validate
from app.kernel.fields import Authored, Line, Listed, Slug
from app.kernel.problems import Problem
from app.kernel.words import count_words

FILE_NAME = re.compile(r"^(?P<order>\d{1,3})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md$")


class FrontMatter(Authored):
    """What stands between the two lines of dashes."""

    title: Line
    outcomes: Annotated[tuple[Slug, ...], Listed]
    minutes: Annotated[int, Field(ge=1, le=240)]


@dataclass(frozen=True, kw_only=True)
class ReadLesson:
    """A lesson with what checking the whole course needs: where its parts stand, its links, its passages."""

    path: str
    lesson: Lesson
    outcome_places: Mapping[str, tuple[int, int]]
    minutes_place: tuple[int, int]
    block_lines: Mapping[str, int]
    blocks_sound: bool
    links: tuple[LessonLink, ...]
    passages: tuple[Passage, ...]
    terms: frozenset[str]
    text: str

    def line_of(self, words: str) -> int:
        """The line on which a passage begins, found by its first few words; 1 where it is not found."""
        start = re.escape(" ".join(words.split()[:5])).replace(r"\ ", r"\s+")
        found = re.search(start, self.text)
        return self.text.count("\n", 0, found.start()) + 1 if found else 1


def read_lesson(
    path: str, body: bytes, images: Images, glossary: Sequence[Term] = ()
) -> tuple[ReadLesson | None, list[Problem]]:
    """The lesson in one file, or None where it has no usable front matter; with every mistake."""
    text, problems = decode(path, body)
    if text is None:
        return None, problems
    source, problems = scan(path, text)
    if source is None:
        return None, problems
    node, faults = load_yaml(path, source.front_matter, 2)
    problems += faults
    front, faults = validate(FrontMatter, node, path, 2) if node is not None else (None, [])
    blocks, lines, block_faults = _blocks(path, source, images)
    rendered, prose_faults = render(path, source.prose, len(source.blocks), images, glossary)
    problems += faults + block_faults + prose_faults
    if front is None:
        return None, problems
    lesson, passages = _assemble(path, front, rendered, blocks)
    problems += _clashes(path, lesson, lines)
    read = ReadLesson(
        path=path,
        lesson=lesson,
        outcome_places={
            outcome: place(node, ("outcomes", number), 2) for number, outcome in enumerate(front.outcomes)
        },
        minutes_place=place(node, ("minutes",), 2),
        block_lines=lines,
        blocks_sound=source.fences_sound and None not in blocks,
        links=rendered.links,
        passages=passages,
        terms=rendered.terms,
        text=text,
    )
    return read, problems


def _blocks(
    path: str, source: LessonSource, images: Images
) -> tuple[list[Block | None], dict[str, int], list[Problem]]:
    """The blocks by number (None where one cannot be read), the line of each id, and the faults."""
    blocks: list[Block | None] = []
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for found in source.blocks:
        block, faults = read_block(found.kind, found.options, path, found.line, images)
        problems += faults
        if block is not None and block.id in lines:
            sentence = f"There is already a block called {block.id} in this lesson."
            problems.append(
                Problem(path=path, line=found.line, sentence=sentence, fix="Give this one another id.")
            )
        elif block is not None:
            lines[block.id] = found.line
        blocks.append(block)
    return blocks, lines, problems


def _assemble(
    path: str, front: FrontMatter, rendered: Rendered, blocks: list[Block | None]
) -> tuple[Lesson, tuple[Passage, ...]]:
    segments: list[Segment] = []
    for piece in rendered.pieces:
        if isinstance(piece, str):
            segments.append(Html(html=piece))
        elif (block := blocks[piece]) is not None:
            segments.append(BlockRef(block=block.id))
    outlined = outline("".join(piece for piece in rendered.pieces if isinstance(piece, str)))
    name = FILE_NAME.match(path.rpartition("/")[2])
    lesson = Lesson(
        slug=name["slug"] if name else "",
        title=front.title,
        outcomes=front.outcomes,
        minutes=front.minutes,
        sections=outlined.sections,
        segments=tuple(segments),
        blocks={block.id: block for block in blocks if block is not None},
        words=sum(count_words(passage.text) for passage in outlined.passages),
    )
    return lesson, outlined.passages


def _clashes(path: str, lesson: Lesson, lines: Mapping[str, int]) -> list[Problem]:
    """A block's id is an anchor on the page, as a section's is."""
    return [
        Problem(
            path=path,
            line=lines[section.anchor],
            sentence=f"A section of this lesson has the anchor {section.anchor} too.",
            fix="Give the block another id.",
        )
        for section in lesson.sections
        if section.anchor in lines
    ]
