"""The number of a revision, as an address or a form gives it."""

from app.library.revisions import LARGEST_ID


def number_in(typed: str) -> int | None:
    """The number, or None for what is none that a revision can have."""
    plain = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(LARGEST_ID))
    return int(typed) if plain and 0 < int(typed) <= LARGEST_ID else None
