"""Tables that go on over pages. Their head stands on each page, and is read once."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.certification.flowing import Flow, Line
from app.certification.marking import Mark, rule, text
from app.certification.structure import Element
from app.certification.styles import MM
from app.certification.typesetting import FIRST, LEADING, SetLine

PADDING = 4.0  # points above and below the words of a row
GUTTER = 8.0  # points between columns
FEWEST = 3  # lines of a row that is parted by the foot of a page


@dataclass(frozen=True)
class _Column:
    x: float
    width: float


def set_table(
    flow: Flow,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
    row_headers: bool = False,
    size: float = 9.5,
) -> None:
    """A table. `widths` are the columns' shares of the page; `row_headers` makes first cells heads.

    Without a `header` they must be. A newline in a cell begins a paragraph. A long row goes on over the page.
    """
    table = flow.root.add("Table")
    columns = _columns(flow, widths)
    if header:
        _set_head(flow, table.add("TR"), header, columns, size)
    for row in rows:
        line = table.add("TR")
        cells = [
            _cell(flow, line, words, columns[place].width, size, head=row_headers and place == 0)
            for place, words in enumerate(row)
        ]
        _set_row(flow, cells, columns, size, header)
    flow.space(size * 0.9 / MM)


def set_terms(flow: Flow, rows: Sequence[tuple[str, str]], *, term_width: float = 29) -> None:
    """A quiet list of terms and descriptions, `term_width` millimetres for the terms."""
    table, size, x = flow.root.add("Table"), flow.style.size, flow.left + term_width * MM
    for term, description in rows:
        line = table.add("TR")
        head = line.add("TH", attributes={"O": "Table", "Scope": "Row"})
        terms = flow.lines(head, term, flow.style.plain, size, term_width * MM - GUTTER / 2)
        words = _cell_lines(flow, line.add("TD"), description, flow.width - term_width * MM, size)
        flow.keep(max(len(terms), min(len(words), FEWEST)) * size * LEADING)
        top = flow.y
        flow.mark(terms, flow.left, size, flow.style.quiet)
        flow.put(words, x, size, flow.style.ink)
        flow.y = max(flow.y, top + len(terms) * size * LEADING) if flow.y >= top else flow.y
        flow.space(size * 0.3 / MM)
    flow.space(size * 0.3 / MM)


def _columns(flow: Flow, widths: Sequence[float]) -> list[_Column]:
    whole = flow.width - GUTTER * (len(widths) - 1)
    columns, x = [], flow.left
    for share in widths:
        columns.append(_Column(x, whole * share / sum(widths)))
        x += columns[-1].width + GUTTER
    return columns


def _cell(flow: Flow, row: Element, words: str, width: float, size: float, *, head: bool) -> list[Line]:
    if head:
        element = row.add("TH", attributes={"O": "Table", "Scope": "Row"})
        return flow.lines(element, words, flow.style.plain, size, width)
    return _cell_lines(flow, row.add("TD"), words, width, size)


def _cell_lines(flow: Flow, cell: Element, words: str, width: float, size: float) -> list[Line]:
    parts = words.split("\n")
    return [
        line
        for part in parts
        for line in flow.lines(cell.add("P") if len(parts) > 1 else cell, part, flow.style.plain, size, width)
    ]


def _set_head(
    flow: Flow, row: Element, header: Sequence[str], columns: Sequence[_Column], size: float
) -> None:
    cells = [
        flow.lines(
            row.add("TH", attributes={"O": "Table", "Scope": "Column"}),
            words,
            flow.style.strong,
            size,
            column.width,
        )
        for words, column in zip(header, columns, strict=True)
    ]
    height = max(len(cell) for cell in cells) * size * LEADING
    flow.keep(height + PADDING + 3 * size * LEADING)
    for cell, column in zip(cells, columns, strict=True):
        flow.mark(cell, column.x, size, flow.style.quiet)
    flow.y += height + PADDING
    flow.draw(rule(flow.left, flow.y, flow.width, flow.style.quiet, 0.7))


def _set_row(
    flow: Flow, cells: Sequence[list[Line]], columns: Sequence[_Column], size: float, header: Sequence[str]
) -> None:
    leading = size * LEADING
    left = [list(cell) for cell in cells]
    while most := max(len(cell) for cell in left):
        room = int((flow.bottom - flow.y - 2 * PADDING) / leading)
        if room < min(most, FEWEST) or (room < most and most * leading < (flow.bottom - flow.top) / 3):
            flow.turn()
            _repeat_head(flow, header, columns, size)
            continue
        flow.y += PADDING
        for place, column in enumerate(columns):
            colour = (
                flow.style.quiet if cells[place] and cells[place][0].element.tag == "TH" else flow.style.ink
            )
            flow.mark(left[place][:room], column.x, size, colour)
            left[place] = left[place][room:]
        flow.y += min(most, room) * leading + PADDING
    flow.draw(rule(flow.left, flow.y, flow.width, flow.style.line))


def _repeat_head(flow: Flow, header: Sequence[str], columns: Sequence[_Column], size: float) -> None:
    """The head again on a later page, for the eye only."""
    if not header:
        return
    font, most = flow.style.strong, 0
    lines = []
    for words, column in zip(header, columns, strict=True):
        wrapped = flow.lines(Element("TH"), words, font, size, column.width)
        most = max(most, len(wrapped))
        lines += [
            SetLine(
                column.x,
                flow.y + size * (FIRST + LEADING * number),
                size,
                flow.style.quiet,
                line.pieces,
                line.leftwards,
            )
            for number, line in enumerate(wrapped)
        ]
    flow.draw(Mark(None, text(lines)))
    flow.y += most * size * LEADING + PADDING
    flow.draw(rule(flow.left, flow.y, flow.width, flow.style.quiet, 0.7))
