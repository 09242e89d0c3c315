"""Every letter is half an em wide here, so that what fits can be reckoned by hand."""

import pytest

from app.certification.fitting import overflowing
from app.certification.shaping import measure
from app.certification.sheet import Sheet
from app.certification.wording import printed
from tests.certification.examples import FACTS, facts, standard_design

FIELD = {"kind": "text", "font": "plain", "size": 20, "smallest": 10, "colour": "ink", "width": 100}
ROWS = {
    **{key: FIELD[key] for key in ("font", "colour", "width")},
    "kind": "rows",
    "strong": "plain",
    "size": 10,
    "term_colour": "ink",
    "term_width": 30,
    "lowest": 60,
}
LONGEST = "Maximiliana Konstantinopoulou-Featherstonehaugh de la Torres"


def half_an_em(text: str, _font: str) -> float:
    return len(text) / 2


def sheet(*fields: dict) -> Sheet:
    return Sheet.model_validate(
        {
            "title": "For tests",
            "page": "A4",
            "margins": {"top": 20, "right": 20, "bottom": 20, "left": 20},
            "palette": {"ink": "#000000"},
            "fonts": {"plain": "Fira Sans Regular"},
            "stamp_colour": "ink",
            "fields": fields,
        }
    )


def said(*fields: dict, **changes: object) -> list[tuple[int, str]]:
    return overflowing(sheet(*fields), printed(facts(**changes)), half_an_em)


def test_the_shipped_design_holds_the_longest_name_and_every_optional_fact():
    design = standard_design()
    for name in (LONGEST, "Li", "محمد عبد الله"):
        told = facts(
            printed_name=name, membership="Chartered Institute of Housing, 1234567", replaces="0" * 26
        )
        assert overflowing(design.sheet, printed(told), measure) == []


# 100 mm are 283 points: 56 letters at 10 points, which is the smallest.
def test_words_that_are_too_wide_at_their_smallest_are_named_by_their_field():
    name = {**FIELD, "at": [20, 40], "text": "{name}"}
    assert said(name, printed_name="a" * 56) == []
    assert said(name, name, printed_name="a" * 57) == [
        (0, "These words are too long for one line of 100 mm at 10 points."),
        (1, "These words are too long for one line of 100 mm at 10 points."),
    ]


def test_words_that_wrap_may_take_all_their_lines_and_no_more():
    course = {**FIELD, "at": [20, 40], "text": "{course}", "lines": 2}
    assert said(course, title="a" * 50 + " " + "b" * 50) == []
    assert said(course, title=" ".join(["a" * 50, "b" * 50, "c" * 50])) == [
        (0, "These words are too long for 2 lines of 100 mm at 10 points.")
    ]


def test_a_list_that_passes_its_lowest_place_is_named():
    rows = {**ROWS, "at": [20, 40], "rows": [["Outcomes", "{outcomes}"]]}
    assert said(rows, outcomes=("one", "two")) == []
    found = said(rows, outcomes=("many words " * 20,) * 8)
    assert [index for index, _ in found] == [0, 0]
    assert "past its lowest place at 60 mm" in found[0][1]
    assert "less than 6 points" in found[1][1]


def test_a_word_wider_than_its_column_is_named():
    rows = {**ROWS, "at": [20, 40], "rows": [["Issued by", "{issuer}"]]}
    assert said(rows, issuer="a" * 60) == [(0, "A word in this list is wider than its 70 mm.")]


def test_a_field_that_reaches_over_the_bottom_margin_is_named():
    lead = {**FIELD, "at": [20, 266], "text": "{course}", "lines": 3}
    assert said(lead, title="short") == []
    assert said(lead, title=" ".join(["a" * 50, "b" * 50, "c" * 50])) == [
        (0, "This field ends 281 mm down, over the bottom margin at 277 mm.")
    ]


@pytest.mark.parametrize("text", ["{summary}", "About: {summary}"])
def test_a_placeholder_without_words_is_named(text: str):
    assert said({**FIELD, "at": [20, 40], "text": text}, summary=" ") == [
        (0, "There are no words for {summary}.")
    ]
    rows = {**ROWS, "at": [20, 40], "rows": [["About", text]]}
    assert said(rows, summary="") == [(0, "There are no words for {summary}.")]


def test_a_field_that_prints_nothing_is_named():
    assert said({**FIELD, "at": [20, 40], "text": "****"}) == [(0, "This field prints nothing.")]


def test_what_is_optional_may_be_absent():
    assert FACTS.expires_on is None
    assert said({**FIELD, "at": [20, 40], "text": "Valid until {expires}"}) == []
    assert said({**ROWS, "at": [20, 40], "rows": [["Membership", "{membership}"]]}) == []
