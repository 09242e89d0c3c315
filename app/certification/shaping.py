"""Letters in the order and the shapes in which they are drawn: other scripts, and from right to left. Pure.

Lines are broken in the order of reading. Each line is then shaped and put into the order of the eye.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from arabic_reshaper import ArabicReshaper
from arabic_reshaper.letters import LETTERS_ARABIC
from bidi import algorithm

from app.certification.directions import runs_right_to_left
from app.certification.fonts import FAMILY, STAND_INS, face_for, has_glyph, width
from app.certification.typesetting import Piece

NON_JOINER = "\u200c"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_RESHAPER = ArabicReshaper(configuration={"delete_harakat": False, "delete_tatweel": False})


def can_draw(character: str) -> bool:
    """Whether some typeface has the letter, and, where letters join, we know how it does."""
    if unicodedata.bidirectional(character) == "AL" and unicodedata.category(character)[0] == "L":
        return joins(character)
    return any(has_glyph(character, face) for face in (f"{FAMILY} Regular", *STAND_INS))


def joins(character: str) -> bool:
    """Whether this is one Arabic letter of those whose joined shapes are known."""
    return character in LETTERS_ARABIC


@lru_cache(maxsize=1024)
def in_order(pieces: tuple[Piece, ...], leftwards: bool = False) -> tuple[Piece, ...]:
    """A line's pieces as they are drawn, from left to right, each in a typeface that has its letters.

    `leftwards` says that the whole text of the line is read from right to left.
    Raises ValueError where none has.
    """
    line = "".join(text for text, _ in pieces)
    if not runs_right_to_left(line):
        return _in_faces([(character, name) for text, name in pieces for character in text])
    letters = [(character, name) for text, name in _without_last_space(pieces) for character in shaped(text)]
    return _in_faces(_reordered(letters, leftwards))


def shaped(text: str) -> str:
    """Arabic letters in the forms that they take beside each other; all else as it is."""
    return str(_RESHAPER.reshape(text)) if runs_right_to_left(text) else text


@lru_cache(maxsize=4096)
def measure(text: str, name: str) -> float:
    """How wide a text runs once shaped, in ems. Raises ValueError for letters that no typeface has."""
    return sum(width(run, face) for run, face in _in_faces([(character, name) for character in shaped(text)]))


def _in_faces(letters: Iterable[Piece]) -> tuple[Piece, ...]:
    faced = [(character, face_for(character, name)) for character, name in letters]
    return tuple(
        ("".join(character for character, _ in run), name)
        for name, run in groupby(faced, key=lambda piece: piece[1])
    )


def _without_last_space(pieces: Sequence[Piece]) -> list[Piece]:
    """At the left end of a line from right to left the space would push the line inwards."""
    *before, (last, name) = pieces
    return [*before, (last.rstrip(" "), name)]


def _reordered(letters: list[Piece], leftwards: bool) -> list[Piece]:
    """Unicode's algorithm on a whole line, each letter keeping its font."""
    line = "".join(character for character, _ in letters)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if leftwards else (0, "L")
    algorithm.get_embedding_levels(line, storage)
    for place, found in enumerate(storage["chars"]):
        found["font"] = letters[place][1]
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _settle_brackets(storage["chars"], storage["base_dir"])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    algorithm.apply_mirroring(storage, False)
    return [(found["ch"], found["font"]) for found in storage["chars"]]


def _settle_brackets(letters: list[dict[str, Any]], base: str) -> None:
    """Rule N0 of Unicode, which the library lacks: a pair of brackets takes one direction, so both turn."""
    for start, end in _pairs([found["ch"] for found in letters]):
        inside = {_strong(found["type"]) for found in letters[start + 1 : end]} - {""}
        if not inside:
            continue
        before = next(
            (strong for found in letters[start - 1 :: -1] if (strong := _strong(found["type"]))), base
        )
        direction = base if base in inside or start == 0 else before
        letters[start]["type"] = letters[end]["type"] = direction


def _pairs(characters: Sequence[str]) -> list[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    pairs = []
    for place, character in enumerate(characters):
        if character in _BRACKETS:
            opened.append((_BRACKETS[character], place))
        elif opened and character == opened[-1][0]:
            pairs.append((opened.pop()[1], place))
    return sorted(pairs)


def _strong(direction: str) -> str:
    return {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}.get(direction, "")
