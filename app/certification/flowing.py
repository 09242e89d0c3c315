"""Text that flows over pages: headings, paragraphs, lists. Laid out here, drawn by `tagged.compose`.

flow = Flow(footer="CPD record of Amira Osei-Bonsu")
flow.heading("CPD record", 1)
flow.paragraph("1 January to 31 December 2026")
set_table(flow, ("Date", "Subject"), [("22 November 2026", "Co-production")], widths=(1, 3))
body = compose(Particulars(...), flow.leaves())
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import normalize

from app.certification.directions import begins_right_to_left, runs_right_to_left
from app.certification.marking import HEIGHT, WIDTH, Mark, Page, text
from app.certification.shaping import measure
from app.certification.structure import Element, Link
from app.certification.styles import MM, Style
from app.certification.tagged import Leaves
from app.certification.typesetting import FIRST, LEADING, Piece, SetLine, wrap

_LARGE = 18  # points, from which a heading is set light
_KEPT_WITH_NEXT = 5 * 10.5 * LEADING  # a heading never stands alone at the foot of a page


@dataclass(frozen=True)
class Line:
    """One line of an element, before it has a place. `leftwards`: its text is read from right to left."""

    element: Element
    pieces: tuple[Piece, ...]
    leftwards: bool


class Flow:
    """The document so far: `root` holds its elements, and each call goes on under what is there."""

    def __init__(
        self,
        style: Style | None = None,
        *,
        footer: str = "",
        root: Element | None = None,
        under: Sequence[Mark] = (),
        pages_before: int = 0,
    ) -> None:
        """`under` is drawn on each page before its text. `footer` stands at its foot, beside its number."""
        self.style = style or Style()
        self.root = root or Element("Document")
        top, right, bottom, left = (margin * MM for margin in self.style.margins)
        self.left, self.width = left, WIDTH - left - right
        self.top, self.bottom = top, HEIGHT - bottom
        self._footer = footer
        self._under, self._pages_before = under, pages_before
        self._pages: list[Page] = [[*under]]
        self.y = top

    def heading(self, words: str, level: int = 2) -> None:
        """A heading of level 1 to 3. The first of a document is level 1, and no level is left out."""
        style = self.style
        size = style.sizes[level - 1]
        if self.y > self.top:
            self.space(size * 1.2 / MM)
        self.keep(size * LEADING + _KEPT_WITH_NEXT)
        font = style.light if size >= _LARGE else style.strong
        lines = self.lines(self.root.add(f"H{level}"), words, font, size, self.width)
        self.put(lines, self.left, size, style.ink)
        self.space(size * 0.35 / MM)

    def paragraph(self, words: str, *, quiet: bool = False, opening: bool = False, address: str = "") -> None:
        """A paragraph, or several where there are newlines; `address` makes it lead somewhere.

        `quiet` sets it smaller and paler; `opening` larger, as the words under a title.
        """
        style = self.style
        font, size, colour = style.plain, style.small if quiet else style.size, style.ink
        if opening:
            font, size = style.light, style.opening
        if quiet:
            colour = style.quiet
        for part in words.split("\n"):
            element = self.root.add("P")
            inner = element.add("Link") if address else element
            top, page = self.y, len(self._pages)
            lines = self.lines(inner, part, font, size, self.width)
            self.put(lines, self.left, size, colour)
            if address:
                top = top if page == len(self._pages) else self.top
                wide = max(sum(measure(*piece) for piece in line.pieces) for line in lines) * size
                box = (self.left, HEIGHT - self.y, self.left + wide, HEIGHT - top)
                inner.link = Link(address, part, box)
            self.space(size * 0.45 / MM)

    def bullets(self, items: Sequence[str], *, numbered: bool = False) -> None:
        """A list, with dots or with numbers."""
        style = self.style
        kind = "Decimal" if numbered else "Disc"
        whole = self.root.add("L", attributes={"O": "List", "ListNumbering": kind})
        indent = style.size * (1.7 if numbered else 1.1)
        for number, item in enumerate(items, 1):
            entry = whole.add("LI")
            label = self.lines(
                entry.add("Lbl"), f"{number}. " if numbered else "• ", style.plain, style.size, indent
            )
            body = self.lines(entry.add("LBody"), item, style.plain, style.size, self.width - indent)
            self.keep(style.size * LEADING * min(len(body), 3))
            self.mark(label, self.left, style.size, style.quiet)
            self.put(body, self.left + indent, style.size, style.ink)
            self.space(style.size * 0.3 / MM)

    def space(self, millimetres: float) -> None:
        """Air, save at the top of a page."""
        if self.y > self.top:
            self.y += millimetres * MM

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self._pages.append([*self._under])
        self.y = self.top

    def leaves(self) -> Leaves:
        """The document with its page numbers, to be composed once."""
        whole = self._pages_before + len(self._pages)
        for number, page in enumerate(self._pages, self._pages_before + 1):
            page.extend(self._foot(f"Page {number} of {whole}"))
        return Leaves(self.root, self._pages)

    def lines(self, element: Element, words: str, font: str, size: float, width: float) -> list[Line]:
        """Words as lines no wider than `width` points, each knowing its element."""
        words = normalize("NFC", words)
        if runs_right_to_left(words):
            element.spoken = words
        leftwards = begins_right_to_left(words)
        wrapped = wrap([(words, font)], width / size, measure) if words else []
        return [Line(element, pieces, leftwards) for pieces in wrapped]

    def put(self, lines: Sequence[Line], x: float, size: float, colour: str) -> None:
        """Set lines under each other from where the page is, over as many pages as they need."""
        left = list(lines)
        while left:
            room = max(int((self.bottom - self.y) / (size * LEADING)), 0)
            if not room:
                self.turn()
                continue
            self.mark(left[:room], x, size, colour)
            self.y += len(left[:room]) * size * LEADING
            left = left[room:]

    def mark(self, lines: Sequence[Line], x: float, size: float, colour: str, y: float | None = None) -> None:
        """Set lines at a place of this page, and stay where the page is. `y` is their top."""
        top = self.y if y is None else y
        for element, run in groupby(enumerate(lines), key=lambda each: each[1].element):
            numbered = list(run)
            placed = [
                SetLine(x, top + size * (FIRST + LEADING * number), size, colour, line.pieces, line.leftwards)
                for number, line in numbered
            ]
            self.draw(Mark(element, text(placed)))

    def draw(self, mark: Mark) -> None:
        """Put one mark on this page."""
        self._pages[-1].append(mark)

    def keep(self, points: float) -> None:
        """Turn the page where it has less room than this."""
        if self.y + points > self.bottom and self.y > self.top:
            self.turn()

    def _foot(self, words: str) -> list[Mark]:
        style = self.style
        y = HEIGHT - style.margins[2] * MM * 0.7
        size, right = style.small - 0.5, self.left + self.width
        line = SetLine(
            right - measure(words, style.plain) * size, y, size, style.quiet, ((words, style.plain),)
        )
        named = SetLine(
            self.left,
            y,
            size,
            style.quiet,
            ((self._footer, style.plain),),
            begins_right_to_left(self._footer),
        )
        return [Mark(None, text([line, named] if self._footer else [line]))]
