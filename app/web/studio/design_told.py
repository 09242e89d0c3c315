"""A design in words: its fields as a list, what braces are filled with, and where each problem is mended."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from app.kernel.authored import decode, load_yaml
from app.kernel.patching import CannotPatch, value_at
from app.kernel.problems import Problem
from app.library.design_files import design_file, design_folder, sample_file
from app.library.folders import Files
from app.library.pictures import is_picture
from app.web.studio.changes import shown
from app.web.studio.design_fields import KINDS
from app.web.studio.shapes.faults import Where, spots_of
from app.web.studio.told import Row, desk_of

SHORT = 60  # letters of a field's words in a list

FILLED = {
    "name": "The learner's name, as they gave it for print.",
    "course": "The title of the course.",
    "summary": "What the course is about.",
    "deed": "What they did, such as: answered every part of its test correctly.",
    "time": "The minutes, such as: 30 CPD minutes.",
    "hours": "The same in hours, such as: 0.5 hours.",
    "method": "How it was learnt: assessed e-learning.",
    "completed": "The day on which they completed it, and when they began.",
    "edition": "The edition of the course, the day of its law, and the nation.",
    "outcomes": "What they can do now, one under the other.",
    "pass_rule": "What it took to pass.",
    "issuer": "Who issues it, and how to reach them.",
    "code": "The code by which it is checked.",
    "check_address": "The address of the page where it is checked.",
    "kind": "What it is: Certificate of continuing professional development.",
    "expires": "The last day on which it is valid. What names it is left out where there is none.",
    "membership": "Their professional body and number. What names it is left out where they gave none.",
    "replaces": "The code of the certificate that it replaces. What names it is left out for a first one.",
    "note": "What it is not: a qualification under the Competence and Conduct Standard.",
}


def braces() -> list[tuple[str, str]]:
    """What may stand in braces, and what is printed in its place."""
    return [(f"{{{name}}}", printed) for name, printed in FILLED.items()]


def fields_in(text: str) -> list[dict[str, Any]]:
    """The fields of a design.yml as far as they can be made out."""
    try:
        found = value_at(text, ("fields",), [])
    except CannotPatch:
        return []
    return [each if isinstance(each, dict) else {} for each in found] if isinstance(found, list) else []


def called(field: Mapping[str, Any]) -> str:
    """What a field is called in a list: by its words where it has any."""
    kind = str(field.get("kind", ""))
    label = KINDS[kind][1] if kind in KINDS else "Field"
    rows = field.get("rows")
    words = str(field.get("text", field.get("file", "")))
    if isinstance(rows, list):
        words = ", ".join(str(row[0]) for row in rows if isinstance(row, list) and row)
    short = shown(" ".join(words.split()))
    return f"{label}: {short[:SHORT].rstrip()}{'…' if len(short) > SHORT else ''}" if short else label


def where_in(text: str, problem: Problem) -> Where:
    """The way to the innermost part of the text that a problem is about; () for none of them."""
    return _spots(text).get((problem.line, problem.column), ())


def to_mend(files: Files, slug: str, problems: Iterable[Problem]) -> list[tuple[str, list[Row]]]:
    """Each file with its problems as rows, each with the page on which it is mended."""
    found: dict[str, list[Row]] = {}
    for problem in problems:
        said = f"{problem.sentence} {problem.fix}".strip()
        found.setdefault(problem.path, []).append((*_mended(files, slug, problem), said))
    return [(path, [(where, said, href) for where, href, said in rows]) for path, rows in found.items()]


def _mended(files: Files, slug: str, problem: Problem) -> tuple[str, str]:
    """What a problem is about, in words, and the page on which it is mended."""
    desk, place = desk_of(("design", slug)), f"Line {problem.line}, column {problem.column}"
    if problem.path == sample_file(slug):
        return place, f"{desk}/sample"
    if is_picture(problem.path) and problem.path.startswith(design_folder(slug)):
        return place, f"{desk}/pictures"
    text, _ = decode(problem.path, files.get(problem.path, b""))
    where = where_in(text or "", problem) if problem.path == design_file(slug) else ()
    if where[:1] == ("fields",) and len(where) > 1 and isinstance(where[1], int):
        fields = fields_in(text or "")
        name = called(fields[where[1]]) if where[1] < len(fields) else "Field"
        return f"{name} ({place[0].lower()}{place[1:]})", f"{desk}/fields/{where[1] + 1}"
    if where == ("fields",):
        return place, f"{desk}/fields/new"
    return place, f"{desk}/look" if where else f"{desk}/source/{problem.path}#line-{problem.line}"


@lru_cache(maxsize=8)
def _spots(text: str) -> Mapping[tuple[int, int], Where]:
    node, _ = load_yaml("", text)
    return spots_of(node) if node is not None else {}
