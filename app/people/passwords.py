"""What makes a password good enough: its length and how guessable it is, not its kinds of characters."""

import unicodedata

from zxcvbn import zxcvbn

SHORTEST = 8
LONGEST = 256
GOOD_ENOUGH = 3  # of 4: more than 10^8 guesses (zxcvbn)
TOO_EASY = "This password is too easy to guess. Try three or four words that do not belong together."
JUDGED = 72  # characters that zxcvbn looks at; more only take it longer


def normal(typed: str) -> str:
    """The one spelling of a password, so that another keyboard's accents are the same password."""
    return unicodedata.normalize("NFKC", typed)


def password_problem(typed: str, about: tuple[str, ...] = ()) -> str | None:
    """Why this cannot be a new password, in a sentence; None where it can.

    `about` holds what an attacker would try first: the person's name and address.
    """
    password = normal(typed)
    if not password:
        return "Enter a password."
    if len(password) < SHORTEST:
        return f"Your password must be {SHORTEST} characters or more."
    if len(password) > LONGEST:
        return f"Your password must be {LONGEST} characters or fewer."
    if zxcvbn(password[:JUDGED], user_inputs=[*_words(about), "rung"])["score"] < GOOD_ENOUGH:
        return TOO_EASY
    return None


def _words(about: tuple[str, ...]) -> list[str]:
    texts = [text for text in about if text]
    return texts + [word for text in texts for word in text.replace("@", " ").replace(".", " ").split()]
