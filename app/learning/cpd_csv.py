"""The record as a table for a spreadsheet: UTF-8 with a mark that says so, one row an entry. Pure.

A cell that begins like a formula is led by an apostrophe, so that no spreadsheet works it out (OWASP, "CSV
Injection").
"""

import csv
from io import StringIO

from app.learning.cpd import Entry
from app.learning.cpd_export import Export, state_in_words

BOM = "\ufeff"
COLUMNS = (
    "Date",
    "CPD year",
    "Objective",
    "Subject",
    "Provider",
    "Method",
    "Type",
    "Minutes",
    "Hours",
    "Outcome",
    "Edition",
    "Certificate",
    "Certificate state",
    "Check at",
    "Evidence files",
    "Professional body",
    "Membership number",
)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Some spreadsheets fold these full-width signs into the plain ones.
_WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_csv(export: Export) -> bytes:
    """The file. Minutes and hours are those that count: none where a certificate was withdrawn."""
    table = StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for year in export.years:
        for entry in year.entries:
            writer.writerow([guarded(cell) for cell in _row(entry, year.title, export)])
    return (BOM + table.getvalue()).encode()


def guarded(cell: str) -> str:
    """The cell as a spreadsheet takes it for text."""
    return f"'{cell}" if cell.startswith((*_BEGINS_A_FORMULA, *_WIDE)) else cell


def _row(entry: Entry, year: str, export: Export) -> tuple[str, ...]:
    member, proof = export.membership, entry.proof
    return (
        entry.on.isoformat(),
        year,
        entry.objective,
        entry.title,
        entry.provider,
        entry.method,
        entry.kind,
        str(entry.counted),
        f"{entry.counted / 60:.2f}",
        entry.outcome,
        str(entry.edition or ""),
        proof.code if proof else "",
        state_in_words(entry) if entry.course else "",
        proof.check_url if proof else "",
        "; ".join(file.name for file in entry.evidence),
        member.body if member else "",
        member.number if member else "",
    )
