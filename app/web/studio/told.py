"""How a source stands, in words: what is live, who saved it last, what is due, where a problem is mended."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from app.assessment.wording import in_words
from app.catalogue.lessons import FILE_NAME
from app.kernel.clock import day_in_words, local_day
from app.kernel.problems import Problem
from app.library.course_files import course_file
from app.library.folders import Key
from app.library.health import Health
from app.library.live import Live
from app.web.shared.context import now, settings, today
from app.web.shared.moments import saved_in_words
from app.web.studio.source_address import PLACES

Row = tuple[str, str, str]  # where, what is wrong and what to do, where it is mended ("" for nowhere)


def live_in_words(key: Key, live: Live | None) -> str:
    """'Edition 2, live since 1 October 2026.'"""
    if live is None:
        return "Not published yet."
    since = day_in_words(local_day(live.published_at, settings().time_zone))
    return f"Edition {live.edition}, live since {since}." if key[0] == "course" else f"Live since {since}."


def draft_in_words(health: Health, names: Mapping[int | None, str]) -> str:
    """Who saved the draft last, and that it is not live; "" where it is."""
    if not health.draft.differs:
        return ""
    at = saved_in_words(health.saved_at, now(), settings().time_zone)
    by = f"by {names[health.saved_by_id]}" if health.saved_by_id is not None else "from the folders"
    return f"The draft was saved {at} {by}{' and is not live yet' if health.draft.live else ''}."


def used_in_words(courses: Sequence[str]) -> str:
    """Which courses use a design, by their titles, in a sentence."""
    return f"Used by {', '.join(courses)}." if courses else "No course uses it yet."


def count_of_problems(health: Health) -> str:
    """'Two things to mend, one to look at.', or "" where there is nothing."""
    mend = _things(len(health.errors), "to mend")
    look = _things(len(health.warnings), "to look at")
    said = ", ".join(filter(None, (mend, look)))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _things(count: int, what: str) -> str:
    return f"{in_words(count)} {'thing' if count == 1 else 'things'} {what}" if count else ""


def review_in_words(health: Health) -> str:
    """'Law as at 1 October 2026. Its review was due on 1 November 2026.'"""
    said = f"Law as at {day_in_words(health.law_as_at)}. " if health.law_as_at else ""
    if health.review_by is None:
        return said.strip()
    day = day_in_words(health.review_by)
    return said + (
        f"Its review was due on {day}." if health.review_by < today() else f"To be reviewed by {day}."
    )


def by_file(problems: Iterable[Problem], slug: str = "") -> list[tuple[str, list[Row]]]:
    """Each file with its problems as rows. `slug` is the course in whose pages they are mended."""
    return [
        (path, [_row(problem, slug) for problem in found])
        for path, found in groupby(problems, key=lambda problem: problem.path)
    ]


def desk_path(slug: str) -> str:
    """Where a course is edited."""
    return desk_of(("course", slug))


def desk_of(key: Key) -> str:
    """Where a course or a certificate's design is edited."""
    return f"/studio/{PLACES[key[0]]}/{key[1]}"


def _row(problem: Problem, slug: str) -> Row:
    where = f"Line {problem.line}, column {problem.column}"
    return where, f"{problem.sentence} {problem.fix}".strip(), _mended_at(problem, slug) if slug else ""


def _mended_at(problem: Problem, slug: str) -> str:
    """The page on which an editor mends this."""
    desk, name = desk_path(slug), problem.path.rpartition("/")[2]
    if problem.path == course_file(slug):
        return f"{desk}/settings"
    if problem.path.startswith(f"content/{slug}/images/"):
        return f"{desk}/pictures"
    if problem.path.startswith(f"content/{slug}/") and (lesson := FILE_NAME.match(name)):
        return f"{desk}/lessons/{lesson['slug']}#line-{problem.line}"
    return f"{desk}/source/{problem.path}#line-{problem.line}"
