import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.kernel.codes import ALPHABET, grouped, new_code, read_code

CODE = "0123456789ABCDEFGHJKMNPQRS"

codes = some.text(alphabet=ALPHABET, min_size=26, max_size=26)


def test_a_new_code_has_26_characters_of_the_alphabet() -> None:
    code = new_code()
    assert len(code) == 26
    assert set(code) <= set(ALPHABET)


def test_the_alphabet_leaves_out_letters_that_look_like_others() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_codes_do_not_repeat() -> None:
    assert len({new_code() for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        f"  {CODE}\n",
        "0123 4567 89AB CDEF GHJK MNPQ RS",
        "0123-4567-89ab-cdef-ghjk-mnpq-rs",
        "0123–4567—89AB‐CDEF‑GHJK MNPQ RS",
        "O123456789ABCDEFGHJKMNPQRS",
        "oi23456789abcdefghjkmnpqrs",
        "OL23456789ABCDEFGHJKMNPQRS",
        "ol23456789abcdefghjkmnpqrs",
    ],
)
def test_reading_forgives_case_spaces_dashes_and_look_alikes(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        CODE[:-1],
        CODE + "0",
        CODE[:-1] + "U",
        CODE[:-1] + "é",
        CODE[:-1] + "٣",
        CODE[:-1] + "/",
        "../" + CODE,
        "0" * 10_000,
    ],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_the_printed_form_is_in_groups_of_four() -> None:
    assert grouped(CODE) == "0123 4567 89AB CDEF GHJK MNPQ RS"


@given(codes)
def test_every_code_is_read_back_from_its_printed_form(code: str) -> None:
    assert read_code(grouped(code)) == code
    assert read_code(grouped(code).lower().replace(" ", "-")) == code


@given(some.text(max_size=60))
def test_whatever_is_typed_gives_a_code_or_none(typed: str) -> None:
    read = read_code(typed)
    assert read is None or (len(read) == 26 and set(read) <= set(ALPHABET))
