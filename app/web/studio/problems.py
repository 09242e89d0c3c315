"""The studio's first page: every course, what is live of it, and what its author still has to mend."""

from collections.abc import Mapping
from itertools import groupby

from flask import Blueprint, render_template

from app.assessment.wording import in_words
from app.kernel.clock import day_in_words, local_day
from app.kernel.problems import Problem
from app.learning.time_spent import FEWEST_PEOPLE, median_time
from app.library.model import CompiledCourse
from app.library.overview import Standing, overview
from app.web.shared.contents import minutes_in_words
from app.web.shared.context import db, settings, shelf

blueprint = Blueprint("problems", __name__, template_folder="templates")


@blueprint.get("/studio")
def show() -> str:
    found = overview(db.session(), settings().sources)
    live = {each.course.slug: each for each in shelf().courses(db.session())}
    return render_template(
        "studio/problems.html",
        standings=[
            (standing, _what_is_live(standing), _what_differs(standing), _how_long(standing, live))
            for standing in found
        ],
        by_file=_by_file,
        errors=sum(len(standing.errors) for standing in found),
    )


def _by_file(problems: tuple[Problem, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each file with its problems as rows: where, and what to do."""
    return [
        (
            path,
            [
                (f"Line {each.line}, column {each.column}", f"{each.sentence} {each.fix}".strip())
                for each in found
            ],
        )
        for path, found in groupby(problems, key=lambda problem: problem.path)
    ]


def _what_is_live(standing: Standing) -> str:
    if standing.edition is None or standing.published_at is None:
        return "Not published yet."
    since = day_in_words(local_day(standing.published_at, settings().time_zone))
    return (
        f"Edition {standing.edition}, live since {since}."
        if standing.kind == "course"
        else f"Live since {since}."
    )


def _how_long(standing: Standing, live: Mapping[str, CompiledCourse]) -> str:
    """The minutes that a live course states, beside the estimate and what people really took."""
    compiled = live.get(standing.slug) if standing.kind == "course" else None
    if compiled is None:
        return ""
    stated = minutes_in_words(compiled.course.minutes)
    said = f"It states {stated}, and the estimate is {compiled.estimate.minutes}."
    real = median_time(db.session(), compiled.course.slug, compiled.course.edition)
    if real is None:
        return f"{said} What people really take is shown once {in_words(FEWEST_PEOPLE)} have completed it."
    took = minutes_in_words(real.minutes)
    return f"{said} Half of the {real.people} people who completed it last took {took} or less."


def _what_differs(standing: Standing) -> str:
    count = len(standing.differences)
    if standing.edition is None or not count:
        return ""
    files = "1 file" if count == 1 else f"{count} files"
    return f"The folders have moved on by {files}, which {'is' if count == 1 else 'are'} not live yet."
