"""Words into lines of type: filling in, wrapping, shrinking to fit. Pure: whoever calls it measures."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from re import findall

from app.certification.wording import PLACEHOLDER

STEP = 0.5  # points by which type shrinks
LEAST = 3.0  # the smallest type in points, met only where a design leaves a name no room

Measure = Callable[[str, str], float]  # (text, font) -> width in ems
Piece = tuple[str, str]  # text and its font
Word = list[Piece]
Lines = list[tuple[Piece, ...]]


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
    tries = [
        (size, allowed) for allowed in range(1, most_lines + 1) for size in _steps(largest, smallest, STEP)
    ]
    tries += [(size, most_lines) for size in _steps(smallest, LEAST, STEP / 2)]
    for size, allowed in tries:
        lines = wrap(pieces, width / size, measure)
        if len(lines) <= allowed and all(_width(line, measure) * size <= width for line in lines):
            return size, lines
    return LEAST, wrap(pieces, width / LEAST, measure)


def _steps(largest: float, smallest: float, step: float) -> list[float]:
    return [largest - step * count for count in range(int((largest - smallest) / step) + 1)]


def wrap(pieces: list[Piece], width: float, measure: Measure) -> Lines:
    """Lines no wider than `width` ems, save where one word is wider, of like length within a paragraph.

    Each wrapped line keeps the space it breaks at, so that the text can be read out of the document whole.
    """
    return [line for paragraph in paragraphs(pieces) for line in _balanced(_words(paragraph), width, measure)]


def paragraphs(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces, parted at each newline."""
    found: list[list[Piece]] = [[]]
    for text, font in pieces:
        first, *others = text.split("\n")
        found[-1].append((first, font))
        found += [[(other, font)] for other in others]
    return found


def _balanced(words: list[Word], width: float, measure: Measure) -> Lines:
    lines = _fill_lines(words, width, measure)
    narrower = width * 0.95
    while len(lines) > 1:
        tighter = _fill_lines(words, narrower, measure)
        if len(tighter) > len(lines) or any(_width(line, measure) > narrower for line in tighter):
            break
        lines, narrower = tighter, narrower * 0.95
    return lines


def _fill_lines(words: list[Word], width: float, measure: Measure) -> Lines:
    lines: list[list[Piece]] = [[]]
    used = 0.0
    for word in words:
        if lines[-1] and used + _width(tuple(word), measure) > width:
            lines.append([])
            used = 0.0
        lines[-1] += word
        used += sum(measure(text, font) for text, font in word)
    return [_joined(line) for line in lines]


def _words(pieces: list[Piece]) -> list[Word]:
    """Words with the space after them. The stop after a strong word belongs to that word."""
    words: list[Word] = [[]]
    for text, font in pieces:
        for part in findall(r" +|[^ ]+", text):
            words[-1].append((" " if part.isspace() else part, font))
            if part.isspace():
                words.append([])
    return [word for word in words if word]


def _width(line: tuple[Piece, ...], measure: Measure) -> float:
    """How wide a line runs, but for a space at its end."""
    *before, (text, font) = line or (("", ""),)
    return sum(measure(*piece) for piece in before) + (
        measure(text.rstrip(" "), font) if text.strip(" ") else 0.0
    )


def _joined(line: list[Piece]) -> tuple[Piece, ...]:
    joined = line[:1]
    for before, piece in pairwise(line):
        if piece[1] == before[1]:
            joined[-1] = (joined[-1][0] + piece[0], piece[1])
        else:
            joined.append(piece)
    return tuple(joined)
