"""The words that a new lesson starts with, marked as still to be written; and where such words are left."""

from collections.abc import Mapping

from app.kernel.problems import Problem

MARK = "To be written:"
LESSON = f"""\
---
title: A lesson
outcomes: []
minutes: 1
---
## A first section {{#a-first-section}}

{MARK} a case from your own work, told in a few short sentences. Then say what it shows.
"""


def about_placeholders(files: Mapping[str, bytes]) -> list[Problem]:
    """A warning for each line that still has such words."""
    marked = MARK.encode()
    return [
        Problem(
            path=path,
            line=number,
            column=line.index(marked) + 1,
            level="warning",
            sentence="This is still to be written.",
            fix="Put your own words here.",
        )
        for path, body in files.items()
        if marked in body and path.endswith((".md", ".yml"))
        for number, line in enumerate(body.split(b"\n"), 1)
        if marked in line
    ]
