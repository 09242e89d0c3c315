"""What the check says of a lesson, as its page tells it: each problem at its place, and the figures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.catalogue.scanner import end_of_front_matter
from app.kernel.problems import Level, Problem
from app.library.estimate import is_off
from app.library.looking import Figures, Look
from app.web.shared.contents import minutes_in_words
from app.web.studio.shapes.wording_blocks import KINDS

FIELDS = {"title": "Title", "minutes": "Minutes", "outcomes": "Outcomes"}
LONGEST_QUOTE = 60


@dataclass(frozen=True, kw_only=True)
class Told:
    """One problem on the page. `line` is the line of the text area, or 0 where it is about a field.

    `target` is the id of what it is about; `quote` begins the line, so that it is found without a script.
    """

    place: str
    target: str
    line: int
    level: Level
    sentence: str
    fix: str
    quote: str


def tell(problems: Iterable[Problem], file: str, *, in_fields: bool) -> list[Told]:
    """The problems of a lesson, errors first. `file` is its whole text as it was checked."""
    lines = file.split("\n")
    head = (end_of_front_matter(lines) or 0) if in_fields else 0
    told = [_told(problem, lines, head) for problem in problems]
    return sorted(told, key=lambda one: (one.level, one.line))


def elsewhere_in_words(look: Look) -> str:
    """What is wrong in the rest of the course, in a sentence."""
    errors = sum(problem.level == "error" for problem in look.elsewhere)
    warnings = len(look.elsewhere) - errors
    parts = [f"{errors} to mend before publishing"] if errors else []
    parts += [f"{warnings} to look at"] if warnings else []
    return (
        f"In the rest of the course: {', '.join(parts)}."
        if parts
        else "Nothing to mend in the rest of the course."
    )


def blocks_in(look: Look) -> list[tuple[str, str]]:
    """The lesson's blocks in their order: the id of each, and what its kind is called."""
    if look.lesson is None:
        return []
    return [(block.id, KINDS[block.kind][0]) for block in look.lesson.blocks.values()]


def figures_in_words(figures: Figures | None) -> list[tuple[str, str]]:
    """The figures as rows, each with its name."""
    if figures is None:
        return [("Figures", "They are counted once the lesson can be read.")]
    grade = "Too short to say" if figures.grade is None else f"{figures.grade:.1f}, and 9 or less reads well"
    rows = [
        ("Words", f"{figures.words:,}"),
        ("Reading grade", grade),
        (
            "Minutes",
            _minutes(
                figures.minutes, figures.estimate.minutes, off=is_off(figures.minutes, figures.estimate)
            ),
        ),
    ]
    if figures.course_minutes is not None and figures.course_estimate is not None:
        off = is_off(figures.course_minutes, figures.course_estimate)
        rows.append(
            ("The course", _minutes(figures.course_minutes, figures.course_estimate.minutes, off=off))
        )
    return rows


def _minutes(stated: int, estimated: int, *, off: bool) -> str:
    if stated == estimated:
        return f"{minutes_in_words(stated)}, as the estimate says"
    return f"{minutes_in_words(stated)} stated, {estimated} estimated{', too far apart' if off else ''}"


def _told(problem: Problem, lines: Sequence[str], head: int) -> Told:
    line = max(0, problem.line - head)
    field = _field(lines, problem.line) if not line else ""
    quote = "" if field or problem.line == 1 else lines[problem.line - 1 : problem.line]
    place = FIELDS[field] if field else "The whole lesson" if problem.line == 1 else f"Line {line}"
    return Told(
        place=place if field or line or problem.line == 1 else "Title, outcomes and minutes",
        target=field or "text",
        line=line,
        level=problem.level,
        sentence=problem.sentence,
        fix=problem.fix,
        quote=" ".join(" ".join(quote).split())[:LONGEST_QUOTE],
    )


def _field(lines: Sequence[str], line: int) -> str:
    """The field of the front matter on this line, or on the nearest above that begins one."""
    for number in range(min(line, len(lines)), 1, -1):
        if found := re.match(r"(\w+):", lines[number - 1]):
            return found[1] if found[1] in FIELDS else ""
    return ""
