"""What came of compiling a source's files, remembered, so that the same files are not compiled twice.

A caller can check before it begins to write: publishing then costs no rendering inside the transaction.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.catalogue.model import Site
from app.certification.design import Design
from app.kernel.problems import Problem
from app.library.compiling import compile_course, compile_design, compile_site
from app.library.folders import Files
from app.library.model import CompiledCourse

REMEMBERED = 64  # sources


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came of a source's files. `compiled` is None where there is an error."""

    compiled: CompiledCourse | Site | Design | None
    problems: tuple[Problem, ...]
    edition: int
    edition_place: tuple[str, int, int]


def check(kind: str, files: Files, purged: Mapping[str, str] | None = None) -> Checked:
    """Compile a source of this kind: course, design or site."""
    return _check(kind, tuple(sorted(files.items())), tuple(sorted((purged or {}).items())))


@lru_cache(maxsize=REMEMBERED)
def _check(kind: str, files: tuple[tuple[str, bytes], ...], purged: tuple[tuple[str, str], ...]) -> Checked:
    if kind == "course":
        course, problems = compile_course(dict(files), dict(purged))
        edition = course.course.edition if course else 1
        place = place_of(dict(files), "edition")
        return Checked(compiled=course, problems=tuple(problems), edition=edition, edition_place=place)
    compiled, problems = compile_site(dict(files)) if kind == "site" else compile_design(dict(files))
    return Checked(compiled=compiled, problems=tuple(problems), edition=1, edition_place=(files[0][0], 1, 1))


def place_of(files: Files, field: str) -> tuple[str, int, int]:
    """Where a field of course.yml stands, for problems that only show beside other sources."""
    for path, body in files.items():
        if path.endswith("/course.yml") and (found := re.search(rf"^{field}:".encode(), body, re.MULTILINE)):
            return path, body.count(b"\n", 0, found.start()) + 1, 1
    return next(iter(files), ""), 1, 1
