"""Changing one block or the front matter of a lesson; every other line stays as it is."""

from collections.abc import Mapping
from typing import Any

from app.catalogue.scanner import BlockSource, LessonSource, scan
from app.kernel.patching import CannotPatch, put, take_out, value_at


def fenced(kind: str, options: str) -> str:
    """The text of a block: its kind, the YAML of its settings and the closing line. Ends in a newline."""
    return f"/// {kind}\n{options.strip(chr(10))}\n///\n"


def find_block(text: str, block: str) -> BlockSource:
    """The block with this id: its kind, its settings as YAML, its lines. Raises CannotPatch."""
    for found in _scanned(text).blocks:
        if _id_of(found) == block:
            return found
    raise CannotPatch(f"There is no block called {block} in this lesson.")


def block_text(text: str, block: str) -> str:
    """The block with this id as it stands, both its fences included. Raises CannotPatch."""
    first, last = _lines_of(text, find_block(text, block))
    return "\n".join(text.split("\n")[first - 1 : last]) + "\n"


def replace_block(text: str, block: str, new: str) -> str:
    """The lesson with `new`, a whole block, where the block with this id stands. Raises CannotPatch."""
    first, last = _lines_of(text, find_block(text, block))
    lines = text.split("\n")
    made = "\n".join([*lines[: first - 1], *_whole(new), *lines[last:]])
    return _checked(made, text, new, before=first, more=0)


def insert_block(text: str, line: int, new: str) -> str:
    """The lesson with `new`, a whole block, after this line, counted from 1; an empty line on either side.

    Within the front matter or another block it comes after that. Raises CannotPatch.
    """
    source, lines = _scanned(text), text.split("\n")
    line = max(line, source.front_matter.count("\n") + 3 if source.front_matter else 2)
    for found in source.blocks:
        first, last = _lines_of(text, found)
        line = last if first <= line <= last else line
    before, after = lines[: min(line, len(lines))], lines[min(line, len(lines)) :]
    while before and not before[-1].strip():
        before.pop()
    while after and not after[0].strip():
        after.pop(0)
    gap = [""] if before[-1].rstrip() != "---" else []
    made = "\n".join([*before, *gap, *_whole(new), "", *after])
    return _checked(made, text, new, before=len(before) + 1, more=1)


def put_front_matter(text: str, changes: Mapping[str, Any]) -> str:
    """The lesson with these fields of its front matter changed; None takes one out. Raises CannotPatch."""
    source = _scanned(text)
    front = f"{source.front_matter}\n" if source.front_matter else ""
    for name, value in changes.items():
        if value is not None:
            front = put(front, (name,), value)
        elif value_at(front, (name,)) is not None:
            front = take_out(front, (name,))
    lines = text.split("\n")
    end = next(number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    made = "\n".join(["---", *front.rstrip("\n").split("\n"), *lines[end:]])
    if _scanned(made).prose.lstrip("\n") != source.prose.lstrip("\n"):
        raise CannotPatch("This cannot stand at the top of a lesson.")
    return made


def _scanned(text: str) -> LessonSource:
    source, _ = scan("", text)
    if source is None or not source.fences_sound:
        fix = "Mend its /// lines and its --- lines first."
        raise CannotPatch(f"The blocks of this lesson cannot be told apart. {fix}")
    return source


def _id_of(found: BlockSource) -> Any:
    try:
        return value_at(found.options, ("id",))
    except CannotPatch:
        return None


def _lines_of(text: str, found: BlockSource) -> tuple[int, int]:
    """The lines of its two fences, from 1."""
    lines = text.split("\n")
    last = next(number for number, line in enumerate(lines) if number >= found.line and _is_fence(line))
    return found.line, last + 1


def _is_fence(line: str) -> bool:
    return line.lstrip().startswith("///")


def _whole(new: str) -> list[str]:
    return new.strip("\n").split("\n")


def _checked(made: str, text: str, new: str, *, before: int, more: int) -> str:
    """The lesson, if exactly this block is another or one more in it."""
    source, old = _scanned(made), _scanned(text)
    alone, _ = scan("", f"---\n---\n{new.strip(chr(10))}\n")
    wanted = alone.blocks if alone and alone.fences_sound else ()
    found = [each for each in source.blocks if each.line >= before][:1]
    if not all(_is_fence(line) for line in (_whole(new)[0], _whole(new)[-1])):
        raise CannotPatch("This is not one whole block.")
    if len(source.blocks) != len(old.blocks) + more or len(wanted) != 1 or not found:
        raise CannotPatch("This is not one whole block.")
    if (found[0].kind, found[0].options) != (wanted[0].kind, wanted[0].options):
        raise CannotPatch("This is not one whole block.")
    return made
