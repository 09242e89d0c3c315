"""What stands in a rendered lesson: its sections and passages as plain text, read back from the HTML.

Notes in the margin are left out: they are the course's words, not the lesson's.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.catalogue.model import Section

PASSAGES = {"p", "li", "td", "th", "h2", "h3", "h4", "pre", "blockquote"}


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One paragraph, entry, cell or heading, as plain text."""

    text: str
    heading: bool


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The sections in order, and all passages, those before the first section included."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


def outline(html: str) -> Outline:
    """The outline of sanitised HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_passage()
    sections = tuple(
        Section(anchor=open_.anchor, title=open_.title, text=" ".join(open_.passages))
        for open_ in reader.sections
    )
    return Outline(sections=sections, passages=tuple(reader.passages))


@dataclass
class _OpenSection:
    anchor: str
    title: str = ""
    passages: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[_OpenSection] = []
        self.passages: list[Passage] = []
        self._text: list[str] = []
        self._tag = ""
        self._aside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "aside":
            self.end_passage()
            self._aside = True
        if tag in PASSAGES:
            self.end_passage()
            self._tag = tag
        elif tag == "br":
            self._text.append(" ")
        if tag == "h2" and (anchor := dict(attributes).get("id")):
            self.sections.append(_OpenSection(anchor=anchor))

    def handle_endtag(self, tag: str) -> None:
        if tag == "aside":
            self._aside = False
        if tag in PASSAGES:
            self.end_passage()

    def handle_data(self, text: str) -> None:
        if not self._aside:
            self._text.append(text)

    def end_passage(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if not text:
            return
        if self._tag == "h2" and self.sections and not self.sections[-1].title:
            self.sections[-1].title = text
        elif self.sections:
            self.sections[-1].passages.append(text)
        self.passages.append(Passage(text=text, heading=self._tag in {"h2", "h3", "h4"}))
        self._tag = ""
