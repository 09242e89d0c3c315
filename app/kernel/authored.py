"""Reading authored YAML: every mistake is a Problem at its line and column, and nothing is raised.

YAML 1.2 through ruamel, so `yes` and `no` stay words. Dates stay words too, until a field asks for one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError

from app.kernel.loading import LARGEST_FILE, SLIPS, loader
from app.kernel.problems import Problem
from app.kernel.sentences import about_field, without_misspelt
from app.kernel.syntax import about_yaml

Model = TypeVar("Model", bound=BaseModel)


def decode(path: str, body: bytes) -> tuple[str | None, list[Problem]]:
    """The text of an authored file: UTF-8, at most 256 KB, no NUL. Line endings become plain newlines."""
    if len(body) > LARGEST_FILE:
        return None, [
            Problem(path=path, line=1, sentence="This file is larger than 256 KB.", fix="Split it up.")
        ]
    body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        fix = "Save the file again and choose UTF-8."
        return None, [Problem(path=path, line=line, sentence="This line is not UTF-8 text.", fix=fix)]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return None, [
            Problem(path=path, line=line, sentence="This line holds a NUL character.", fix="Take it out.")
        ]
    return text, []


def load_yaml(path: str, text: str, first_line: int = 1) -> tuple[Any, list[Problem]]:
    """The tree of plain values in `text`, with places (`node.lc`), or None and what is wrong.

    `first_line` is the line of the file on which `text` starts. Aliases, tags, nesting deeper than 12 and
    more than 10,000 parts are refused: nothing here needs them and each can be made to stop a server.
    """
    if len(text) > LARGEST_FILE:
        return None, [
            Problem(path=path, line=first_line, sentence="This is longer than 256 KB.", fix="Split it up.")
        ]
    yaml = loader()
    try:
        node = yaml.load(text)
    except YAMLError as error:
        return None, [_syntax_problem(path, text, first_line, error)]
    except SLIPS:
        sentence, fix = about_yaml("")
        return None, [Problem(path=path, line=first_line, sentence=sentence, fix=fix)]
    if repeated := yaml.constructor.repeated:
        return None, [_repeated_problem(path, first_line, key) for key in repeated]
    if node is None:
        return None, [Problem(path=path, line=first_line, sentence="There is nothing here yet.")]
    return node, []


def validate(
    model: type[Model], node: Any, path: str, first_line: int = 1
) -> tuple[Model | None, list[Problem]]:
    """An instance of `model` made from a tree of `load_yaml`, or None and every field that is wrong."""
    try:
        return model.model_validate(node), []
    except ValidationError as errors:
        problems = []
        for error in without_misspelt(model, errors.errors(include_url=False)):
            line, column = place(node, error["loc"], first_line)
            sentence, fix = about_field(model, error)
            problems.append(Problem(path=path, line=line, column=column, sentence=sentence, fix=fix))
        return None, sorted(problems)
    except RecursionError:
        return None, [Problem(path=path, line=first_line, sentence="This is nested too deeply.")]


def place(node: Any, where: Sequence[Any], first_line: int = 1) -> tuple[int, int]:
    """Line and column, from 1, of the key or entry that `where` leads to, or of the nearest one above it."""
    line, column = _start(node)
    for part in where:
        marks = getattr(node, "lc", None)
        if marks is None:
            break
        if isinstance(node, Mapping) and part in node:
            line, column = marks.key(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            line, column = marks.item(part)
        else:
            continue  # a part that pydantic adds, such as the name of a union's branch
        node = node[part]
    return line + first_line, column + 1


def _start(node: Any) -> tuple[int, int]:
    marks = getattr(node, "lc", None)
    return (marks.line or 0, marks.col or 0) if marks is not None else (0, 0)


def _syntax_problem(path: str, text: str, first_line: int, error: YAMLError) -> Problem:
    line, column, said = 0, 0, str(error)
    if isinstance(error, MarkedYAMLError):
        said = f"{error.context or ''} {error.problem or ''}"
        opened = (
            "quoted scalar" in said or "parsing a flow" in said
        )  # where it opened says more than where it ended
        mark = (error.context_mark if opened else error.problem_mark) or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
    elif isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position)
        column = error.position - (text.rfind("\n", 0, error.position) + 1)
    sentence, fix = about_yaml(said)
    return Problem(path=path, line=line + first_line, column=column + 1, sentence=sentence, fix=fix)


def _repeated_problem(path: str, first_line: int, key: ScalarNode) -> Problem:
    line, column = key.start_mark.line + first_line, key.start_mark.column + 1
    return Problem(
        path=path,
        line=line,
        column=column,
        sentence=f"{key.value} is given twice here.",
        fix="Keep one of them.",
    )
