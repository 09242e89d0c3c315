"""Drawing a certificate: one A4 page from its facts and its design. The same facts give the same bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from io import BytesIO
from threading import Lock

import segno
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.certification.design import Design
from app.certification.facts import Facts
from app.certification.fonts import font, width
from app.certification.layout import MM, SetField, SetLine, lay_out
from app.certification.sheet import CodeField, LogoField, TextField
from app.certification.wording import printed

WIDTH, HEIGHT = A4
LANGUAGE = "en-GB"

# ReportLab's fonts are shared: documents drawn at the same time would mix up each other's letters.
_DRAWING = Lock()

rl_config.useA85 = 0  # binary streams: a fifth smaller


def draw(facts: Facts, design: Design) -> bytes:
    """The PDF. About 5 ms and 30 KB."""
    fields = lay_out(design.sheet, printed(facts), width)
    with _DRAWING:
        body = BytesIO()
        canvas = _canvas(body, facts, design)
        _draw_decoration(canvas, facts, design)
        for placed in fields:
            _draw_field(canvas, placed, facts, design)
        canvas.showPage()
        canvas.save()
        return body.getvalue()


def _canvas(body: BytesIO, facts: Facts, design: Design) -> Canvas:
    first_font = font(next(iter(design.sheet.fonts.values()))).fontName
    canvas = Canvas(
        body,
        pagesize=A4,
        invariant=1,
        pageCompression=1,
        pdfVersion=(1, 7),
        lang=LANGUAGE,
        initialFontName=first_font,  # else every page names Helvetica, which is not embedded
    )
    canvas.setTitle(f"Certificate: {facts.title}")
    canvas.setAuthor(facts.issuer)
    canvas.setSubject(
        f"Certificate {facts.code}"
    )  # the file's fingerprint is made from these, so they must differ
    canvas.setCreator("Rung")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    made = facts.completed_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    canvas.setDateFormatter(lambda *_invariant_moment: made)
    return canvas


def _draw_decoration(canvas: Canvas, facts: Facts, design: Design) -> None:
    """What is there for the eye only: the frame, and the stamp under everything else."""
    sheet = design.sheet
    if sheet.frame:
        canvas.setStrokeColor(_colour(design, sheet.frame.colour))
        canvas.setLineWidth(0.6)
        for inset in sheet.frame.insets:
            canvas.rect(inset * MM, inset * MM, WIDTH - 2 * inset * MM, HEIGHT - 2 * inset * MM)
    if facts.specimen:
        with _moved(canvas, WIDTH / 2, HEIGHT / 2):
            canvas.rotate(54)
            canvas.setFillColor(_colour(design, sheet.stamp_colour))
            canvas.setFont(font("Fira Sans SemiBold").fontName, 128)
            canvas.drawCentredString(0, -44, "SPECIMEN")


def _draw_field(canvas: Canvas, placed: SetField, facts: Facts, design: Design) -> None:
    field = placed.field
    if isinstance(field, LogoField):
        picture = design.pictures[field.file]
        high = field.height * MM
        canvas.drawImage(
            ImageReader(picture.image), placed.x, HEIGHT - placed.bottom, high * picture.shape, high
        )
        return
    if isinstance(field, CodeField):
        canvas.setFillColor(_colour(design, field.colour))
        _draw_code(canvas, facts.check_url, placed.x, HEIGHT - placed.bottom, field.size * MM)
        _link(canvas, facts.check_url, placed, field.size)
        return
    for line in placed.lines:
        _draw_line(canvas, line, design)
    if isinstance(field, TextField) and "{check_address}" in field.text:
        _link(canvas, facts.check_url, placed, field.width)


def _draw_line(canvas: Canvas, line: SetLine, design: Design) -> None:
    words = canvas.beginText(line.x, HEIGHT - line.y)
    words.setFillColor(_colour(design, line.colour))
    for text, name in line.pieces:
        words.setFont(font(name).fontName, line.size)
        words.textOut(text)
    canvas.drawText(words)


def _draw_code(canvas: Canvas, address: str, x: float, y: float, size: float) -> None:
    """The QR code as one path of whole squares. A fixed mask saves time; readers read any of them."""
    matrix = segno.make_qr(address, error="m", mask=2).matrix
    with _moved(canvas, x, y):
        canvas.scale(size / len(matrix), size / len(matrix))
        rectangles = [
            f"{start} {len(matrix) - 1 - row} {end - start} 1 re"
            for row, modules in enumerate(matrix)
            for start, end in _dark_runs(modules)
        ]
        canvas.addLiteral("\n".join([*rectangles, "f"]))


def _dark_runs(modules: bytearray | tuple[int, ...]) -> Iterator[tuple[int, int]]:
    start = None
    for column, module in enumerate((*modules, 0)):
        if module and start is None:
            start = column
        elif not module and start is not None:
            yield start, column
            start = None


def _link(canvas: Canvas, address: str, placed: SetField, wide: float) -> None:
    box = (placed.x, HEIGHT - placed.bottom, placed.x + wide * MM, HEIGHT - placed.top)
    canvas.linkURL(address, box, thickness=0)


def _colour(design: Design, name: str) -> Color:
    return HexColor(design.sheet.palette[name])


@contextmanager
def _moved(canvas: Canvas, x: float, y: float) -> Iterator[None]:
    canvas.saveState()
    canvas.translate(x, y)
    yield
    canvas.restoreState()
