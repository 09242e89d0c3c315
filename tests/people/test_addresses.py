"""Addresses and names as people type them."""

import pytest

from app.people.addresses import may_register, name_problem, read_address, read_name


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("nia@example.org", "nia@example.org"),
        ("  Nia.Pryce@Example.ORG ", "nia.pryce@example.org"),
        ("nia+cpd@example.org", "nia+cpd@example.org"),
        ("nia@bücher.example", "nia@bücher.example"),
        ("", None),
        ("nia", None),
        ("nia@", None),
        ("nia@localhost", None),
        ("nia@example.org\r\nBcc: all@example.org", None),
        ("nia@example.org, ben@example.org", None),
        ("Nia <nia@example.org>", None),
        ('"nia pryce"@example.org', None),
        ("nia\x00@example.org", None),
        ("a" * 250 + "@example.org", None),
        ("a@" + "b" * 300 + ".org", None),
    ],
)
def test_an_address_has_one_spelling_or_is_none(typed: str, read: str | None) -> None:
    assert read_address(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Nia \t Pryce\n", "Nia Pryce"),
        ("Ste\u0301phane", "Stéphane"),
        ("Nia\x00", "Nia\ufffd"),
        ("\u202eNia", "\ufffdNia"),
        ("नि\u200dया", "नि\u200dया"),
    ],
)
def test_a_name_is_folded_and_composed_and_hides_nothing(typed: str, read: str) -> None:
    assert read_name(typed) == read


@pytest.mark.parametrize(
    "name",
    ["Nia", "Ŵena Ó Briain-Łukasz", "李小龍", "O'Neil, Jr.", "María José de la Cruz", "नि\u200dया", "X"],
)
def test_real_names_are_names(name: str) -> None:
    assert name_problem(read_name(name)) is None


@pytest.mark.parametrize(
    "name", ["", "a" * 121, "Nia\ufffd", "go to https://evil.example", "nia@example.org", "see evil.example"]
)
def test_what_is_no_name_is_refused_in_a_sentence(name: str) -> None:
    assert (name_problem(name) or "").endswith(".")


@pytest.mark.parametrize(
    ("address", "registration", "allowed"),
    [
        ("nia@example.org", "anyone", True),
        ("nia@homes.example", "domains", True),
        ("nia@sub.homes.example", "domains", False),
        ("nia@evil-homes.example", "domains", False),
        ("homes.example@evil.example", "domains", False),
        ("nia@homes.example", "invited", False),
    ],
)
def test_who_may_register(address: str, registration: str, allowed: bool) -> None:
    assert may_register(address, registration, ("homes.example",)) is allowed
