"""An authoring error with its place, said so that the author can mend it."""

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One thing wrong in one authored file. Lines and columns count from 1.

    An error keeps a source from being published: it could not be graded, linked or drawn, or is unsafe.
    A warning does not.
    """

    path: str
    line: int
    column: int = 1
    level: Level = "error"
    sentence: str
    fix: str = ""

    def __str__(self) -> str:
        mend = f" {self.fix}" if self.fix else ""
        said = f"{self.path}:{self.line}:{self.column}: {self.level}: {self.sentence}{mend}"
        return CONTROL.sub("\ufffd", said)  # a file's name may hold what would steer a terminal


def has_errors(problems: list[Problem]) -> bool:
    """True where at least one problem keeps the source from being published."""
    return any(problem.level == "error" for problem in problems)
