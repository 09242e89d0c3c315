"""Prose to safe HTML: Python-Markdown with a fixed set of extensions, then an allow list. Done once.

Raw HTML is never passed on, whatever the scanner let through: it is printed as it was typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import nh3
from markdown import Markdown
from markdown.extensions import Extension

from app.catalogue.glossary import NOTE, ROLE, Glossary
from app.catalogue.images import Images
from app.catalogue.landmarks import Landmarks, LessonLink
from app.catalogue.model import Term
from app.catalogue.scanner import html_in, mark_of
from app.kernel.problems import Problem

ATTRIBUTES = {
    "a": {"href", "rel", "title"},
    "aside": {"id"},
    "dfn": {"aria-describedby"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "img": {"src", "alt", "title", "loading", "width", "height"},
    "ol": {"start"},
    "th": {"scope"},
}
PLAIN_TAGS = {"blockquote", "br", "code", "em", "hr", "li", "p", "pre", "strong"}
PLAIN_TAGS |= {"table", "tbody", "td", "thead", "tr", "ul"}
TAGS = set(ATTRIBUTES) | PLAIN_TAGS
SCHEMES = {"http", "https", "mailto", "tel"}

# What the Markdown library lets slip on hostile text; nothing it does touches more than the text.
_SLIPS = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A lesson's prose as HTML, cut where blocks stood: a number is the block with that number."""

    pieces: tuple[str | int, ...]
    links: tuple[LessonLink, ...]
    terms: frozenset[str]


def render(
    path: str, prose: str, blocks: int, images: Images, terms: Sequence[Term] = ()
) -> tuple[Rendered, list[Problem]]:
    """The prose of a scanned lesson. `images` are the course's, by the name in the text."""
    glossary = Glossary(terms)
    landmarks = Landmarks(path, prose, images)
    spaced = prose
    for number in range(blocks):
        spaced = spaced.replace(mark_of(number), f"\n\n{mark_of(number)}\n\n")
    try:
        html = _reader(landmarks, glossary).convert(spaced)
    except _SLIPS:
        sentence = "This lesson's Markdown cannot be read."
        problem = Problem(
            path=path, line=1, sentence=sentence, fix="Look for nested lists, quotes or brackets."
        )
        return Rendered(pieces=(), links=(), terms=frozenset()), [problem]
    rendered = Rendered(
        pieces=_cut(_clean(html)), links=tuple(landmarks.links), terms=frozenset(glossary.used)
    )
    return rendered, landmarks.problems


def render_text(path: str, line: int, text: str) -> tuple[str, list[Problem]]:
    """Paragraphs of Markdown from a YAML field that stands on `line`: no headings, no pictures."""
    rendered, problems = render(path, text, 0, {})
    problems += html_in(path, text.split("\n"))
    html = "".join(piece for piece in rendered.pieces if isinstance(piece, str)).strip()
    placed = [
        Problem(path=path, line=line, sentence=problem.sentence, fix=problem.fix) for problem in problems
    ]
    if rendered.links:
        placed.append(Problem(path=path, line=line, sentence="A link here needs a full web address."))
    if "<h" in html.replace("<hr", ""):
        sentence = "This text cannot hold a heading."
        placed.append(Problem(path=path, line=line, sentence=sentence, fix="Take out the # at its start."))
    return html, placed


def render_paragraph(path: str, line: int, text: str) -> tuple[str, list[Problem]]:
    """One paragraph of Markdown from a YAML field: links and emphasis, without the paragraph's tags."""
    html, problems = render_text(path, line, " ".join(text.split()))
    found = re.fullmatch(r"<p>(.*)</p>", html, re.DOTALL)
    if found is None or "<p>" in found[1]:
        problems.append(Problem(path=path, line=line, sentence="This must be one paragraph."))
        return "", problems
    return found[1], problems


def _reader(landmarks: Landmarks, glossary: Glossary) -> Markdown:
    house = _House(landmarks, glossary)
    return Markdown(extensions=["attr_list", "sane_lists", "tables", house], output_format="html")


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values={"aside": {"role": {ROLE}}},
        allowed_classes={"aside": {NOTE}},
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _cut(html: str) -> tuple[str | int, ...]:
    # A mark is a paragraph of its own, unless hostile text pulled it into something else; then it is dropped.
    parts = re.split(r"<p>\x1ablock-(\d+)\x1a</p>", html)
    pieces: list[str | int] = []
    for number, part in enumerate(parts):
        if number % 2:
            pieces.append(int(part))
        elif prose := re.sub(r"\x1ablock-\d+\x1a", "", part).strip():
            pieces.append(prose)
    return tuple(pieces)


class _House(Extension):
    """Takes raw HTML and disguised e-mail addresses out of the Markdown library, and adds what is ours."""

    def __init__(self, landmarks: Landmarks, glossary: Glossary) -> None:
        super().__init__()
        self._landmarks, self._glossary = landmarks, glossary

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("automail")
        md.treeprocessors.register(self._landmarks, "landmarks", -10)
        md.treeprocessors.register(self._glossary, "glossary", -20)
