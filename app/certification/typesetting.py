"""Words into lines of type: filling in, wrapping, shrinking to fit. Pure: whoever calls it measures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from re import findall

from app.certification.wording import PLACEHOLDER

STEP = 0.5  # points by which type shrinks
LEAST = 3.0  # the smallest type in points, met only where a design leaves a name no room

Measure = Callable[[str, str], float]  # (text, font) -> width in ems
Piece = tuple[str, str]  # text and its font
Lines = list[tuple[Piece, ...]]


@dataclass(frozen=True)
class Word:
    """A word and the space after it, both measured in ems."""

    pieces: tuple[Piece, ...]
    width: float
    space: float


def fill(text: str, words: Mapping[str, str], plain: str, strong: str) -> list[Piece]:
    """The pieces of an authored text. Stars are read first: a course's title may hold some."""
    pieces = []
    for number, part in enumerate(text.split("**")):
        filled = PLACEHOLDER.sub(lambda found: words[found[1]], part)
        if filled:
            pieces.append((filled, strong if number % 2 else plain))
    return pieces


def fit(
    pieces: list[Piece], width: float, sizes: tuple[float, float], most_lines: int, measure: Measure
) -> tuple[float, Lines]:
    """The largest size, and its lines, that keep within `width` points.

    One line is tried from the larger of `sizes` down to the smaller, then two, and so on to `most_lines`.
    What still does not fit then shrinks further, so nothing is ever cut off or runs over its place.
    """
    largest, smallest = sizes
    words = [_words(paragraph, measure) for paragraph in paragraphs(pieces)]
    tries = [
        (size, allowed) for allowed in range(1, most_lines + 1) for size in _steps(largest, smallest, STEP)
    ]
    tries += [(size, most_lines) for size in _steps(smallest, LEAST, STEP / 2)]
    for size, allowed in tries:
        lines = [line for paragraph in words for line in _break(paragraph, width / size)]
        if len(lines) <= allowed and all(_width(line) * size <= width for line in lines):
            return size, _set_all(words, width / size)
    return LEAST, _set_all(words, width / LEAST)


def _steps(largest: float, smallest: float, step: float) -> list[float]:
    return [largest - step * count for count in range(int((largest - smallest) / step) + 1)]


def wrap(pieces: list[Piece], width: float, measure: Measure) -> Lines:
    """Lines no wider than `width` ems, save where one word is wider, of like length within a paragraph.

    Each wrapped line keeps the space it breaks at, so that the text can be read out of the document whole.
    """
    return _set_all([_words(paragraph, measure) for paragraph in paragraphs(pieces)], width)


def paragraphs(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces, parted at each newline."""
    found: list[list[Piece]] = [[]]
    for text, font in pieces:
        first, *others = text.split("\n")
        found[-1].append((first, font))
        found += [[(other, font)] for other in others]
    return found


def _words(pieces: list[Piece], measure: Measure) -> list[Word]:
    """The words of a paragraph. The stop after a strong word belongs to that word."""
    words: list[Word] = []
    gathered: list[Piece] = []
    for text, font in pieces:
        for part in findall(r" +|[^ ]+", text):
            if part.isspace():
                words.append(_word([*gathered, (" ", font)], measure))
                gathered = []
            else:
                gathered.append((part, font))
    return [*words, _word(gathered, measure)] if gathered else words


def _word(pieces: list[Piece], measure: Measure) -> Word:
    width = sum(measure(text, font) for text, font in pieces if text != " ")
    return Word(tuple(pieces), width, sum(measure(text, font) for text, font in pieces if text == " "))


def _set_all(words: list[list[Word]], width: float) -> Lines:
    return [_joined(line) for paragraph in words for line in _balance(paragraph, width)]


def _balance(words: list[Word], width: float) -> list[list[Word]]:
    """As few lines as `width` allows, and then as narrow as those allow."""
    lines = _break(words, width)
    narrower = width * 0.95
    while len(lines) > 1:
        tighter = _break(words, narrower)
        if len(tighter) > len(lines) or any(_width(line) > narrower for line in tighter):
            break
        lines, narrower = tighter, narrower * 0.95
    return lines


def _break(words: list[Word], width: float) -> list[list[Word]]:
    lines: list[list[Word]] = [[]]
    used = 0.0
    for word in words:
        if lines[-1] and used + word.width > width:
            lines.append([])
            used = 0.0
        lines[-1].append(word)
        used += word.width + word.space
    return lines


def _width(line: list[Word]) -> float:
    """How wide a line runs, but for the space at its end."""
    return sum(word.width + word.space for word in line) - (line[-1].space if line else 0.0)


def _joined(line: list[Word]) -> tuple[Piece, ...]:
    pieces = [piece for word in line for piece in word.pieces]
    joined = pieces[:1]
    for before, piece in pairwise(pieces):
        if piece[1] == before[1]:
            joined[-1] = (joined[-1][0] + piece[0], piece[1])
        else:
            joined.append(piece)
    return tuple(joined)
