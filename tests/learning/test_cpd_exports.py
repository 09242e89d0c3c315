"""What is taken along: a table without formulas, JSON as it is documented, text, a tagged PDF."""

import csv
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from app.learning import cpd_json
from app.learning.cpd import Entry, EvidenceFile, Goal, Membership, Proof, make_record
from app.learning.cpd_csv import COLUMNS, as_csv, guarded
from app.learning.cpd_export import Export, export_of
from app.learning.cpd_json import as_json
from app.learning.cpd_pdf import UNDRAWN, as_pdf, drawn
from app.learning.cpd_text import as_text
from tests.learning.test_cpd import entry

TODAY = date(2026, 11, 23)
CODE = "7K4MQ2XD9TPAWZ5H3F8N0JRC6B"
PROOF = Proof(
    code=CODE,
    title="Co-production",
    check_url=f"https://learning.example.org/check/{CODE}",
    issuer="Example Homes Learning",
    completed_on=date(2026, 11, 22),
    expires_on=None,
    specimen=False,
)
COURSE = entry(
    date(2026, 11, 22),
    30,
    title="Co-production",
    course="co-production",
    edition=3,
    proof=PROOF,
    state="valid",
    method="assessed e-learning",
    objective="Listen. Write it down.",
    outcome="I let callers finish.",
)
WEBINAR = entry(
    date(2025, 5, 6),
    90,
    title="Damp and mould",
    kind="self-directed",
    provider="A housing network",
    evidence=(EvidenceFile(code="0" * 26, name="programme.pdf", size=1200),),
)
MEMBER = Membership(body="RICS", number="1234567")


def exported(*entries: Entry, begins: int | None = None, **changes: Any) -> Export:
    record = make_record(entries or (COURSE, WEBINAR), Goal(minutes=1200), MEMBER, TODAY)
    made = export_of(record, name="Amira Osei-Bonsu", begins=begins, made_on=TODAY)
    return replace(made, **changes)


def table(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline="")))


def test_the_table_opens_with_its_letters_and_one_row_an_entry() -> None:
    body = as_csv(exported())
    assert body.startswith(b"\xef\xbb\xbfDate,")
    first, second = table(body)
    assert tuple(first) == COLUMNS
    assert first == {
        "Date": "2026-11-22",
        "CPD year": "2026",
        "Objective": "Listen. Write it down.",
        "Subject": "Co-production",
        "Provider": "",
        "Method": "assessed e-learning",
        "Type": "structured",
        "Minutes": "30",
        "Hours": "0.50",
        "Outcome": "I let callers finish.",
        "Edition": "3",
        "Certificate": CODE,
        "Certificate state": "valid",
        "Check at": PROOF.check_url,
        "Evidence files": "",
        "Professional body": "RICS",
        "Membership number": "1234567",
    }
    assert (second["Type"], second["Minutes"], second["Evidence files"]) == (
        "self-directed",
        "90",
        "programme.pdf",
    )
    assert (second["Certificate"], second["Certificate state"]) == ("", "")


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_no_cell_is_a_formula(start: str) -> None:
    hostile = f'{start}HYPERLINK("https://evil.example","open")'
    named = entry(date(2026, 5, 1), title=hostile, outcome=hostile, provider=hostile, objective=hostile)
    export = exported(named, membership=Membership(body=hostile, number=hostile))
    (row,) = table(as_csv(export))
    cells = [row[name] for name in ("Subject", "Outcome", "Provider", "Objective")]
    cells += [row["Professional body"], row["Membership number"]]
    assert cells == [f"'{hostile}"] * 6


def test_what_begins_harmlessly_is_left_alone_however_it_goes_on() -> None:
    assert [guarded(each) for each in ("", "a=1", "'", '"', "5-7", " =1")] == [
        "",
        "a=1",
        "'",
        '"',
        "5-7",
        " =1",
    ]


def test_a_title_with_commas_quotes_and_breaks_is_one_cell() -> None:
    title = 'Damp, "mould"\nand; more'
    assert table(as_csv(exported(entry(date(2026, 5, 1), title=title))))[0]["Subject"] == title


def test_withdrawn_minutes_count_nowhere() -> None:
    withdrawn = replace(COURSE, state="withdrawn")
    (row,) = table(as_csv(exported(withdrawn)))
    assert (row["Minutes"], row["Hours"], row["Certificate state"]) == (
        "0",
        "0.00",
        "withdrawn, counts no minutes",
    )
    shape = json.loads(as_json(exported(withdrawn)))
    assert (shape["years"][0]["minutes"], shape["entries"][0]["minutes_counted"]) == (0, 0)
    assert "withdrawn, counts no minutes" in as_text(exported(withdrawn))


def test_a_specimen_is_called_one_wherever_it_goes() -> None:
    export = exported(replace(COURSE, proof=replace(PROOF, specimen=True)))
    assert table(as_csv(export))[0]["Certificate state"] == "specimen"
    assert "6B (specimen)" in as_text(export)
    assert json.loads(as_json(export))["entries"][0]["certificate"]["specimen"]


def test_the_json_is_what_its_document_says() -> None:
    told = (Path(cpd_json.__file__).parent / "cpd-record.md").read_text(encoding="utf-8")
    shape = json.loads(as_json(exported()))
    assert (shape["format"], shape["version"]) == ("rung-cpd-record", 1)
    head, entries = (set(names(part)) for part in told.split("| part of an entry |"))
    assert shape.keys() <= head
    assert {key for each in shape["entries"] for key in each} | set(shape["entries"][0]["certificate"]) | {
        "bytes",
        "name",
    } <= entries | {"name"}
    assert set(shape["years"][0]) <= head
    assert re.search(r"`version` \|.*`1`", told)


def names(text: str) -> list[str]:
    return re.findall(r"`([a-z_]+)`", text)


def test_the_json_holds_every_entry_with_its_certificate_and_files() -> None:
    shape = json.loads(as_json(exported()))
    course, webinar = shape["entries"]
    assert (course["subject"], course["source"], course["certificate"]["code"]) == (
        "Co-production",
        "course",
        CODE,
    )
    assert (webinar["source"], webinar["course"], webinar["certificate"]) == ("elsewhere", None, None)
    assert webinar["evidence"] == [{"code": "0" * 26, "name": "programme.pdf", "bytes": 1200}]
    assert [(year["first_on"], year["minutes"]) for year in shape["years"]] == [
        ("2026-01-01", 30),
        ("2025-01-01", 90),
    ]
    assert shape["person"]["membership"] == {"body": "RICS", "number": "1234567"}


def test_the_text_is_one_block_an_entry_in_the_fields_that_bodies_ask_for() -> None:
    assert as_text(exported(begins=2026)) == (
        "CPD record, 2026: Amira Osei-Bonsu\n"
        "RICS, membership number 1234567\n\n"
        "2026\n"
        "0.5 hours: 0.5 hours structured, 0 hours self-directed\n\n"
        "Date: 22 November 2026\n"
        "Objective: Listen. Write it down.\n"
        "Subject: Co-production\n"
        "Method: Assessed e-learning (structured)\n"
        "Time: 0.5 hours (30 minutes)\n"
        "Outcome: I let callers finish.\n"
        f"Evidence: Certificate 7K4M Q2XD 9TPA WZ5H 3F8N 0JRC 6B (valid), {PROOF.check_url}\n"
    )
    whole = as_text(exported())
    assert "Evidence: programme.pdf" in whole
    assert whole.count("Date: ") == 2


MADE_AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def read(body: bytes) -> str:
    """What the pages say, white space folded."""
    document = pypdfium2.PdfDocument(body)
    said = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(said.split())


def test_the_pdf_says_what_the_text_says_and_holds_the_json() -> None:
    body = as_pdf(exported(), MADE_AT, "Example Homes Learning")
    said = read(body)
    for words in (
        "CPD record",
        "Amira Osei-Bonsu",
        "RICS, membership number 1234567",
        "Goal for each CPD year: 20 hours",
        "I let callers finish.",
        "0.5 hours (30 minutes)",
        "Damp and mould",
        "programme.pdf",
        "nobody has checked them",
    ):
        assert words in said
    assert UNDRAWN not in said
    with pikepdf.open(BytesIO(body)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.attachments["cpd-record.json"].get_file().read_bytes() == as_json(exported())
        kinds = tags(pdf.Root.StructTreeRoot)
    assert {"H1", "H2", "H3", "P", "Table", "TH", "TD"} <= kinds
    assert as_pdf(exported(), MADE_AT, "Example Homes Learning") == body


def tags(element: Any) -> set[str]:
    found = {str(element.S).removeprefix("/")} if "/S" in element else set()
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            found |= tags(child)
    return found


def test_a_sign_that_cannot_be_drawn_is_a_question_mark_and_the_page_says_so() -> None:
    odd = entry(date(2026, 5, 1), title="門 of \U0001f600 damp\u200b", outcome="Żółć, Ελληνικά, שלום")
    said = read(as_pdf(exported(odd), MADE_AT, "Example"))
    assert "? of ? damp" in said
    assert UNDRAWN.split(".")[0] in said
    assert drawn("Zażółć \u2013 Ελληνικά") == "Zażółć \u2013 Ελληνικά"


def test_a_record_without_entries_can_be_drawn() -> None:
    record = make_record((), Goal(), None, TODAY)
    empty = export_of(record, name="", begins=None, made_on=TODAY)
    assert "There is nothing in this record yet." in read(as_pdf(empty, MADE_AT, "Example"))
    assert as_text(empty) == "CPD record\n"
    assert table(as_csv(empty)) == []
