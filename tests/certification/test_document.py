"""Documents are read back: their words, their code, their fonts, their bytes."""

import hashlib
import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from app.certification.document import draw
from app.certification.signing import sign
from app.certification.wording import rows
from tests.certification.examples import FACTS, ROOT, facts, standard_design
from tests.certification.keys import seal_of

DESIGN = standard_design()
LONGEST = "Maximiliana Konstantinopoulou-Featherstonehaugh de la Torres"
NAMES = [
    "Li",
    "Amira Osei-Bonsu",
    LONGEST,
    "W" * 60,
    "Zoë Ångström-Łukasiewicz Ñandú",
    "Ελευθερία Παπαδοπούλου",
    "Олександра Шевченко",
    "Nguyễn Thị Thuỳ Dương",
    "<b>Ann & {name} **Lee**",
    "محمد عبد الله",
    "אברהם לוי",
]
ELSEWHERE = """
import hashlib, sys
from concurrent.futures import ThreadPoolExecutor
from app.certification.document import draw
from tests.certification.examples import facts, standard_design

design = standard_design()
with ThreadPoolExecutor(8) as threads:
    for body in threads.map(lambda name: draw(facts(printed_name=name), design), sys.argv[1:] * 4):
        print(hashlib.sha256(body).hexdigest())
"""


def words_of(body: bytes) -> str:
    """All words of the document, white space folded."""
    document = pypdfium2.PdfDocument(body)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("name", NAMES)
def test_the_name_can_be_read_back_and_stays_within_the_page(name: str):
    body = draw(facts(printed_name=name), DESIGN)
    assert name in unicodedata.normalize("NFKC", words_of(body))
    page = pypdfium2.PdfDocument(body)[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    margin = 27 / 25.4 * 72
    assert min(box[0] for box in boxes) >= margin - 1.5
    assert max(box[2] for box in boxes) <= page.get_width() - margin + 1.5


def test_every_fact_can_be_read_back():
    text = words_of(draw(FACTS, DESIGN))
    for _, description in rows(FACTS):
        assert " ".join(description.split()) in text
    assert "completed Co-production in social housing and answered every part of its test correctly." in text
    assert "30 CPD minutes 0.5 hours, assessed e-learning" in text
    assert "This is not a Level 4 or 5 qualification under the Competence and Conduct Standard." in text


def test_nothing_claims_an_approval():
    assert not re.search(
        "approv|accredit|endors|recognised by|certified by", words_of(draw(FACTS, DESIGN)), re.I
    )


def test_the_code_opens_the_check_page_from_paper():
    # 150 dots an inch, grey: a poor scan of a print.
    image = pypdfium2.PdfDocument(draw(FACTS, DESIGN))[0].render(scale=150 / 72, grayscale=True).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [FACTS.check_url]


def test_a_specimen_says_so_and_an_award_does_not():
    assert "SPECIMEN" in words_of(draw(facts(specimen=True), DESIGN))
    assert "SPECIMEN" not in words_of(draw(FACTS, DESIGN))


def test_the_stamp_leaves_the_code_readable():
    image = pypdfium2.PdfDocument(draw(facts(specimen=True), DESIGN))[0].render(scale=150 / 72).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [FACTS.check_url]


def test_it_is_two_a4_pages_in_british_english_with_a_title_and_only_our_typeface():
    with pikepdf.open(BytesIO(draw(facts(specimen=True), DESIGN))) as document:
        assert len(document.pages) == 2
        for page in document.pages:
            assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle is True
        assert str(document.docinfo.Title) == "Certificate: Co-production in social housing"
        assert str(document.docinfo.CreationDate) == "D:20261122140200+00'00'"
        fonts = [
            font
            for font in document.objects
            if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font"
        ]
        assert fonts
        assert all("FiraSans" in str(font.BaseFont) and "/FontFile2" in font.FontDescriptor for font in fonts)
        assert not any("/SMask" in one for one in document.objects if isinstance(one, pikepdf.Stream))


def fingerprint(body: bytes) -> bytes:
    with pikepdf.open(BytesIO(body)) as document:
        return bytes(document.trailer.ID[0])


def test_the_same_facts_give_the_same_bytes_and_other_facts_another_fingerprint():
    assert draw(FACTS, DESIGN) == draw(FACTS, DESIGN)
    one, other = draw(FACTS, DESIGN), draw(facts(code="0" * 26), DESIGN)
    assert fingerprint(one) != fingerprint(other)


def test_documents_drawn_at_the_same_time_do_not_mix_letters():
    people = [facts(printed_name=name) for name in NAMES] * 2
    alone = [draw(person, DESIGN) for person in people]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns within single lines
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(lambda person: draw(person, DESIGN), people))
    finally:
        sys.setswitchinterval(usual)
    assert together == alone


@pytest.mark.slow
def test_other_processes_and_their_threads_draw_the_same_bytes():
    names = ["Amira Osei-Bonsu", "Nguyễn Thị Thuỳ Dương", "محمد عبد الله"]
    expected = [hashlib.sha256(draw(facts(printed_name=name), DESIGN)).hexdigest() for name in names]
    others = [
        subprocess.Popen(
            [sys.executable, "-c", ELSEWHERE, *names],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"UTC-{seed}"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    for answer in (other.communicate()[0] for other in others):
        assert answer.split() == expected * 4


def test_a_document_is_light_even_signed():
    for name in NAMES:
        body = draw(facts(printed_name=name, specimen=True), DESIGN)
        assert len(body) <= 40 * 1024
        assert len(sign(body, seal_of("ours"), FACTS.completed_at, "Certificate")) <= 48 * 1024


def test_a_long_list_of_outcomes_stays_above_the_code():
    outcomes = tuple(
        f"Outcome {number}: " + "explain what a landlord must do, and why, in plain words. " * 2
        for number in range(14)
    )
    body = draw(facts(outcomes=outcomes), DESIGN)
    text = words_of(body)
    assert "Outcome 13:" in text
    page = pypdfium2.PdfDocument(body)[0].get_textpage()
    found = page.search("7K4M Q2XD").get_next()
    assert page.get_charbox(found[0])[1] > (297 - 234) / 25.4 * 72 - 1
