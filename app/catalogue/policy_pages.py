"""Reading one page of the site itself: a title, and prose by the rules of lessons."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from app.catalogue.landmarks import LessonLink
from app.catalogue.model import PolicyPage
from app.catalogue.outline import outline
from app.catalogue.rendering import render
from app.catalogue.scanner import scan
from app.kernel.authored import decode, load_yaml, validate
from app.kernel.fields import Authored, Line
from app.kernel.problems import Problem
from app.kernel.sentences import did_you_mean


class FrontMatter(Authored):
    """What stands between the two lines of dashes."""

    title: Line


@dataclass(frozen=True, kw_only=True)
class ReadPage:
    """A page with what checking its links needs."""

    path: str
    page: PolicyPage
    anchors: tuple[str, ...]
    links: tuple[LessonLink, ...]


def read_page(path: str, slug: str, body: bytes) -> tuple[ReadPage | None, list[Problem]]:
    """The page in one file, or None where it has no usable front matter; with every mistake."""
    text, problems = decode(path, body)
    if text is None:
        return None, problems
    source, problems = scan(path, text)
    if source is None:
        return None, _of_a_page(problems)
    node, faults = load_yaml(path, source.front_matter, 2)
    front, more = validate(FrontMatter, node, path, 2) if node is not None else (None, [])
    rendered, prose_faults = render(path, source.prose, len(source.blocks), {})
    problems = [*_of_a_page(problems + prose_faults), *faults, *more]
    problems += [
        Problem(path=path, line=block.line, sentence="Blocks belong in lessons.", fix="Say it in prose.")
        for block in source.blocks
    ]
    if front is None:
        return None, problems
    html = "".join(piece for piece in rendered.pieces if isinstance(piece, str))
    read = ReadPage(
        path=path,
        page=PolicyPage(slug=slug, title=front.title, html=html),
        anchors=tuple(section.anchor for section in outline(html).sections),
        links=rendered.links,
    )
    return read, problems


def about_links(pages: Iterable[ReadPage], known: Collection[str]) -> Iterator[Problem]:
    """Links between the pages that lead nowhere. One that could not be read may have any section."""
    found = {read.page.slug: read for read in pages}
    for slug, read in found.items():
        for link in read.links:
            target = link.lesson or slug
            if link.lesson and target not in known:
                yield _unknown(read, link, "page", target, known)
            elif target in found and link.anchor and link.anchor not in found[target].anchors:
                places = [f"{target}#{anchor}" for anchor in found[target].anchors]
                yield _unknown(read, link, "section", f"{target}#{link.anchor}", places)


def _unknown(read: ReadPage, link: LessonLink, what: str, name: str, known: Iterable[str]) -> Problem:
    sentence = f"There is no {what} called {name} among the pages."
    fix = did_you_mean(name, known)
    return Problem(path=read.path, line=link.line, column=link.column, sentence=sentence, fix=fix)


def _of_a_page(problems: list[Problem]) -> list[Problem]:
    """What scanning and rendering say of lessons, said of a page."""
    return [_without_pictures(each) if _is_of_a_picture(each) else _reworded(each) for each in problems]


def _is_of_a_picture(problem: Problem) -> bool:
    return problem.sentence.startswith("There is no image called")


def _without_pictures(problem: Problem) -> Problem:
    return replace(problem, sentence="Pictures belong in lessons.", fix="Take it out, or say it in words.")


def _reworded(problem: Problem) -> Problem:
    return replace(
        problem,
        sentence=problem.sentence.replace("lesson", "page"),
        fix=problem.fix.replace("lesson", "page"),
    )
