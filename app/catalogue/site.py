"""Reading the site: site.yml, and the pages that it lists. Mistakes come as Problems."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from app.catalogue.model import Issuer, Programme, Site
from app.catalogue.policy_pages import ReadPage, about_links, read_page
from app.kernel.authored import decode, load_yaml, place, validate
from app.kernel.fields import Authored, Line, Listed, Prose, Slug
from app.kernel.problems import Problem

SITE_PATH = "content/site.yml"
PAGES = "content/pages/"
FILE_NAME = re.compile(r"^content/pages/(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md$")


class SiteFile(Authored):
    """site.yml as written. The foot of every page links to `pages` in their order."""

    name: Line
    issuer: Issuer
    programmes: Annotated[tuple[Programme, ...], Listed, Field(min_length=1)]
    programmes_note: Prose
    pages: Annotated[tuple[Slug, ...], Listed, Field(max_length=12)] = ()


def read_site(files: Mapping[str, bytes]) -> tuple[Site | None, list[Problem]]:
    """The site's own facts, or None where site.yml cannot be used; with every mistake."""
    sheet, node, problems = _site_file(files.get(SITE_PATH))
    if sheet is not None:
        problems += _given_twice(node, "programmes", "programme", [one.id for one in sheet.programmes])
        problems += _given_twice(node, "pages", "page", sheet.pages)
        problems += _not_there(node, sheet.pages, files)
    pages, faults = _read_pages(files, None if sheet is None else sheet.pages)
    problems += faults
    if sheet is None:
        return None, problems
    site = Site(
        name=sheet.name,
        issuer=sheet.issuer,
        programmes=sheet.programmes,
        programmes_note=sheet.programmes_note,
        pages=tuple(pages[slug].page for slug in sheet.pages if slug in pages),
    )
    return site, problems


def _site_file(body: bytes | None) -> tuple[SiteFile | None, Any, list[Problem]]:
    if body is None:
        return None, None, [Problem(path=SITE_PATH, line=1, sentence="There is no site.yml.")]
    text, problems = decode(SITE_PATH, body)
    if text is None:
        return None, None, problems
    node, problems = load_yaml(SITE_PATH, text)
    if node is None:
        return None, None, problems
    sheet, problems = validate(SiteFile, node, SITE_PATH)
    return sheet, node, problems


def _given_twice(node: Any, field: str, what: str, names: list[str] | tuple[str, ...]) -> Iterator[Problem]:
    line, column = place(node, (field,))
    for name, times in Counter(names).items():
        if times > 1:
            sentence = f"There is more than one {what} called {name}."
            yield Problem(path=SITE_PATH, line=line, column=column, sentence=sentence)


def _not_there(node: Any, listed: tuple[str, ...], files: Mapping[str, bytes]) -> Iterator[Problem]:
    for number, slug in enumerate(listed):
        if f"{PAGES}{slug}.md" not in files:
            line, column = place(node, ("pages", number))
            sentence = f"There is no file {PAGES}{slug}.md."
            fix = f"Write it, or take {slug} out of pages."
            yield Problem(path=SITE_PATH, line=line, column=column, sentence=sentence, fix=fix)


def _read_pages(
    files: Mapping[str, bytes], listed: tuple[str, ...] | None
) -> tuple[dict[str, ReadPage], list[Problem]]:
    """The pages by slug, whether listed or not. `listed` is None where site.yml does not say."""
    pages: dict[str, ReadPage] = {}
    problems: list[Problem] = []
    slugs: list[str] = []
    for path in sorted(files):
        name = FILE_NAME.match(path)
        if name is None:
            if path.startswith(PAGES):
                problems.append(_stray(path, "This file is not used.", "A page is named like help.md."))
            continue
        slug = name["slug"]
        slugs.append(slug)
        if listed is not None and slug not in listed:
            fix = f"Add {slug} to pages in site.yml, or take the file out."
            problems.append(_stray(path, "site.yml does not list this page, so nobody can open it.", fix))
        page, faults = read_page(path, slug, files[path])
        problems += faults
        if page is not None:
            pages[slug] = page
    problems += about_links(pages.values(), slugs if listed is None else listed)
    return pages, problems


def _stray(path: str, sentence: str, fix: str) -> Problem:
    return Problem(path=path, line=1, level="warning", sentence=sentence, fix=fix)
