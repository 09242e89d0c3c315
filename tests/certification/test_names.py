import pytest

from app.certification.names import printed_name_problem, tidy_name


@pytest.mark.parametrize(
    "name",
    [
        "Li",
        "Ó",
        "Amira Osei-Bonsu",
        "O’Neill",
        "D'Arcy",
        "Zoë Ångström-Łukasiewicz",
        "Ελευθερία Παπαδοπούλου",
        "Олександра Шевченко",
        "Nguyễn Thị Thuỳ Dương",
        "Ọ̀ṣun Adébáyọ̀",
        "Dr A. B. Smith (née Jones)",
        "W" * 60,
        "  Amira  ",
        "محمد عبد الله",
        "مُحَمَّد",
        "علی\u200cرضا پژمان",
        "ڈاکٹر عبدالسلام",
        "אברהם בן־לוי",
        "אַבְרָהָם",
        "Ali (محمد) Osei",
    ],
)
def test_a_name_in_a_script_of_the_typeface_can_be_printed(name: str):
    assert printed_name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Type the name"),
        (" \t ", "Type the name"),
        ("W" * 61, "has 61"),
        ("...", "at least one letter"),
        ("12 34", "at least one letter"),
        ("李明", "cannot print 李, 明 yet"),
        ("李明", "Arabic and Hebrew letters"),
        ("देवी", "cannot print द"),
        ("مۇھەممەد", "cannot print ە"),
        ("ﻣﺤﻤﺪ", "cannot print ﻣ"),
        ("علی\u200c", "invisible character"),
        ("Amira\u200cOsei", "invisible character"),
        ("Amira 😀", "cannot print 😀"),
        ("Amira \U00020000", "cannot print \U00020000"),
        ("Ami\u202era", "invisible character"),
        ("Ami\x00ra", "invisible character"),
        ("Ami\u200bra", "invisible character"),
        ("Ami\x1b[31mra", "invisible character"),
        ("Ami\ue000ra", "invisible character"),
        ("Ami\ud800ra", "invisible character"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_with_a_kind_sentence(name: str, said: str):
    problem = printed_name_problem(name)
    assert problem is not None
    assert said in problem
    assert "!" not in problem


def test_the_length_counts_composed_characters_as_they_are_printed():
    assert printed_name_problem("e\u0301" * 60) is None


def test_a_name_is_printed_composed_and_with_single_spaces():
    assert tidy_name("  Zoe\u0308 \n  Ward ") == "Zoë Ward"
