"""The sources of a working copy side by side: what each has wrong, and where one names what is not there."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.catalogue.model import Site
from app.kernel.problems import Problem
from app.kernel.sentences import did_you_mean
from app.library.checked import check, place_of
from app.library.folders import SITE, Files, Key, read_folders
from app.library.model import CompiledCourse


def check_folders(root: Path) -> list[Problem]:
    """Every problem in the working copy, in the order of paths and lines."""
    return sorted(problem for found in check_sources(read_folders(root)).values() for problem in found)


def check_sources(sources: Mapping[Key, Files]) -> dict[Key, list[Problem]]:
    """Every problem of each source. One source's mistakes are never told of another."""
    checked = {key: check(key[0], files) for key, files in sources.items()}
    site = checked[SITE].compiled if SITE in checked else None
    found = {key: list(each.problems) for key, each in checked.items()}
    if SITE not in checked:
        found[SITE] = [Problem(path="content/site.yml", line=1, sentence="There is no site.yml.")]
    for key, each in checked.items():
        if isinstance(each.compiled, CompiledCourse):
            about = _about_others(each.compiled, sources, site if isinstance(site, Site) else None)
            found[key] = sorted([*found[key], *about])
    return found


def _about_others(
    compiled: CompiledCourse, sources: Mapping[Key, Files], site: Site | None
) -> Iterator[Problem]:
    course = compiled.course
    files = sources[("course", course.slug)]
    if site is not None and site.programme(course.programme) is None:
        programmes = [programme.id for programme in site.programmes]
        yield _unknown(files, "programme", course.programme, programmes)
    designs = [slug for kind, slug in sources if kind == "design"]
    if course.design not in designs:
        yield _unknown(files, "design", course.design, designs)
    courses = [slug for kind, slug in sources if kind == "course" and slug != course.slug]
    for related in course.related:
        if related.course is not None and related.course not in courses:
            yield _unknown(files, "related", related.course, courses)


def _unknown(files: Files, field: str, name: str, known: list[str]) -> Problem:
    path, line, column = place_of(files, field)
    what = "related course" if field == "related" else field
    return Problem(
        path=path,
        line=line,
        column=column,
        sentence=f"There is no {what} called {name}.",
        fix=did_you_mean(name, known),
    )
