"""The studio's first page: every course and design with its health, who waits for whom, what falls due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template

from app.assessment.wording import in_words
from app.library.design_files import courses_using
from app.library.health import Health, health
from app.library.overview import Standing, overview
from app.people.names import names_of
from app.web.shared.context import db, settings, today
from app.web.studio.told import (
    by_file,
    count_of_problems,
    desk_of,
    draft_in_words,
    live_in_words,
    review_in_words,
    used_in_words,
)

blueprint = Blueprint("problems", __name__, template_folder="templates")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One source in a list: `calls` are what somebody has to do, `said` is how it stands."""

    title: str
    href: str
    calls: tuple[str, ...]
    said: tuple[str, ...]


@blueprint.get("/studio")
def show() -> str:
    session = db.session()
    found = health(session)
    names = names_of(session, [person_id for each in found for person_id in _people(each)])
    used = courses_using(each.draft for each in found)
    folders = [each for each in overview(session, settings().sources) if _moved_on(each)]
    return render_template(
        "studio/problems.html",
        courses=[_entry(each, names) for each in _by_need(found) if each.key[0] == "course"],
        designs=[_entry(each, names, used) for each in found if each.key[0] == "design"],
        others=[_entry(each, names) for each in found if each.key[0] == "site"],
        folders=[
            (each, _how_folders_differ(each), by_file([*each.errors, *each.warnings])) for each in folders
        ],
        lead=_lead(found),
    )


def _people(each: Health) -> Iterator[int | None]:
    yield each.saved_by_id
    if each.asked:
        yield each.asked.asked_by_id


def _by_need(found: tuple[Health, ...]) -> list[Health]:
    """First whatever waits for somebody, then what is due soonest."""
    return sorted(
        found, key=lambda each: (each.asked is None, str(each.review_by or "9999"), each.title.casefold())
    )


def _lead(found: tuple[Health, ...]) -> str:
    waiting = sum(each.asked is not None for each in found)
    broken = sum(bool(each.errors) for each in found if each.key[0] == "course")
    designs = sum(bool(each.errors) for each in found if each.key[0] == "design")
    if waiting:
        return f"{_courses(waiting, 'waits', 'wait')} for a second person."
    if broken:
        return f"{_courses(broken, 'has', 'have')} to be mended before everything can be published."
    if designs:
        return "A certificate's design has to be mended before everything can be published."
    return "Everything can be published."


def _courses(count: int, one: str, several: str) -> str:
    counted = in_words(count)
    return f"{counted[:1].upper()}{counted[1:]} {f'course {one}' if count == 1 else f'courses {several}'}"


def _entry(
    each: Health, names: Mapping[int | None, str], used: Mapping[str, tuple[str, ...]] | None = None
) -> Entry:
    """A source in its list. `used` leads from a design to the courses that use it."""
    kind, slug = each.key
    asked = f"{names[each.asked.asked_by_id]} asks for a second person to publish it." if each.asked else ""
    overdue = review_in_words(each) if each.due(today()) else ""
    said = (
        " ".join(filter(None, (live_in_words(each.key, each.draft.live), draft_in_words(each, names)))),
        "" if overdue else review_in_words(each),
        "" if used is None else used_in_words(used.get(slug, ())),
    )
    return Entry(
        title=each.title,
        href="" if kind == "site" else desk_of(each.key),
        calls=tuple(filter(None, (asked, count_of_problems(each), overdue))),
        said=tuple(filter(None, said)),
    )


def _moved_on(standing: Standing) -> bool:
    return bool(standing.differences or standing.errors)


def _how_folders_differ(standing: Standing) -> str:
    count = len(standing.differences)
    if standing.edition is None:
        return "Only in the folders so far."
    files = "1 file" if count == 1 else f"{count} files"
    return (
        f"The folders have moved on by {files}, which {'is' if count == 1 else 'are'} not live yet."
        if count
        else ""
    )
