"""The kinds of block that a lesson may hold: one module each. A new kind is one module and one line here."""

from collections.abc import Callable, Mapping
from typing import Any

from app.catalogue.blocks import practice, reflection
from app.catalogue.model import Block
from app.kernel.authored import load_yaml
from app.kernel.problems import Problem
from app.kernel.sentences import did_you_mean

Reader = Callable[[Any, str, int], tuple[Block | None, list[Problem]]]

KINDS: Mapping[str, Reader] = {"practice": practice.read, "reflection": reflection.read}


def read_block(kind: str, options: str, path: str, line: int) -> tuple[Block | None, list[Problem]]:
    """The block whose fence stands on `line`, with its options beneath, or None and what is wrong with it."""
    reader = KINDS.get(kind)
    if reader is None:
        fix = did_you_mean(kind, KINDS) or f"Use one of: {', '.join(KINDS)}."
        return None, [
            Problem(path=path, line=line, sentence=f"There is no kind of block called {kind[:40]}.", fix=fix)
        ]
    node, problems = load_yaml(path, options, line + 1)
    if node is None:
        return None, problems
    return reader(node, path, line + 1)
