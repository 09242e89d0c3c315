"""Terms that a course explains: the first use of each in a lesson is marked, its meaning stands beside it.

The author writes nothing in the lesson. The note goes right before the paragraph or list with the use: on a
wide page it stands in the margin, on a phone between the paragraphs. Pure, done when a lesson is read.
"""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from app.catalogue.model import Term

EXPLAINED_IN = {"p", "ul", "ol"}
LEFT_ALONE = {"a", "blockquote", "code", "h2", "h3", "h4", "pre", "table"}
# The class of the component of this name, and the one class that sanitised prose may have. As an aside alone
# it would be a landmark, and a lesson with ten of them would be a crowd of landmarks.
NOTE, ROLE = "margin-note", "note"


class Glossary(Treeprocessor):
    """Runs after the landmarks, when text is final. `used` are the terms that this lesson explains."""

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__()
        # A longer term first, so that it is not cut in two by a shorter one within it.
        self._terms = sorted(terms, key=lambda each: -len(each.term))
        # The character before may not be \x1a either: that begins the mark of a block.
        any_term = "|".join(f"({_words(each.term)})" for each in self._terms)
        self._pattern = re.compile(rf"(?<![\w\x1a-])(?:{any_term})(?:e?s)?(?![\w-])", re.IGNORECASE)
        self.used: set[str] = set()

    def run(self, root: Element) -> None:
        if not self._terms:
            return
        for element in [element for element in root if element.tag in EXPLAINED_IN]:
            for note in list(self._explain(element)):
                root.insert(list(root).index(element), note)

    def _explain(self, element: Element) -> Iterator[Element]:
        """Mark the first uses under `element` and give their notes, in the order of the text."""
        yield from self._mark(element, None)
        for child in list(element):
            if child.tag not in LEFT_ALONE | {"dfn"}:
                yield from self._explain(child)
            yield from self._mark(element, child)

    def _mark(self, holder: Element, child: Element | None) -> Iterator[Element]:
        """Mark the first uses in one text: the one that opens `holder`, or the one after its `child`."""
        while found := self._first_use(holder.text if child is None else child.tail):
            each = self._terms[(found.lastindex or 1) - 1]
            self.used.add(each.term)
            note = f"term--{len(self.used)}"  # two dashes in a row are in no anchor, so it is nobody else's
            child = _wrap(holder, child, found, note)
            yield _note(each, note)

    def _first_use(self, text: str | None) -> re.Match[str] | None:
        # Later uses are found and passed over: within them a shorter term is not looked for.
        uses = self._pattern.finditer(text or "")
        return next(
            (use for use in uses if self._terms[(use.lastindex or 1) - 1].term not in self.used), None
        )


def _words(term: str) -> str:
    """A pattern for a term, however its spaces and apostrophes are typed."""
    return r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in term.split())


def _wrap(holder: Element, child: Element | None, found: re.Match[str], note: str) -> Element:
    mark = Element("dfn", {"aria-describedby": note})
    mark.text, mark.tail = found[0], found.string[found.end() :]
    before = found.string[: found.start()]
    if child is None:
        holder.text = before
        holder.insert(0, mark)
    else:
        child.tail = before
        holder.insert(list(holder).index(child) + 1, mark)
    return mark


def _note(each: Term, name: str) -> Element:
    note = Element("aside", {"class": NOTE, "id": name, "role": ROLE})
    term = SubElement(note, "strong")
    term.text = _as_typed(each.term[0].upper() + each.term[1:]) + "."
    term.tail = " " + _as_typed(" ".join(each.meaning.split()))
    note.tail = "\n"
    return note


def _as_typed(text: str) -> str:
    """The Markdown library prints &lt; as it stands, taking it for a sign that the author spelled out."""
    return text.replace("&", "&amp;")
