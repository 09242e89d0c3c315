"""From a part of a YAML text and the value it shall have to the splices that give it that value."""

from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.kernel.yaml_chunks import Chunk, Splice, chunks_of, rearranged, reordered_in_brackets, spliced
from app.kernel.yaml_spans import Entry, column, comment_on, entries, in_flow, line_end
from app.kernel.yaml_words import WIDTH, same, word
from app.kernel.yaml_writing import behind_dash, behind_name, in_brackets, scalar

Plan = list[tuple[int | None, Any]]  # for each part from now on: its number until now, and its value


def revise(
    text: str, entry: Entry, was: Any, value: Any, *, brackets: bool = False, root: bool = False
) -> list[Splice]:
    """The splices that turn the value of an entry from `was` into `value`.

    `brackets`: it stands within some. `root`: it is the whole file.
    """
    if same(was, value):
        return []
    node = entry.node
    if isinstance(value, dict) and value and isinstance(node, MappingNode) and node.value:
        return arrange(text, node, was, _named_plan(was, value), names=_names(was, value), root=root)
    if isinstance(value, list) and value and isinstance(node, SequenceNode) and node.value:
        return arrange(text, node, was, _listed_plan(was, value))
    if brackets:
        start = entry.start if isinstance(entry.name, int) else max(entry.after, node.start_mark.index)
        space = " " if start == entry.after and not isinstance(entry.name, int) else ""
        return [(start, max(entry.end, start), space + in_brackets(value))]
    if isinstance(node, ScalarNode) and node.start_mark.index >= entry.after and entry.end > entry.after:
        return [_scalar_splice(text, entry, node, value)]
    return [_whole_splice(text, entry, value)]


def arrange(
    text: str, node: Node, was: Any, plan: Plan, *, names: list[str] | None = None, root: bool = False
) -> list[Splice]:
    """The splices that give a mapping (its parts called `names`) or a list that is not empty these parts."""
    found, brackets = entries(text, node), in_flow(node)
    values = list(was.values()) if isinstance(was, dict) else was
    inner: dict[int, list[Splice]] = {
        number: revise(text, found[number], values[number], value, brackets=brackets)
        for number, value in plan
        if number is not None
    }
    if [number for number, _ in plan] == list(range(len(found))):
        return [splice for splices in inner.values() for splice in splices]
    if brackets:
        texts = [
            (number, spliced(text, found[number].start, found[number].end, inner[number]))
            if number is not None
            else (None, (f"{word(names[place])}: " if names else "") + in_brackets(value))
            for place, (number, value) in enumerate(plan)
        ]
        return [reordered_in_brackets(text, found, texts)]
    chunks, planned = chunks_of(text, found, root), []
    for place, (number, value) in enumerate(plan):
        if number is None:
            body = _new(text, found, value, names[place] if names else None)
            planned.append(Chunk(was=None, body=body))
            continue
        chunk, entry = chunks[number], found[number]
        begin = entry.start - column(text, entry.start)
        lead = " " * (entry.start - begin)
        body = lead + spliced(text, entry.start, line_end(text, entry.end), inner[number])
        planned.append(Chunk(was=number, body=body, own=chunk.own, above=chunk.above))
    return [rearranged(text, found, chunks, planned)]


def _new(text: str, found: list[Entry], value: Any, name: str | None) -> str:
    """The lines of a new part, in the column of the others and, in a list, in brackets where they are."""
    indent = column(text, found[0].start)
    space = " " * indent
    if name is not None:
        head = f"{space}{word(name)}:"
        return head + behind_name(value, len(head), indent + 2)
    line = in_brackets(value)
    bracketed = isinstance(value, dict | list) and all(
        in_flow(each.node) for each in found if each.node.value
    )
    if bracketed and len(space) + 2 + len(line) <= WIDTH + 40:
        return f"{space}- {line}"
    return f"{space}-{behind_dash(value, indent)}"


def _names(was: dict[str, Any], value: dict[str, Any]) -> list[str]:
    """The names in the order in which they stood; a new one follows the one that it follows in `value`."""
    names = [name for name in was if name in value]
    before = None
    for name in value:
        if name not in was:
            names.insert(names.index(before) + 1 if before is not None else 0, name)
        before = name
    return names


def _named_plan(was: dict[str, Any], value: dict[str, Any]) -> Plan:
    places = {name: number for number, name in enumerate(was)}
    return [(places.get(name), value[name]) for name in _names(was, value)]


def _listed_plan(was: list[Any], value: list[Any]) -> Plan:
    """Which part is which: by its id, else by being the same; in lists of equal length by its place."""
    marks = [_mark(part) for part in was]
    left = dict(enumerate(was))
    plan: Plan = []
    for part in value:
        mark = _mark(part)
        alike = (
            number
            for number, old in left.items()
            if (mark is not None and marks[number] == mark) or same(old, part)
        )
        number = next(alike, None)
        if number is not None:
            del left[number]
        plan.append((number, part))
    if len(was) == len(value):  # one in its old place with another id is still that one
        return [
            (place if number is None and place in left else number, part)
            for place, (number, part) in enumerate(plan)
        ]
    return plan


def _mark(part: Any) -> Any:
    return part.get("id") if isinstance(part, dict) else None


def _scalar_splice(text: str, entry: Entry, node: ScalarNode, value: Any) -> Splice:
    """A new value in the place of an old one; the comment behind it stays on its first line."""
    start, indent = node.start_mark.index, column(text, entry.start) + 2
    if isinstance(value, dict | list):
        return _whole_splice(text, entry, value)
    head, *body = text[start : entry.end].split("\n")
    lines = [line.strip(" ") for line in body] if node.style == ">" and all(body) else None
    new = scalar(value, column=column(text, start), indent=indent, style=node.style, was=lines)
    block = node.style in {"|", ">"}
    comment = head[len(head.split(" ")[0]) :].rstrip() if block else comment_on(text, entry.end)
    first, *rest = new.split("\n")
    end = line_end(text, entry.end) if comment else entry.end
    return start, end, "\n".join([first + comment, *rest])


def _whole_splice(text: str, entry: Entry, value: Any) -> Splice:
    """A value of another kind in the place of what was there."""
    indent, end = column(text, entry.start), max(entry.after, entry.end)
    if isinstance(entry.name, int):
        new = behind_dash(value, indent)
    else:
        new = behind_name(value, column(text, entry.after), indent + 2)
    comment = comment_on(text, end)
    first, *rest = new.split("\n")
    return entry.after, line_end(text, end) if comment else end, "\n".join([first + comment, *rest])
