"""What runs from right to left is drawn in the order of the eye, and read in the order of the tongue."""

import unicodedata

import pypdfium2
import pytest

from app.certification.document import draw
from app.certification.shaping import in_order, measure
from tests.certification.examples import FACTS, facts, standard_design
from tests.certification.reading import elements, opened

DESIGN = standard_design()
PLAIN, STRONG = "Fira Sans Regular", "Fira Sans SemiBold"


def seen(text: str, leftwards: bool) -> str:
    """What the eye sees from left to right, in plain letters."""
    drawn = "".join(piece for piece, _ in in_order(((text, PLAIN),), leftwards))
    return unicodedata.normalize("NFKC", drawn)


@pytest.mark.parametrize(
    ("text", "leftwards", "expected"),
    [
        ("Amira Osei", False, "Amira Osei"),
        ("אברהם לוי", True, "יול םהרבא"),
        ("Ali אבג", False, "Ali גבא"),
        ("אבג Ali", True, "Ali גבא"),
        ("אבג (Ali) Osei", True, "Osei (Ali) גבא"),
        ("(אבג) Ali", True, "Ali (גבא)"),
        ("Ali (אבג) B", False, "Ali (גבא) B"),
        ("אבג (Ali) 12", True, "12 (Ali) גבא"),
        ("אבג 12", True, "12 גבא"),
        ("אבג ", True, "גבא"),
    ],
)
def test_a_line_is_in_the_order_of_the_eye(text: str, leftwards: bool, expected: str):
    assert seen(text, leftwards) == expected


def test_arabic_letters_take_the_forms_of_their_places():
    drawn = "".join(piece for piece, _ in in_order((("محمد", PLAIN),), True))
    forms = [unicodedata.name(letter).rsplit(" ", 2)[-2:] for letter in reversed(drawn)]
    assert [form[0] for form in forms] == ["INITIAL", "MEDIAL", "MEDIAL", "FINAL"]
    parted = "".join(piece for piece, _ in in_order((("علی\u200cرضا", PLAIN),), True))
    assert "\u200c" not in parted
    assert any("YEH FINAL FORM" in unicodedata.name(letter) for letter in parted)


def test_each_letter_is_drawn_by_a_typeface_that_has_it_and_keeps_its_weight_where_it_can():
    line = (("completed ", PLAIN), ("אב Course", STRONG), (".", PLAIN))
    assert in_order(line) == (
        ("completed ", PLAIN),
        ("בא", "Heebo"),
        (" Course", STRONG),
        (".", PLAIN),
    )


def test_a_letter_of_no_typeface_stops_the_drawing():
    with pytest.raises(ValueError, match=r"U\+674E"):
        in_order((("李", PLAIN),))
    with pytest.raises(ValueError, match=r"U\+674E"):
        measure("李", PLAIN)
    with pytest.raises(ValueError, match=r"U\+674E"):
        draw(facts(title="李"), DESIGN)


@pytest.mark.parametrize("name", ["محمد عبد الله الرشيد", "אברהם בן לוי", "علی\u200cرضا پژمان"])
def test_the_name_is_told_whole_at_its_element_and_read_back_in_order(name: str):
    body = draw(facts(printed_name=name), DESIGN)
    with opened(body) as pdf:
        assert name in [str(element.get("/ActualText", "")) for element in elements(pdf)]
    text = pypdfium2.PdfDocument(body)[0].get_textpage().get_text_bounded()
    assert name.replace("\u200c", "") in unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(("name", "eye"), [("אבג", "גבא"), ("אב Ζ", "Ζבא"), ("Ζ אב", "Ζבא")])
def test_a_name_stands_in_the_order_of_the_eye(name: str, eye: str):
    text = pypdfium2.PdfDocument(draw(facts(printed_name=name), DESIGN))[0].get_textpage()
    places = {
        text.get_text_range(index, 1): text.get_charbox(index)[0]
        for index in range(text.count_chars())
        if text.get_text_range(index, 1) in eye
    }
    assert sorted(places, key=lambda letter: places[letter]) == list(eye)


def test_accents_that_are_typed_after_their_letters_are_printed_composed():
    body = draw(facts(title="Cafe\u0301", outcomes=("Nai\u0308ve",)), DESIGN)
    text = pypdfium2.PdfDocument(body)[0].get_textpage().get_text_bounded()
    assert "Café" in text
    assert "Naïve" in text


def test_the_pages_are_read_in_the_order_of_their_elements():
    document = pypdfium2.PdfDocument(draw(FACTS, DESIGN))
    first, second = (page.get_textpage().get_text_bounded() for page in document)
    for text, parts in (
        (
            first,
            ("Certificate of continuing", "Amira Osei-Bonsu", "completed Co-production", "30 CPD", "Code"),
        ),
        (
            second,
            ("Record of learning", "What was learnt", "How it was assessed", "The course", "Page 2 of 2"),
        ),
    ):
        places = [text.index(part) for part in parts]
        assert places == sorted(places)
