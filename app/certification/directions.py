"""In which direction a text is read. Pure."""

import unicodedata

_RIGHT_TO_LEFT = {"R", "AL"}


def runs_right_to_left(text: str) -> bool:
    """Whether some letter of the text is read from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text
    )


def begins_right_to_left(text: str) -> bool:
    """Whether a text as a whole is read from right to left: its first letter that has a direction is."""
    if text.isascii():
        return False
    directions = (unicodedata.bidirectional(character) for character in text)
    first = next((found for found in directions if found in {"L", *_RIGHT_TO_LEFT}), "L")
    return first in _RIGHT_TO_LEFT
