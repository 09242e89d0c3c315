"""Reading documents back, as those do who hear them: elements, marks, annotations, metadata."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as Xml

import pikepdf
from pikepdf import Dictionary, Object, Pdf

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
SHOWS = {"Tj", "TJ", "'", '"', "f", "f*", "F", "S", "s", "B", "b", "Do"}  # what puts ink on a page


def opened(body: bytes) -> Pdf:
    return pikepdf.open(BytesIO(body))


def elements(pdf: Pdf) -> list[Object]:
    """Every element, in reading order."""
    return list(_walk(pdf.Root.StructTreeRoot))


def kids(element: Object) -> list[Any]:
    if "/K" not in element:
        return []
    found = element.K
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _walk(parent: Object) -> Iterator[Object]:
    for kid in kids(parent):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def tags(pdf: Pdf) -> list[str]:
    return [str(element.S).removeprefix("/") for element in elements(pdf)]


def references(element: Object) -> list[Object]:
    """The annotations that an element owns."""
    return [kid.Obj for kid in kids(element) if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"]


def owners(pdf: Pdf) -> dict[int, Any]:
    """The parent tree: by number, one element or a page's elements by mark."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))


def marks(page: Object) -> tuple[list[int], list[str]]:
    """The numbers of a page's marks, in order of drawing; and the operators that draw outside of any mark."""
    numbers, strays, depth = [], [], 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            depth += 1
            assert depth == 1, "a mark within a mark"
            if name == "BDC":
                numbers.append(int(operands[1].MCID))
        elif name == "EMC":
            depth -= 1
        elif name in SHOWS and not depth:
            strays.append(name)
    assert depth == 0
    return numbers, strays


def metadata(pdf: Pdf) -> dict[str, str]:
    """What XMP says, by the name of the property, with one text each."""
    tree = Xml.fromstring(bytes(pdf.Root.Metadata.read_raw_bytes()))
    names = [
        *("dc:title", "dc:creator", "dc:description", "dc:language", "pdf:Producer", "xmp:CreatorTool"),
        *("xmp:CreateDate", "xmp:ModifyDate", "pdfaid:part", "pdfaid:conformance", "pdfuaid:part"),
    ]
    found = {name: tree.find(f".//{name}", NAMESPACES) for name in names}
    return {name: "".join(each.itertext()).strip() for name, each in found.items() if each is not None}
