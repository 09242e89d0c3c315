"""What makes a password good enough."""

import time

import pytest

from app.people.passwords import normal, password_problem

ABOUT = ("nia.pryce@homes.example", "Nia Pryce")


@pytest.mark.parametrize(
    "password",
    [
        "violet gate after tea",
        "kx7#Qv!2pz",
        "ŵyddfa eira glas",
        "雨が降ると紫陽花が咲く",
        "correct horse battery staple",
        "x7" + "the gulls know it before we do " * 7,
    ],
)
def test_any_characters_and_any_length_will_do(password: str) -> None:
    assert password_problem(password, ABOUT) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Enter a password."),
        ("kx7#Qv!", "8 characters or more"),
        ("kx7#Qv!2" * 40, "256 characters or fewer"),
        ("password", "too easy"),
        ("qwertyuiop", "too easy"),
        ("aaaaaaaaaaaaaaaa", "too easy"),
        ("niapryce", "too easy"),
        ("nia.pryce@homes.example", "too easy"),
        ("Rung2026", "too easy"),
    ],
)
def test_what_is_easy_to_guess_is_refused(password: str, words: str) -> None:
    assert words in (password_problem(password, ABOUT) or "")


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    assert normal("cafe\u0301 ＡＢＣ") == normal("café ABC")


def test_judging_a_long_password_does_not_take_long() -> None:
    start = time.perf_counter()
    password_problem("ab1" * 85, ABOUT)
    assert time.perf_counter() - start < 2
