"""Headings, links, images and tables of a lesson, checked and set right in the Markdown library's tree."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from app.catalogue.images import Image, Images
from app.kernel.fields import SLUG
from app.kernel.problems import Level, Problem

HEADINGS = {f"h{level}": level for level in range(1, 7)}
RESERVED = {"main", "top"}
SAFE = {"http", "https", "mailto", "tel"}
LESSON_FILE = re.compile(r"^(?:\d+-)?([a-z0-9-]+)\.md$")


@dataclass(frozen=True, kw_only=True)
class LessonLink:
    """A link to another place of the course. `lesson` is empty for a section of the same lesson."""

    lesson: str
    anchor: str
    line: int
    column: int


def anchor_of(title: str) -> str:
    """A heading's anchor: lower case, words joined by dashes."""
    plain = (
        unicodedata.normalize("NFKD", title.replace("'", "").replace("’", ""))
        .encode("ascii", "ignore")
        .decode()
    )
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


class Landmarks(Treeprocessor):
    """Runs last of all over the tree, when text is final and before anything is printed."""

    def __init__(self, path: str, prose: str, images: Images) -> None:
        super().__init__()
        self.problems: list[Problem] = []
        self.links: list[LessonLink] = []
        self._path, self._prose, self._images = path, prose, images
        self._looked: dict[str, int] = {}

    def run(self, root: Element) -> None:
        self._headings(root)
        for element in root.iter("a"):
            self._link(element)
        for element in root.iter("img"):
            self._image(element)
        for element in root.iter("th"):
            element.set("scope", "col")

    def _headings(self, root: Element) -> None:
        lines = [number for number, line in enumerate(self._prose.split("\n"), 1) if line.startswith("#")]
        taken: set[str] = set()
        above = 1
        found = [element for element in root if element.tag in HEADINGS]
        for position, element in enumerate(found):
            line = lines[position] if position < len(lines) else 1
            level = HEADINGS[element.tag]
            self._level(level, above, line)
            self._anchor(element, taken, line)
            above = level

    def _level(self, level: int, above: int, line: int) -> None:
        if level == 1:
            self._say(
                line, 1, "A heading in a lesson begins with ##, since the title of the lesson is the first."
            )
        elif level > 4:
            self._say(line, 1, "This heading is too deep.", "Use ##, ### or ####.")
        elif level > above + 1:
            self._say(line, 1, "This heading skips a level.", f"Begin it with {'#' * (above + 1)}.")

    def _anchor(self, element: Element, taken: set[str], line: int) -> None:
        given = element.get("id")
        anchor = given or anchor_of("".join(element.itertext()))
        if not SLUG.fullmatch(anchor):
            sentence = "This heading needs an anchor of lower-case letters, digits and dashes."
            self._say(line, 1, sentence, "Write it as {#an-anchor} after the heading.")
        elif anchor in taken or anchor in RESERVED:
            self._say(
                line, 1, f"The anchor {anchor} is taken.", "Give this heading another: {#another-anchor}."
            )
        taken.add(anchor)
        element.set("id", anchor)

    def _link(self, element: Element) -> None:
        target = element.get("href", "")
        line, column = self._find(target)
        if not "".join(element.itertext()).strip() and element.find(".//img") is None:
            self._say(line, column, "This link has no words.", "Put the words in the square brackets.")
        try:
            parts = urlsplit(target)
        except ValueError:
            self._say(line, column, "This link is not a web address.")
            return
        if parts.scheme in SAFE:
            if parts.scheme in {"http", "https"}:
                element.set("rel", "external noopener")
                if not parts.hostname:
                    said = "This link is not a whole web address."
                    self._say(line, column, said, "Write it like https://example.org/page.")
        elif parts.scheme or parts.netloc:
            begins = f"{parts.scheme}:" if parts.scheme else "//"
            self._say(
                line, column, f"A link that begins with {begins} is not safe.", "Begin it with https://."
            )
            element.attrib.pop("href", None)
        else:
            self._lesson_link(element, parts.path, parts.fragment, line, column)

    def _lesson_link(self, element: Element, page: str, anchor: str, line: int, column: int) -> None:
        lesson = LESSON_FILE.sub(r"\1", page)
        if (lesson and not SLUG.fullmatch(lesson)) or not (lesson or anchor):
            element.attrib.pop("href", None)
            fix = "Write lesson#section, #section or a full web address."
            self._say(
                line, column, f"The link to {page or 'nothing'} leads nowhere that can be checked.", fix
            )
            return
        element.set("href", lesson + (f"#{anchor}" if anchor else ""))
        self.links.append(LessonLink(lesson=lesson, anchor=anchor, line=line, column=column))

    def _image(self, element: Element) -> None:
        source = element.get("src", "")
        line, column = self._find(source)
        if source not in self._images:
            sentence = f"There is no image called {source[:100]} in this course."
            self._say(line, column, sentence, "Put the file in the course's images folder: images/name.png.")
        if not element.get("alt", "").strip():
            sentence = "This image has no words for people who cannot see it."
            self._say(line, column, sentence, "Write them in the square brackets.", "warning")
        image = self._images.get(source, Image(""))
        element.set("src", image.address)
        for name, side in (("width", image.width), ("height", image.height)):
            element.attrib.pop(name, None)  # somebody may have typed one: {width=9}
            if side:
                element.set(name, str(side))
        element.set("loading", "lazy")

    def _find(self, target: str) -> tuple[int, int]:
        """Where the next use of `target` stands in the prose."""
        start = self._prose.find(f"({target}", self._looked.get(target, 0))
        start = start + 1 if start >= 0 else max(0, self._prose.find(target, self._looked.get(target, 0)))
        self._looked[target] = start + 1
        return self._prose.count("\n", 0, start) + 1, start - self._prose.rfind("\n", 0, start)

    def _say(self, line: int, column: int, sentence: str, fix: str = "", level: Level = "error") -> None:
        self.problems.append(
            Problem(path=self._path, line=line, column=column, level=level, sentence=sentence, fix=fix)
        )
