"""The record as a tagged PDF, not yet signed: totals, then each entry; the same in JSON is attached."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

from app.certification.flowing import Flow
from app.certification.shaping import can_draw
from app.certification.tabular import set_table, set_terms
from app.certification.tagged import Attachment, Particulars, compose
from app.certification.wording import hours
from app.kernel.clock import day_in_words
from app.learning.cpd import KINDS, Entry
from app.learning.cpd_export import Export, fields
from app.learning.cpd_json import as_json
from app.learning.cpd_text import as_text

TRUST = (
    "An entry with a certificate was completed on this site, and how it stands can be checked at the address "
    "given. All others are as their owner tells them; nobody has checked them."
)
UNDRAWN = "Signs that our typefaces do not have are shown as question marks. The attached file has them all."
MARK = "?"
EMPTY = "There is nothing in this record yet."


def as_pdf(export: Export, made_at: datetime, author: str) -> bytes:
    """The file, unsigned. `author` is the site's issuer, `made_at` any aware moment."""
    flow = Flow(footer=drawn(f"{export.title}: {export.name}"))
    flow.heading(export.title, 1)
    for line in _head(export):
        flow.paragraph(drawn(line))
    _totals(flow, export)
    for year in export.years:
        flow.heading(year.title, 2)
        for entry in year.entries:
            _entry(flow, entry)
    flow.space(6)
    flow.paragraph(TRUST, quiet=True)
    if drawn(said := as_text(export)) != said:
        flow.paragraph(UNDRAWN, quiet=True)
    particulars = Particulars(
        title=export.title, author=author, subject=_subject(export), made_at=made_at.astimezone(UTC)
    )
    record = Attachment(
        name="cpd-record.json",
        body=as_json(export),
        media_type="application/json",
        description="The same record as JSON, for other programs",
    )
    return compose(particulars, flow.leaves(), [record])


def drawn(text: str) -> str:
    """The text with a mark in the place of each sign that no typeface has, and none that cannot be seen."""
    seen = (character for character in text if unicodedata.category(character) != "Cf")
    return "".join(character if character in "\n " or can_draw(character) else MARK for character in seen)


def _head(export: Export) -> Iterator[str]:
    if export.name:
        yield export.name
    if export.membership:
        yield export.membership.line
    yield f"Made on {day_in_words(export.made_on)}"
    if export.goal.minutes:
        yield f"Goal for each CPD year: {hours(export.goal.minutes)}"


def _totals(flow: Flow, export: Export) -> None:
    if not export.years:
        flow.paragraph(EMPTY)
        return
    flow.heading("Totals", 2)
    header = ("CPD year", "In all", *(kind.capitalize() for kind in KINDS))
    rows = [
        (year.title, hours(year.minutes), *(hours(year.minutes_of(kind)) for kind in KINDS))
        for year in export.years
    ]
    set_table(flow, header, rows, widths=(2, 1, 1, 1), row_headers=True)


def _entry(flow: Flow, entry: Entry) -> None:
    flow.heading(drawn(entry.title), 3)
    said = {name: drawn(words) for name, words in fields(entry).items() if words and name != "Subject"}
    set_terms(flow, list(said.items()))


def _subject(export: Export) -> str:
    return f"{export.name}, made on {day_in_words(export.made_on)}"
