"""The reflection block: a prompt for words that nobody else reads."""

from typing import Any

from app.catalogue.model import Reflection
from app.kernel.authored import validate
from app.kernel.fields import Authored, Prose, Slug
from app.kernel.problems import Problem


class _Options(Authored):
    id: Slug
    prompt: Prose
    hint: Prose = ""
    optional: bool = False


def read(node: Any, path: str, first_line: int) -> tuple[Reflection | None, list[Problem]]:
    """A reflection block from its options."""
    options, problems = validate(_Options, node, path, first_line)
    return (Reflection(**dict(options)) if options else None), problems
