import pytest

from app.certification.matching import same_name

NAME = "Zoë O’Neill-Ward"


@pytest.mark.parametrize(
    "typed",
    [
        "Zoë O'Neill-Ward",
        "ZOË O'NEILL-WARD",
        "zoe\u0308  o’neill‑ward",
        " Zoë O'Neill–Ward ",
        "Zoe O’Neill-Ward",
        "zoe oneill ward",
        "Zoë O´Neill - Ward",
        "Zoë\u00a0O’Neill\u00adWard",
    ],
)
def test_a_checker_need_not_type_the_name_to_the_letter(typed: str):
    assert same_name(NAME, typed)


@pytest.mark.parametrize(
    "typed",
    ["Zoë", "", " ", "-", "’", "Zoë O’Neill-Ward Jones", "Zoë O’Neil-Ward", "Ward Zoë O’Neill", "Zöe Oneil"],
)
def test_another_name_is_another_name(typed: str):
    assert not same_name(NAME, typed)


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Straße", "STRASSE"),
        ("Γιώργος", "ΓΙΏΡΓΟΣ"),
        ("Γιώργος", "γιωργοσ"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren Ångström", "Soren Angstrom"),
        ("Þóra Æsir Œuvre", "thora aesir oeuvre"),
        ("Nguyễn Thị Thuỳ Dương", "nguyen thi thuy duong"),
        ("Đặng", "dang"),
        ("Ionuț Ţepeş", "IONUT TEPES"),
        ("Ilker Işık", "ilker isik"),
        ("İpek", "ipek"),
        ("Олександра Шевченко", "ОЛЕКСАНДРА ШЕВЧЕНКО"),
        ("ﬁona", "Fiona"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_accents_and_joined_letters_do_not_matter_in_any_script_that_is_printed(printed: str, typed: str):
    assert same_name(printed, typed)
    assert same_name(typed, printed)


@pytest.mark.parametrize(("one", "other"), [("कि", "कु"), ("か", "が"), ("Ли", "Лю"), ("", "")])
def test_what_is_part_of_a_letter_matters(one: str, other: str):
    assert not same_name(one, other)
