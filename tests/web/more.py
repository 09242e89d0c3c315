"""The good course with a third lesson that holds whatever a test wants to see."""

from pathlib import Path

from flask import Flask

from app.kernel.db import writing
from app.library.folders import read_folders
from app.library.publishing import publish
from app.web.shared.context import db
from tests.conftest import NOON

GOOD = Path(__file__).parents[1] / "authored" / "good"
ADDRESS = "/courses/good-course/more"
HEAD = """---
title: More to do
outcomes: [agree]
minutes: 1
---
## Something to do {#something}

Here it is.

"""


def publish_lesson(app: Flask, body: str, **files: bytes) -> str:
    """Publish the lesson, whose text after its first section is `body`, and give its address.

    `files` are further files of the course: path -> bytes.
    """
    course = dict(read_folders(GOOD)[("course", "good-course")]) | files
    course["content/good-course/30-more.md"] = (HEAD + body).encode()
    with app.app_context(), writing(db.session) as session:
        assert publish(session, "course", "good-course", course, by_id=None, now=NOON)
    return ADDRESS
