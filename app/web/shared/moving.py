"""A lesson's HTML, moved onto one page with the other lessons. Pure: text in, text out.

Its headings go one level down, beneath its title. Its ids are told apart by the lesson's slug, and whatever
leads to a lesson of the course then leads to the place on that page.
"""

import re
from collections.abc import Collection
from functools import partial

BETWEEN = "--"  # in no slug, so no two of the ids that it joins are alike
TOP = "top"  # taken by the site, so no section of a lesson is called that

_TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_HEADING = re.compile(r"h[2-5]")
_NAMED = re.compile(r'(\s)(id|for|list|aria-controls|aria-describedby|aria-labelledby|href)="([^"]*)"')
_PAINTED = re.compile(r"\burl\(#([\w-]+)\)")


def place_of(lesson: str, anchor: str = TOP) -> str:
    """The id that an anchor of this lesson has on the page of all; of its title where none is given."""
    return f"{lesson}{BETWEEN}{anchor}"


def moved(html: str, lesson: str, lessons: Collection[str]) -> str:
    """The HTML of `lesson` as it stands on one page with all `lessons`: both are slugs."""
    return _TAG.sub(partial(_tag, lesson=lesson, lessons=lessons), html)


def _tag(found: re.Match[str], lesson: str, lessons: Collection[str]) -> str:
    closing, name, attributes = found.groups()
    if _HEADING.fullmatch(name):
        name = f"h{int(name[1]) + 1}"
    if attributes:
        attributes = _NAMED.sub(partial(_attribute, lesson=lesson, lessons=lessons), attributes)
        attributes = _PAINTED.sub(lambda used: f"url(#{place_of(lesson, used[1])})", attributes)
    return f"<{closing}{name}{attributes}>"


def _attribute(found: re.Match[str], lesson: str, lessons: Collection[str]) -> str:
    space, name, value = found.groups()
    if name == "href":
        return f'{space}href="{_followed(value, lesson, lessons)}"'
    return f'{space}{name}="{" ".join(place_of(lesson, one) for one in value.split())}"'


def _followed(href: str, lesson: str, lessons: Collection[str]) -> str:
    page, _, anchor = href.partition("#")
    if page and page not in lessons:
        return href
    return f"#{place_of(page or lesson, anchor or TOP)}"
