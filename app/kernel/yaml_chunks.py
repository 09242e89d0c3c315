"""Putting the entries of a mapping or a list into another order, with their comments and empty lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.yaml_spans import Entry, column, line_end, line_start

Splice = tuple[int, int, str]  # from, to, and what stands there now


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """An entry as whole lines. `own` are the comments right above it, `above` is what comes before them.

    `was` is the entry's number until now, None for a new one.
    """

    was: int | None
    body: str
    own: str = ""
    above: str = ""


def spliced(text: str, start: int, end: int, splices: Sequence[Splice]) -> str:
    """The text from `start` to `end` with each of the splices made."""
    made = ""
    for first, last, new in sorted(splices):
        made += text[start:first] + new
        start = last
    return made + text[start:end]


def chunks_of(text: str, found: list[Entry], root: bool) -> list[Chunk]:
    """The entries as chunks. What stands above the first name of a file is the file's own."""
    chunks = []
    for number, entry in enumerate(found):
        begin = line_start(text, entry.start)
        body = " " * (entry.start - begin) + text[entry.start : line_end(text, entry.end)]
        if number:
            between = text[line_end(text, found[number - 1].end) + 1 : begin]
        else:
            between = "" if root or not _is_alone(text, entry) else _comments_above(text, entry)
        lines = between.splitlines(keepends=True)
        own = len(lines)
        while own and lines[own - 1].startswith(" " * (entry.start - begin) + "#"):
            own -= 1
        chunks.append(Chunk(was=number, body=body, own="".join(lines[own:]), above="".join(lines[:own])))
    return chunks


def rearranged(text: str, found: list[Entry], chunks: list[Chunk], plan: list[Chunk]) -> Splice:
    """The splice that puts the chunks of `plan` where the entries stood. Comments of what goes stay."""
    first, alone = found[0], _is_alone(text, found[0])
    begin = line_start(text, first.start) - len(chunks[0].own) if alone else first.start
    usual = _usual_gap(chunks)
    made, last = "", -1
    for chunk in plan:
        follows = chunk.was == last + 1
        above = chunk.above if follows or chunk.above.strip() else usual
        made += _left_by_others(chunks, plan, chunk)
        made += (above if made else above.lstrip("\n")) + chunk.own + chunk.body + "\n"
        last = chunk.was if chunk.was is not None else -9
    made += _left_by_others(chunks, plan, None)
    made = made[:-1]
    if not alone:
        made = _inline(made, column(text, first.start))
        if made.startswith("\n"):
            begin = len(text[:begin].rstrip(" "))
    return begin, line_end(text, found[-1].end), made


def reordered_in_brackets(text: str, found: list[Entry], plan: Sequence[tuple[int | None, str]]) -> Splice:
    """The same within brackets: each of the plan is the entry's number until now and its text."""
    made, last = "", -1
    for was, body in plan:
        if made:
            follows = was is not None and was == last + 1
            made += text[found[last].end : found[last + 1].start] if follows else ", "
        made, last = made + body, was if was is not None else -9
    return found[0].start, found[-1].end, made


def _usual_gap(chunks: list[Chunk]) -> str:
    gaps = ["\n" * chunk.above.count("\n") for chunk in chunks[1:] if not chunk.above.strip()]
    return max(gaps, key=gaps.count) if gaps else ""


def _left_by_others(chunks: list[Chunk], plan: list[Chunk], chunk: Chunk | None) -> str:
    """The comments that stood apart above entries that go and now come before this one, or at the end."""
    staying = {each.was for each in plan}
    left = ""
    for gone in chunks:
        if gone.was in staying or not gone.above.strip():
            continue
        after = (each.was for each in chunks if each.was in staying and (each.was or 0) > (gone.was or 0))
        if next(after, None) == (chunk.was if chunk else None) and (chunk is None or chunk.was is not None):
            left += gone.above
    return left


def _is_alone(text: str, entry: Entry) -> bool:
    return not text[line_start(text, entry.start) : entry.start].strip(" ")


def _comments_above(text: str, entry: Entry) -> str:
    """The lines of comment right above an entry, in its own column."""
    begin = end = line_start(text, entry.start)
    mark = " " * column(text, entry.start) + "#"
    while begin and text[line_start(text, begin - 1) : begin].startswith(mark):
        begin = line_start(text, begin - 1)
    return text[begin:end]


def _inline(made: str, indent: int) -> str:
    """Lines that go on behind a dash: the first loses its indentation, or moves down as a comment."""
    stripped = made.lstrip(" ")
    return f"\n{made}" if stripped.startswith("#") else made[indent:]
