"""The practice block: an ungraded question, answered at once."""

from typing import Any

from app.catalogue.model import Practice
from app.kernel.authored import validate
from app.kernel.fields import Authored, Slug
from app.kernel.problems import Problem


class _Options(Authored):
    id: Slug
    question: Slug


def read(node: Any, path: str, first_line: int) -> tuple[Practice | None, list[Problem]]:
    """A practice block from its options. Whether the question exists is for the whole course to say."""
    options, problems = validate(_Options, node, path, first_line)
    return (Practice(id=options.id, question=options.question) if options else None), problems
