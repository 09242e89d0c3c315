"""Where each part of a YAML text begins and ends, to the character: what patching cuts at."""

import re
from dataclasses import dataclass

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

_HEAD = re.compile(r"[|>](?:[1-9][+-]?|[+-][1-9]?)?")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A part of a mapping or a list. `start` is where its name, dash or value in brackets begins.

    `after` is just behind the colon or the dash, `end` just behind the value; comments are not in it.
    """

    name: str | int
    node: Node
    start: int
    after: int
    end: int


def entries(text: str, node: Node) -> list[Entry]:
    """The parts of a mapping or list, in the order of the text."""
    found: list[Entry] = []
    position = node.start_mark.index
    for number, part in enumerate(node.value):
        name: str | int = number
        if isinstance(node, MappingNode):
            key, value = part
            name, start = key.value, key.start_mark.index
            after = _behind_colon(text, key.end_mark.index)
        elif in_flow(node):
            value, start = part, part.start_mark.index
            after = start
        else:
            value, start = part, _dash(text, position)
            after = start + 1
        position = end_of(text, value, start, after)
        found.append(Entry(name=name, node=value, start=start, after=after, end=position))
    return found


def end_of(text: str, node: Node, start: int, after: int) -> int:
    """Where the value of an entry ends; its comments and empty lines do not count."""
    if isinstance(node, ScalarNode):
        if node.style in {"|", ">"}:
            return block_end(text, node.start_mark.index, column(text, start))
        return int(max(after, node.end_mark.index))
    if in_flow(node) or not node.value:
        return int(node.end_mark.index)
    return entries(text, node)[-1].end


def block_end(text: str, start: int, outer: int) -> int:
    """Where a block behind | or > ends. `outer` is the column of the name or dash that it belongs to."""
    head = _HEAD.match(text, start)
    mark = head[0] if head else ""
    end = position = line_end(text, start)
    inner = outer + int(digit[0]) if (digit := re.search(r"\d", mark)) else None
    while position < len(text):
        line = text[position + 1 : line_end(text, position + 1)]
        indent = len(line) - len(line.lstrip(" "))
        if line.strip(" "):
            inner = inner or indent
            if indent < inner or indent <= outer:
                break
        position += 1 + len(line)
        if line.strip(" ") or ("+" in mark and position < len(text)):
            end = position
    return end


def in_flow(node: Node) -> bool:
    """Whether a mapping or a list is written in brackets."""
    return isinstance(node, CollectionNode) and bool(node.flow_style)


def column(text: str, position: int) -> int:
    """How far into its line a position is, from 0."""
    return position - line_start(text, position)


def line_start(text: str, position: int) -> int:
    """Where the line of a position begins."""
    return text.rfind("\n", 0, position) + 1


def line_end(text: str, position: int) -> int:
    """Where the line of a position ends, before its newline."""
    found = text.find("\n", position)
    return found if found >= 0 else len(text)


def comment_on(text: str, position: int) -> str:
    """The comment on the rest of the line, with the space before it, or nothing."""
    rest = text[position : line_end(text, position)]
    return rest.rstrip() if rest.lstrip().startswith("#") else ""


def _behind_colon(text: str, position: int) -> int:
    found = re.compile(r"\s*:").match(text, position)
    return found.end() if found else position


def _dash(text: str, position: int) -> int:
    """The next dash, over empty lines and comments."""
    found = re.compile(r"(?:\s|#[^\n]*)*-").match(text, position)
    if found is None:
        raise ValueError("There is no dash where one was expected.")
    return found.end() - 1
