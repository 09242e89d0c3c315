"""One zip with everything: a page to read, JSON for machines, tables, and files byte for byte."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any

from app.learning.cpd_csv import guarded
from app.learning.exporting import account, certificates, reading, record, sittings
from app.learning.exporting.kinds import Kind, Part, Whose

KINDS: tuple[Kind, ...] = (
    account.ACCOUNT,
    reading.COURSES,
    reading.ANSWERS,
    reading.REFLECTIONS,
    reading.PLANS,
    sittings.TESTS,
    certificates.COMPLETIONS,
    certificates.CERTIFICATES,
    record.ENTRIES,
    record.SETTINGS,
    record.FOLLOW_UPS,
    account.LETTERS,
    account.EDITING,
    account.KEYS,
)
PAGE = "index.html"


def gather(whose: Whose) -> list[Part]:
    """Everything that is kept about the person, kind by kind; a kind without records stays, and says so."""
    return [Part(kind=kind, records=tuple(kind.read(whose))) for kind in KINDS]


def write_archive(into: IO[bytes], *, page: str, parts: Iterable[Part], whose: Whose) -> None:
    """Write the zip. Files are read one at a time, so that the largest of them is all that memory holds.

    The same things at the same moment give the same names in the same order.
    """
    with zipfile.ZipFile(into, "w") as archive:

        def add(name: str, body: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
            entry = zipfile.ZipInfo(name, whose.now.timetuple()[:6])
            entry.compress_type, entry.external_attr = method, 0o644 << 16
            archive.writestr(entry, body)

        add(PAGE, page.encode())
        for part in parts:
            add(f"json/{part.kind.name}.json", as_json(part))
            if part.kind.flat:
                add(f"tables/{part.kind.name}.csv", as_table(part))
        add("tables/cpd.csv", record.table(whose))
        for files in (certificates.pdfs, record.evidence):
            for name, body in files(whose.session, whose.person_id):
                add(name, body, zipfile.ZIP_STORED)


def as_json(part: Part) -> bytes:
    """The kind's records, after what its fields hold."""
    whole = {"title": part.kind.title, "fields": dict(part.kind.fields), "records": part.records}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain).encode() + b"\n"


def as_table(part: Part) -> bytes:
    """The kind as a table that spreadsheets open as it is: UTF-8 with its mark, and no cell a formula."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(part.kind.fields)
    table.writerows([_cell(each.get(name)) for name in part.kind.fields] for each in part.records)
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    return guarded("" if value is None else str(_plain(value)))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
