"""What a document is made of, for those who hear it: elements, and their tree in the file (PDF/UA)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points from the page's lower left


@dataclass(frozen=True)
class Link:
    """Where an element leads: the address, the words for it, and the place on its page that is clicked."""

    address: str
    words: str
    box: Box


@dataclass(eq=False)
class Element:
    """One element: H1, P, L, LI, Table, TR, TH, TD, Figure, Link, Form and so on, in reading order.

    `alt` describes a figure. `spoken` is the text where its letters are drawn in another order than they are
    read. `attributes` is one attribute object by its owner, such as {"O": "Table", "Scope": "Row"}. `marks`
    are its own marked content, as (page, number on that page), and are noted while it is drawn.
    """

    tag: str
    kids: list["Element"] = field(default_factory=list)
    alt: str = ""
    spoken: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    link: Link | None = None
    marks: list[tuple[int, int]] = field(default_factory=list)

    def add(self, tag: str, **details: Any) -> "Element":
        """A new element at the end of this one."""
        kid = Element(tag, **details)
        self.kids.append(kid)
        return kid

    def walk(self) -> Iterator["Element"]:
        """This element and all under it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


def figure(alt: str, box: Box) -> Element:
    """A picture that carries meaning, and the place it takes."""
    return Element("Figure", alt=alt, attributes={"O": "Layout", "Placement": "Block", "BBox": list(box)})


def write_structure(pdf: Pdf, root: Element, widget: Object | None = None) -> None:
    """Give the file its structure tree, its links, and the places of both in it.

    `widget` is a form field on the last page; its element comes last.
    """
    _Writing(pdf).write(root, widget)


class _Writing:
    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._by_mark: list[dict[int, Object]] = [{} for _ in self._pages]
        self._by_annotation: list[Object] = []

    def write(self, root: Element, widget: Object | None) -> None:
        pdf = self._pdf
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self._element(root, tree)
        if widget is not None:
            form = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=document))
            form.K = self._reference(widget, self._pages[-1], form)
            document.K.append(form)
            _add_annotation(self._pages[-1], widget)
        tree.K = Array([document])
        numbers: list[Any] = []
        for index, page in enumerate(self._pages):
            page.StructParents = index
            page.Tabs = Name.S
            marks = self._by_mark[index]
            numbers += [index, pdf.make_indirect(Array([marks[number] for number in range(len(marks))]))]
        for offset, element in enumerate(self._by_annotation):
            numbers += [len(self._pages) + offset, element]
        tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        tree.ParentTreeNextKey = len(self._pages) + len(self._by_annotation)
        pdf.Root.StructTreeRoot = tree
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, element: Element, parent: Object) -> Object:
        told: dict[str, Any] = {"/S": Name("/" + element.tag), "/P": parent}
        if element.alt:
            told["/Alt"] = String(element.alt)
        if element.spoken:
            told["/ActualText"] = String(element.spoken)
        if element.attributes:
            told["/A"] = {f"/{key}": _value(found) for key, found in element.attributes.items()}
        if element.marks:
            told["/Pg"] = self._pages[element.marks[0][0]]
        kids = self._marks(element)
        if len(kids) == 1 and not element.kids and not element.link:
            told["/K"] = kids[0]
        node = self._pdf.make_indirect(Dictionary(told))
        for index, number in element.marks:
            self._by_mark[index][number] = node
        if element.link:
            page = self._pages[next(mark for each in element.walk() for mark in each.marks)[0]]
            kids.append(self._reference(self._annotation(element.link, page), page, node))
        kids += [self._element(kid, node) for kid in element.kids]
        if kids and "/K" not in told:
            node.K = Array(kids)
        return node

    def _marks(self, element: Element) -> list[Any]:
        """Its own marks, as numbers on its first page and as references on later ones."""
        return [
            number
            if page == element.marks[0][0]
            else Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=number)
            for page, number in element.marks
        ]

    def _annotation(self, link: Link, page: Object) -> Object:
        annotation = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(side, 2) for side in link.box]),
                Border=Array([0, 0, 0]),
                F=4,
                Contents=String(link.words),
                A=Dictionary(S=Name.URI, URI=String(link.address)),
            )
        )
        _add_annotation(page, annotation)
        return annotation

    def _reference(self, annotation: Object, page: Object, element: Object) -> Object:
        annotation.StructParent = len(self._pages) + len(self._by_annotation)
        self._by_annotation.append(element)
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)


def _add_annotation(page: Object, annotation: Object) -> None:
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(annotation)


def _value(found: Any) -> Any:
    if isinstance(found, str):
        return Name("/" + found)
    if isinstance(found, Sequence):
        return Array([round(each, 2) for each in found])
    return found
