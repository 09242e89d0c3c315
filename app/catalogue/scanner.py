"""A small scanner of lesson files: front matter, `///` blocks and the prose around them, with their lines."""

import re
from dataclasses import dataclass
from itertools import pairwise

from app.kernel.problems import Problem

LONGEST_LESSON = 60_000  # characters; half an hour's reading has about 35,000
MOST_LINES = 1500
LONGEST_LINE = 4000
DEEPEST_QUOTE = 3
DEEPEST_INDENT = 24
MOST_MARKS = 600  # of each mark that the Markdown library looks for a partner of

_FENCE = re.compile(r"^(?P<indent>\s*)///+[ \t]*(?P<kind>(?:.*\S)?)\s*$")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|!|\?)")
_LINK_IN_ANGLES = re.compile(r"<https?://[^<>\s]+>")


@dataclass(frozen=True, kw_only=True)
class BlockSource:
    """A block as typed: its kind, the YAML between its fences, and the lines on which both begin."""

    kind: str
    options: str
    line: int
    options_line: int


@dataclass(frozen=True, kw_only=True)
class LessonSource:
    """A lesson as typed. `prose` has a line for each line of the file, so that line numbers are the file's.

    A block's lines are blank in it but for the first, which holds the block's mark.
    """

    front_matter: str
    prose: str
    blocks: tuple[BlockSource, ...]
    fences_sound: bool


def mark_of(block: int) -> str:
    """What stands in the prose where the block with this number stood. `scan` lets nobody else type it."""
    return f"\x1ablock-{block}\x1a"


def scan(path: str, text: str) -> tuple[LessonSource | None, list[Problem]]:
    """The parts of a lesson, and every fence that is not in order.

    None where it has no front matter, or where the Markdown library would take too long or too deep over it.
    """
    lines = text.replace("\x1a", " ").split("\n")
    if len(text) > LONGEST_LESSON or len(lines) > MOST_LINES:
        sentence = f"This lesson has more than {LONGEST_LESSON:,} characters or {MOST_LINES:,} lines."
        return None, [Problem(path=path, line=1, sentence=sentence, fix="Split the lesson up.")]
    body = end_of_front_matter(lines)
    if body is None:
        sentence = "A lesson begins with a line of three dashes, its title and a second line of three dashes."
        return None, [Problem(path=path, line=1, sentence=sentence)]
    blocks, problems = _take_blocks(path, lines, body)
    prose = ["" if number < body else line for number, line in enumerate(lines)]
    sound = not problems
    if too_much := _too_much(path, prose):
        return None, problems + too_much
    problems += html_in(path, prose) + _underlines(path, prose)
    front_matter = "\n".join(lines[1 : body - 1])
    source = LessonSource(
        front_matter=front_matter, prose="\n".join(prose), blocks=tuple(blocks), fences_sound=sound
    )
    return source, problems


def html_in(path: str, prose: list[str]) -> list[Problem]:
    """Every line of prose with HTML in it, counting from 1, at its first tag."""
    fix = "Write it in Markdown, or put a space after <."
    return [
        Problem(
            path=path, line=number, column=tag.start() + 1, sentence="HTML is not used in lessons.", fix=fix
        )
        for number, line in enumerate(prose, 1)
        if (tag := _TAG.search(_LINK_IN_ANGLES.sub(lambda link: " " * len(link[0]), line)))
    ]


def end_of_front_matter(lines: list[str]) -> int | None:
    """The number of lines that the front matter takes, both lines of dashes included."""
    if lines[0].rstrip() != "---":
        return None
    return next((number + 1 for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)


def _take_blocks(path: str, lines: list[str], body: int) -> tuple[list[BlockSource], list[Problem]]:
    """Cuts the blocks out of `lines` and leaves their marks."""
    blocks: list[BlockSource] = []
    problems: list[Problem] = []
    number = body
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if fence is None:
            number += 1
            continue
        end = _closing(lines, number + 1)
        if fault := _fault(fence, closed=end is not None):
            problems.append(Problem(path=path, line=number + 1, sentence=fault[0], fix=fault[1]))
        kind = fence["kind"]
        if not kind or end is None:
            lines[number] = ""
            number += 1
            continue
        options = "\n".join(lines[number + 1 : end])
        blocks.append(BlockSource(kind=kind, options=options, line=number + 1, options_line=number + 2))
        lines[number : end + 1] = [mark_of(len(blocks) - 1)] + [""] * (end - number)
        number = end + 1
    return blocks, problems


def _closing(lines: list[str], start: int) -> int | None:
    """The line that closes a block, or None where the file ends or another block begins first."""
    for number in range(start, len(lines)):
        if fence := _FENCE.match(lines[number]):
            return None if fence["kind"] else number
    return None


def _fault(fence: re.Match[str], *, closed: bool) -> tuple[str, str] | None:
    kind = fence["kind"]
    if not kind:
        return (
            "This /// closes a block that was never opened.",
            "Take it out, or open the block: /// practice",
        )
    if fence["indent"]:
        return "A block begins at the very start of the line.", "Take out the spaces before ///."
    if not closed:
        return f"This {kind} block is never closed.", "Add a line of /// beneath it."
    return None


def _underlines(path: str, prose: list[str]) -> list[Problem]:
    """Lines of dashes right under words: Markdown takes the words for a heading, which nobody means."""
    fix = "Leave an empty line above it, or begin the heading with ##."
    return [
        Problem(path=path, line=number, sentence="This line makes a heading of the words above it.", fix=fix)
        for number, (above, line) in enumerate(pairwise(prose), 2)
        if above.strip() and _UNDERLINE.fullmatch(line)
    ]


def _too_much(path: str, prose: list[str]) -> list[Problem]:
    whole = "\n".join(prose)
    problems = []
    for number, line in enumerate(prose, 1):
        indent = line[: len(line) - len(line.lstrip(" \t>"))]
        if len(line) > LONGEST_LINE:
            sentence = f"This line is longer than {LONGEST_LINE} characters."
            problems.append(
                Problem(path=path, line=number, sentence=sentence, fix="Break it into shorter lines.")
            )
        if indent.count(">") > DEEPEST_QUOTE or len(indent) > DEEPEST_INDENT:
            fix = "Take out some of the indentation."
            problems.append(Problem(path=path, line=number, sentence="This is nested too deeply.", fix=fix))
    for mark, name in (
        ("[", "square brackets"),
        ("*", "asterisks"),
        ("_", "underscores"),
        ("`", "backticks"),
    ):
        if whole.count(mark) > MOST_MARKS:
            sentence = f"This lesson holds more than {MOST_MARKS} {name}."
            problems.append(Problem(path=path, line=1, sentence=sentence, fix="Split the lesson up."))
    return problems
