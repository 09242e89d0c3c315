"""The codes that sign people in."""

import pytest

from app.people.sign_in_codes import new_code, read_code, spaced


def test_codes_are_eight_digits_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 195
    assert all(len(code) == 8 and code.isdigit() for code in codes)
    assert all(read_code(spaced(code)) == code for code in codes)


@pytest.mark.parametrize(
    "typed", ["1234 5678", " 12345678 ", "1234-5678", "12 34 56 78", "1234\u00a05678", "1234–5678"]
)
def test_a_code_is_read_however_it_is_spaced(typed: str) -> None:
    assert read_code(typed) == "12345678"


@pytest.mark.parametrize(
    "typed", ["", "1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨", "1" * 10_000, "12345678\x00"]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None
