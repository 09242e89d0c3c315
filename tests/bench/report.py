"""The rows that a run prints: the product beside the floor beside the budget."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One budget. `holds` is None for a figure that is printed without one."""

    what: str
    product: str
    floor: str = ""
    ratio: str = ""
    budget: str = ""
    holds: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.holds is None else "holds" if self.holds else "MISSES"

    def cells(self) -> tuple[str, ...]:
        return (self.what, self.product, self.floor, self.ratio, self.budget, self.verdict)


HEAD = ("what", "product", "floor", "ratio", "budget", "")


def table(rows: Sequence[Row], head: Sequence[str] = HEAD) -> str:
    """The rows as text in columns, each under its name in `head`."""
    lines = [tuple(head), *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    padded = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join(line.rstrip() for line in (padded[0], rule, *padded[1:]))
