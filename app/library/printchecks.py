"""Words of a course and of the site that certificates print: letters that none can print are told here."""

from collections.abc import Iterator

from app.catalogue.model import Course, Site
from app.certification.printable import words_problem
from app.kernel.problems import Problem

SITE_PATH = "content/site.yml"
Told = tuple[tuple[str | int, ...], str]  # the way to a field, and what is wrong with its words


def about_printed_words(course: Course) -> Iterator[Told]:
    """The fields of course.yml that cannot be printed: with one of them no certificate could be made."""
    fields: list[tuple[tuple[str | int, ...], str]] = [
        (("title",), course.title),
        (("summary",), course.summary),
        (("nation",), course.nation),
        *((("outcomes", number), outcome.text) for number, outcome in enumerate(course.outcomes)),
    ]
    for where, text in fields:
        if sentence := words_problem(text):
            yield where, sentence


def about_issuer(site: Site) -> Iterator[Problem]:
    """The same for whoever issues the certificates."""
    for text in (site.issuer.name, site.issuer.contact):
        if sentence := words_problem(text):
            yield Problem(path=SITE_PATH, line=1, sentence=f"In issuer: {sentence}")
