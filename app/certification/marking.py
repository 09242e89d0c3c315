"""Putting ink on pages so that each mark belongs to its element, or is decoration and belongs to none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from threading import Lock

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.certification.fonts import font
from app.certification.shaping import in_order
from app.certification.structure import Element
from app.certification.typesetting import SetLine

WIDTH, HEIGHT = A4

# ReportLab's fonts are shared: documents drawn at the same time would mix up each other's letters.
_DRAWING = Lock()

rl_config.useA85 = 0  # binary streams: a fifth smaller


@dataclass
class Pen:
    """A page being drawn, and the colour (#rrggbb), the font and the size of the text set last."""

    canvas: Canvas
    tint: str = ""
    face: str = ""


Ink = Callable[[Pen], None]


@dataclass(frozen=True)
class Mark:
    """What is drawn for one element, or, where `element` is None, for the eye only."""

    element: Element | None
    draw: Ink


Page = list[Mark]


def draw_pages(pages: Sequence[Page], language: str, first_font: str) -> bytes:
    """The pages as a plain PDF. Each element comes to know its marks. One document at a time.

    Raises ValueError where a letter is in none of the typefaces.
    """
    with _DRAWING:
        body = BytesIO()
        canvas = Canvas(
            body,
            pagesize=A4,
            invariant=1,
            pageCompression=0,  # pikepdf presses everything together, once
            pdfVersion=(1, 7),
            lang=language,
            initialFontName=font(
                first_font
            ).fontName,  # else every page names Helvetica, which is not embedded
        )
        for number, page in enumerate(pages):
            _draw_page(canvas, number, page)
            canvas.showPage()
        canvas.save()
        return body.getvalue()


def _draw_page(canvas: Canvas, page: int, marks: Page) -> None:
    count, pen = 0, Pen(canvas)
    for mark in marks:
        if mark.element is None:
            canvas.addLiteral("/Artifact BMC")
        else:
            mark.element.marks.append((page, count))
            canvas.addLiteral(f"/{mark.element.tag} <</MCID {count}>> BDC")
            count += 1
        mark.draw(pen)
        canvas.addLiteral("EMC")


def text(lines: Sequence[SetLine]) -> Ink:
    """The ink of lines of one colour (#rrggbb). Written as PDF's own operators: ReportLab's text object,
    which also follows where the pen is, takes twice as long.
    """

    def draw(pen: Pen) -> None:
        if pen.tint != lines[0].colour:
            pen.tint = lines[0].colour
            pen.canvas.setFillColor(colour(pen.tint))
        document, written, x, y = pen.canvas._doc, ["BT"], 0.0, HEIGHT
        for line in lines:
            written.append(f"{line.x - x:.2f} {y - line.y:.2f} Td")
            x, y = line.x, line.y
            for piece, name in in_order(line.pieces, line.leftwards):
                drawn = font(name)
                for subset, letters in drawn.splitString(piece, document):
                    face = f"{drawn.getSubsetInternalName(subset, document)} {line.size:.2f} Tf"
                    if face != pen.face:
                        pen.face = face
                        written.append(face)
                    written.append(f"<{letters.hex()}> Tj")
        pen.canvas.addLiteral("\n".join([*written, "ET"]))

    return draw


@lru_cache(maxsize=256)
def colour(written: str) -> Color:
    """A colour from #rrggbb."""
    return HexColor(written)


def rule(x: float, y: float, width: float, tint: str, thickness: float = 0.5) -> Mark:
    """A thin line across, `y` points down from the page's top. For the eye only."""

    def draw(pen: Pen) -> None:
        pen.canvas.setStrokeColor(colour(tint))
        pen.canvas.setLineWidth(thickness)
        pen.canvas.line(x, HEIGHT - y, x + width, HEIGHT - y)

    return Mark(None, draw)
