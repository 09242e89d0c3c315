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
LEFT_ALONE = {"a", "code", "dfn", "pre"}
NOTE = (
    "margin-note"  # the class of the component of this name, and the one class that sanitised prose may have
)


class Glossary(Treeprocessor):
    """Runs after the landmarks, when text is final. `used` are the terms that this lesson explains."""

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__()
        # A longer term first, so that it is not cut in two by a shorter one within it.
        self._terms = sorted(terms, key=lambda each: -len(each.term))
        self.used: set[str] = set()

    def run(self, root: Element) -> None:
        left = list(self._terms)
        for element in list(root):
            if element.tag not in EXPLAINED_IN:
                continue
            marked = {note_id(each.term): each for each in left if _mark(element, each)}
            for term in element.iter("dfn"):  # in the order in which they are read
                each = marked[term.get("aria-describedby", "")]
                left.remove(each)
                self.used.add(each.term)
                root.insert(list(root).index(element), _note(each))


def note_id(term: str) -> str:
    """The id of a term's note. Two dashes in a row are in no anchor, so it is nobody else's."""
    return "term--" + "-".join(re.findall(r"[a-z0-9]+", term.lower()))


def _mark(element: Element, each: Term) -> bool:
    """Wrap the first use of the term within `element`. False where there is none."""
    words = re.escape(each.term).replace(r"\ ", r"\s+")
    pattern = re.compile(rf"(?<![\w-]){words}(?:e?s)?(?![\w-])", re.IGNORECASE)
    for holder, place in _texts(element):
        text = (holder.text if place is None else holder[place].tail) or ""
        if found := pattern.search(text):
            _wrap(holder, place, found, each)
            return True
    return False


def _texts(element: Element) -> Iterator[tuple[Element, int | None]]:
    """Every text under `element`, in its order: an element's own (None), or the one after its nth child."""
    if element.tag in LEFT_ALONE:
        return
    yield element, None
    for place, child in enumerate(element):
        yield from _texts(child)
        yield element, place


def _wrap(holder: Element, place: int | None, found: re.Match[str], each: Term) -> None:
    term = Element("dfn", {"aria-describedby": note_id(each.term)})
    term.text, term.tail = found[0], found.string[found.end() :]
    before = found.string[: found.start()]
    if place is None:
        holder.text = before
        holder.insert(0, term)
    else:
        holder[place].tail = before
        holder.insert(place + 1, term)


def _note(each: Term) -> Element:
    note = Element("aside", {"class": NOTE, "id": note_id(each.term)})
    name = SubElement(note, "strong")
    name.text, name.tail = each.term[0].upper() + each.term[1:] + ".", " " + " ".join(each.meaning.split())
    note.tail = "\n"
    return note
