"""What validators do not notice, or notice only in part: each document is read back."""

import hashlib
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest
from pikepdf import Pdf

from app.certification.document import draw
from app.certification.flowing import Flow
from app.certification.marking import Mark
from app.certification.structure import Element
from app.certification.tabular import set_table, set_terms
from app.certification.tagged import Attachment, Leaves, Particulars, compose
from tests.certification.examples import FACTS, facts, standard_design
from tests.certification.reading import (
    elements,
    kids,
    marks,
    metadata,
    opened,
    owners,
    references,
    tags,
)

MADE_AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
PARTICULARS = Particulars(
    title="A <record> & more", author="Homes & Co", subject="For tests", made_at=MADE_AT
)
ROWS = [(f"{number} March 2026", "Co-production\nIn two paragraphs", "0.5") for number in range(60)]


@cache
def certificate() -> bytes:
    return draw(facts(printed_name="محمد (Ali) عبد الله", specimen=True), standard_design())


@cache
def flowing() -> bytes:
    flow = Flow(footer="For tests")
    flow.heading("A record", 1)
    flow.paragraph("Who did what.\nIn two paragraphs.")
    flow.heading("What was done")
    flow.bullets(["One thing", "Another thing " * 30])
    flow.bullets(["First", "Second"], numbered=True)
    set_terms(flow, [("Name", "Amira"), ("Outcomes", "One\nTwo"), ("Nothing", "")])
    set_table(flow, ("Date", "Subject", "Hours"), ROWS, widths=(2, 4, 1), row_headers=True)
    flow.paragraph("Read more", address="https://learning.example.org/")
    attached = Attachment(name="a.json", body=b"{}", media_type="application/json", description="A file")
    return compose(PARTICULARS, flow.leaves(), [attached])


DOCUMENTS = {"a certificate": certificate, "flowing text": flowing}


@pytest.fixture(params=DOCUMENTS)
def document(request: pytest.FixtureRequest):
    with opened(DOCUMENTS[request.param]()) as pdf:
        yield pdf


def test_all_ink_is_an_elements_or_is_decoration(document: Pdf):
    by_number = owners(document)
    for index, page in enumerate(document.pages):
        numbers, strays = marks(page.obj)
        assert strays == []
        assert numbers == list(range(len(numbers)))
        assert page.obj.StructParents == index
        assert page.obj.Tabs == "/S"
        assert len(by_number[index]) == len(numbers)


def test_every_mark_leads_to_an_element_that_owns_it_and_no_other_does(document: Pdf):
    by_number = owners(document)
    owned = []
    for element in elements(document):
        for kid in kids(element):
            if isinstance(kid, int):
                owned.append((element.Pg.objgen, kid, element.objgen))
            elif kid.get("/Type") == "/MCR":
                owned.append((kid.Pg.objgen, int(kid.MCID), element.objgen))
    told = [
        (page.obj.objgen, number, element.objgen)
        for index, page in enumerate(document.pages)
        for number, element in enumerate(by_number[index])
    ]
    assert sorted(owned) == sorted(told)


def test_every_annotation_is_told_in_words_and_belongs_to_an_element(document: Pdf):
    by_number, root = owners(document), document.Root.StructTreeRoot
    annotations = [each for page in document.pages for each in page.obj.get("/Annots", [])]
    assert {str(each.Subtype) for each in annotations} == {"/Link", "/Widget"}
    for annotation in annotations:
        element = by_number[int(annotation.StructParent)]
        assert annotation.objgen in [each.objgen for each in references(element)]
        assert str(element.S) == ("/Link" if annotation.Subtype == "/Link" else "/Form")
        assert str(annotation.get("/Contents", annotation.get("/TU", ""))).strip()
        assert annotation.F in (4, 132)
    assert root.ParentTreeNextKey == max(by_number) + 1


def test_an_empty_signature_field_waits_and_takes_no_place(document: Pdf):
    (field,) = document.Root.AcroForm.Fields
    assert (str(field.T), str(field.FT), field.F) == ("Signature", "/Sig", 132)
    assert [int(side) for side in field.Rect] == [0, 0, 0, 0]
    assert "/V" not in field
    assert document.Root.AcroForm.SigFlags == 3
    assert field.objgen in [each.objgen for each in document.pages[-1].obj.Annots]


def test_info_and_xmp_say_the_same(document: Pdf):
    info, told = document.trailer.Info, metadata(document)
    for key, name in {
        "Title": "dc:title",
        "Author": "dc:creator",
        "Subject": "dc:description",
        "Producer": "pdf:Producer",
        "Creator": "xmp:CreatorTool",
    }.items():
        assert str(info[f"/{key}"]) == told[name] != ""
    for key, name in {"CreationDate": "xmp:CreateDate", "ModDate": "xmp:ModifyDate"}.items():
        day, hour = re.fullmatch(r"D:(\d{8})(\d{6})\+00'00'", str(info[f"/{key}"])).groups()
        assert datetime.fromisoformat(told[name]) == datetime.strptime(f"{day}{hour}+0000", "%Y%m%d%H%M%S%z")
    assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("3", "A", "1")
    assert told["dc:language"] == str(document.Root.Lang) == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle is True


def test_colours_are_those_of_an_rgb_profile_without_a_moment(document: Pdf):
    (intent,) = document.Root.OutputIntents
    profile = intent.DestOutputProfile
    body = profile.read_bytes()
    assert profile.N == 3
    assert body[16:20] == b"RGB "
    assert body[24:36] == bytes(12)


def test_attached_files_say_what_they_are(document: Pdf):
    (specification,) = document.Root.AF
    assert str(document.Root.Names.EmbeddedFiles.Names[0]) == str(specification.F)
    assert str(specification.F) == str(specification.UF)
    assert str(specification.Desc).strip()
    assert specification.AFRelationship == "/Data"
    file = specification.EF.F
    body = file.read_bytes()
    assert file.Subtype == "/application/json"
    assert file.Params.Size == len(body)
    assert bytes(file.Params.CheckSum) == hashlib.md5(body, usedforsecurity=False).digest()
    assert str(file.Params.ModDate) == str(document.trailer.Info.ModDate)


def test_headings_leave_no_level_out(document: Pdf):
    levels = [int(tag[1]) for tag in tags(document) if re.fullmatch(r"H\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(1) == 1


def test_tables_are_even_and_their_heads_have_a_scope(document: Pdf):
    tables = [element for element in elements(document) if element.S == "/Table"]
    assert tables
    for table in tables:
        rows = kids(table)
        assert {str(row.S) for row in rows} == {"/TR"}
        assert len({len(kids(row)) for row in rows}) == 1
        heads = [cell for row in rows for cell in kids(row) if cell.S == "/TH"]
        assert heads
        assert all(cell.A.O == "/Table" and cell.A.Scope in ("/Row", "/Column") for cell in heads)


def test_lists_have_labels_and_bodies(document: Pdf):
    lists = [element for element in elements(document) if element.S == "/L"]
    assert lists
    for each in lists:
        assert each.A.ListNumbering in ("/Disc", "/Decimal")
        for item in kids(each):
            assert [str(part.S) for part in kids(item)] == ["/Lbl", "/LBody"]


def test_figures_have_words_and_a_place():
    with opened(draw(FACTS, standard_design())) as pdf:
        (figure,) = [element for element in elements(pdf) if element.S == "/Figure"]
        assert str(figure.Alt) == f"QR code that opens {FACTS.check_url}"
        assert figure.A.Placement == "/Block"
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        assert right - left == pytest.approx(28 / 25.4 * 72, abs=0.1)
        assert top - bottom == pytest.approx(right - left, abs=0.1)
        assert figure.P.S == "/Link"


def test_what_machines_are_told_is_what_is_printed_and_nothing_else():
    told = facts(printed_name="Amira Osei-Bonsu", replaces="0" * 26)
    with opened(draw(told, standard_design())) as pdf:
        found = json.loads(pdf.Root.AF[0].EF.F.read_bytes())
    assert found["name"] == "Amira Osei-Bonsu"
    assert found["replaces"] == "0" * 26
    assert found["completed_on"] == "2026-11-22"
    assert "membership" not in found
    assert "revision" not in json.dumps(found)
    assert "14:02" not in json.dumps(found)


def test_a_long_row_goes_on_over_the_page_and_stays_one_row():
    flow = Flow()
    flow.heading("A record", 1)
    set_table(flow, ("Date", "Words"), [("Today", "many words " * 1500)], widths=(1, 4))
    with opened(compose(PARTICULARS, flow.leaves())) as pdf:
        assert len(pdf.pages) > 2
        cell = [element for element in elements(pdf) if element.S == "/TD"][1]
        assert len(kids(cell)) == len(pdf.pages)
        assert tags(pdf).count("TR") == 2
        assert "P" not in tags(pdf)  # the head that stands on each page is read once


def test_what_xml_cannot_hold_is_left_out_of_the_metadata():
    told = replace(PARTICULARS, title="A\x00 title\ud800s", author="Homes\x0b & Co")
    flow = Flow()
    flow.heading("A record", 1)
    with opened(compose(told, flow.leaves())) as pdf:
        assert str(pdf.trailer.Info.Title) == metadata(pdf)["dc:title"] == "A  title s"
        assert str(pdf.trailer.Info.Author) == metadata(pdf)["dc:creator"] == "Homes  & Co"


def test_flowing_text_is_composed_too():
    flow = Flow()
    flow.heading("A record", 1)
    flow.paragraph("Cafe\u0301")
    page = pypdfium2.PdfDocument(compose(PARTICULARS, flow.leaves()))[0]
    assert "Café" in page.get_textpage().get_text_bounded()


def test_one_document_is_drawn_at_a_time():
    inside, most = [], []

    def draw_slowly(_canvas: object) -> None:
        inside.append(1)
        time.sleep(0.005)
        most.append(len(inside))
        inside.pop()

    def draw_one(_number: int) -> bytes:
        root = Element("Document")
        return compose(PARTICULARS, Leaves(root, [[Mark(root.add("P"), draw_slowly)]]))

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(draw_one, range(16)))) == 1
    assert most == [1] * 16
