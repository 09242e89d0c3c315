"""The record as text to paste into a professional body's form: one block an entry. Pure."""

from app.learning.cpd import KINDS
from app.learning.cpd_export import Export, fields, totals


def as_text(export: Export) -> str:
    """The head, then the years with their totals and entries. What has not been said is left out."""
    head = [f"{export.title}: {export.name}" if export.name else export.title]
    if export.membership:
        head.append(export.membership.line)
    blocks = ["\n".join(head)]
    for year in export.years:
        blocks.append(f"{year.title}\n{totals(year, KINDS)}")
        blocks += [
            "\n".join(f"{name}: {said}" for name, said in fields(entry).items() if said)
            for entry in year.entries
        ]
    return "\n\n".join(blocks) + "\n"
