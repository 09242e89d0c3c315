"""The certificate itself: one page, laid out by its design, each field with its element."""

from collections.abc import Iterator, Sequence
from re import finditer

import segno
from reportlab.lib.utils import ImageReader

from app.certification.design import Design
from app.certification.directions import runs_right_to_left
from app.certification.facts import Facts
from app.certification.fonts import font
from app.certification.layout import SetField, lay_out
from app.certification.marking import HEIGHT, WIDTH, Ink, Mark, Page, Pen, colour, text
from app.certification.picture import Picture
from app.certification.shaping import measure
from app.certification.sheet import CodeField, LogoField, TextField
from app.certification.structure import Element, Link, figure
from app.certification.styles import MM
from app.certification.typesetting import SetLine
from app.certification.wording import STAMP, printed


def front_page(root: Element, facts: Facts, design: Design) -> Page:
    """The page, its elements put under `root` in the order of the design's fields."""
    fields = lay_out(design.sheet, printed(facts), measure)
    page = frame(design)
    if facts.specimen:
        page.append(Mark(root.add("P"), stamp(design)))
    heading = _heading(fields)
    for placed in fields:
        page += _marks(root, placed, facts, design, "H1" if placed is heading else "P")
    return page


def frame(design: Design) -> Page:
    """The thin lines round a page, for the eye only."""
    lines = design.sheet.frame
    if not lines:
        return []
    tint = colour(design.sheet.palette[lines.colour])

    def draw(pen: Pen) -> None:
        canvas = pen.canvas
        canvas.setStrokeColor(tint)
        canvas.setLineWidth(0.6)
        for inset in lines.insets:
            canvas.rect(inset * MM, inset * MM, WIDTH - 2 * inset * MM, HEIGHT - 2 * inset * MM)

    return [Mark(None, draw)]


def stamp(design: Design) -> Ink:
    """The pale word across a specimen, under everything else."""

    def draw(pen: Pen) -> None:
        canvas = pen.canvas
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(54)
        canvas.setFillColor(colour(design.sheet.palette[design.sheet.stamp_colour]))
        canvas.setFont(font("Fira Sans SemiBold").fontName, 128)
        canvas.drawCentredString(0, -44, STAMP)
        canvas.restoreState()

    return draw


def _heading(fields: Sequence[SetField]) -> SetField | None:
    """The field that says what this document is, or else the first that says anything."""
    texts = [
        (placed, placed.field.text)
        for placed in fields
        if isinstance(placed.field, TextField) and placed.text
    ]
    named = [(placed, authored) for placed, authored in texts if authored == "{kind}"]
    return next((placed for placed, _ in named or texts), None)


def _marks(root: Element, placed: SetField, facts: Facts, design: Design, tag: str) -> Page:
    field = placed.field
    if isinstance(field, LogoField):
        return [Mark(None, _picture(design.pictures[field.file], placed, field.height * MM))]
    if isinstance(field, CodeField):
        return [_code(root, placed, facts.check_url, design.sheet.palette[field.colour])]
    if isinstance(field, TextField):
        return [_words(root, placed, field.text, facts, tag)] if placed.text else []
    return list(_rows(root, placed))


def _words(root: Element, placed: SetField, authored: str, facts: Facts, tag: str) -> Mark:
    element = root.add(tag)
    if "{check_address}" in authored:
        element = element.add("Link")
        wide = max(_width(line) for line in placed.text)
        box = (placed.x, HEIGHT - placed.bottom, placed.x + wide, HEIGHT - placed.top)
        element.link = Link(facts.check_url, _read(placed.text), box)
    return _mark(element, placed.text)


def _rows(root: Element, placed: SetField) -> Iterator[Mark]:
    table = root.add("Table")
    for row in placed.rows:
        line = table.add("TR")
        head, cell = line.add("TH", attributes={"O": "Table", "Scope": "Row"}), line.add("TD")
        if row.term:
            yield _mark(head, row.term)
        for paragraph in filter(None, row.description):
            yield _mark(cell.add("P") if len(row.description) > 1 else cell, paragraph)


def _mark(element: Element, lines: Sequence[SetLine]) -> Mark:
    words = _read(lines)
    if runs_right_to_left(words):
        element.spoken = words
    return Mark(element, text(lines))


def _read(lines: Sequence[SetLine]) -> str:
    return "".join(words for line in lines for words, _ in line.pieces)


def _width(line: SetLine) -> float:
    return sum(measure(words, name) for words, name in line.pieces) * line.size


def _picture(picture: Picture, placed: SetField, high: float) -> Ink:
    def draw(pen: Pen) -> None:
        image = ImageReader(picture.image)
        pen.canvas.drawImage(image, placed.x, HEIGHT - placed.bottom, high * picture.shape, high)

    return draw


def _code(root: Element, placed: SetField, address: str, tint: str) -> Mark:
    """The QR code as one path of whole squares. A fixed mask saves time; readers read any of them."""
    x, y, size = placed.x, HEIGHT - placed.bottom, placed.bottom - placed.top
    box = (x, y, x + size, y + size)
    link = root.add("Link", link=Link(address, f"Check this certificate at {address}", box))
    picture = figure(f"QR code that opens {address}", box)
    link.kids.append(picture)

    def draw(pen: Pen) -> None:
        canvas = pen.canvas
        matrix = segno.make_qr(address, error="m", mask=2).matrix
        canvas.saveState()
        canvas.setFillColor(colour(tint))
        canvas.translate(x, y)
        canvas.scale(size / len(matrix), size / len(matrix))
        squares = [
            f"{run.start()} {row} {len(run[0])} 1 re"
            for row, modules in enumerate(reversed(matrix))
            for run in finditer(rb"\x01+", bytes(modules))
        ]
        canvas.addLiteral("\n".join([*squares, "f"]))
        canvas.restoreState()

    return Mark(picture, draw)
