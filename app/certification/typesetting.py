"""Words into lines of type: filling in, wrapping, shrinking to fit. Pure: whoever calls it measures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import inf
from re import findall

from app.certification.directions import begins_right_to_left
from app.certification.wording import PLACEHOLDER

STEP = 0.5  # points by which type shrinks
LEAST = 3.0  # the smallest type in points, met only where a design leaves a name no room
LEADING = 1.28  # baseline to baseline, in ems
FIRST = 0.98  # top of a line to its baseline, in ems: Fira Sans with its share of the leading

_PARTS = r" +|[^ ]+"
_PARTS_AT_HYPHENS = r" +|[^ -]+-?|-"

Measure = Callable[[str, str], float]  # (text, font) -> width in ems
Piece = tuple[str, str]  # text and its font
Lines = list[tuple[Piece, ...]]


@dataclass(frozen=True)
class SetLine:
    """One line of type: its left end, its baseline down from the page's top, and its pieces as they are read.

    `leftwards` says that its text as a whole is read from right to left.
    """

    x: float
    y: float
    size: float
    colour: str
    pieces: tuple[Piece, ...]
    leftwards: bool = False


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

    One line is tried from the larger of `sizes` down to the smaller, then two, and so on to `most_lines`;
    then all of it again with lines that may end at a hyphen. What does not fit even then shrinks further.
    """
    largest, smallest = sizes
    tries = [
        (size, allowed) for allowed in range(1, most_lines + 1) for size in _steps(largest, smallest, STEP)
    ]
    last_tries = [(size, most_lines) for size in _steps(smallest, LEAST, STEP / 2)]
    parts = paragraphs(pieces)
    hyphenated = any("-" in text for text, _ in pieces)
    for at_hyphens in (False, True) if hyphenated else (False,):
        words = [_words(paragraph, measure, at_hyphens=at_hyphens) for paragraph in parts]
        last = [] if hyphenated and not at_hyphens else last_tries
        if size := _largest(words, width, (*tries, *last)):
            return size, _set_all(words, width / size)
    return LEAST, _set_all(words, width / LEAST)


def _largest(words: list[list[Word]], width: float, tries: Iterable[tuple[float, int]]) -> float | None:
    """The first size of `tries` at which the words take no more lines than go with it."""
    letters = sum(word.width for paragraph in words for word in paragraph)
    needed: dict[float, float] = {}
    for size, allowed in tries:
        if letters * size > width * allowed:
            continue  # not even without a space between them
        if size not in needed:
            lines = [line for paragraph in words for line in _break(paragraph, width / size)]
            fit = all(_width(line) * size <= width for line in lines)
            needed[size] = len(lines) if fit else inf
        if needed[size] <= allowed:
            return size
    return None


def _steps(largest: float, smallest: float, step: float) -> list[float]:
    return [largest - step * count for count in range(int((largest - smallest) / step) + 1)]


def wrap(pieces: list[Piece], width: float, measure: Measure) -> Lines:
    """Lines no wider than `width` ems, save where one word is wider, of like length within a paragraph.

    Each wrapped line keeps the space it breaks at, so that the text can be read out of the document whole.
    """
    return list(_wrapped(tuple(pieces), width, measure))


@lru_cache(maxsize=2048)  # one course's words are the same on every certificate
def _wrapped(pieces: tuple[Piece, ...], width: float, measure: Measure) -> Lines:
    return _set_all([_words(paragraph, measure) for paragraph in paragraphs(list(pieces))], width)


def stack(lines: Lines, x: float, top: float, size: float, colour: str) -> tuple[tuple[SetLine, ...], float]:
    """Lines of one text under each other, and where they end."""
    leftwards = begins_right_to_left("".join(text for line in lines for text, _ in line))
    placed = tuple(
        SetLine(x, top + size * (FIRST + LEADING * number), size, colour, pieces, leftwards)
        for number, pieces in enumerate(lines)
    )
    return placed, top + size * LEADING * len(lines)


def paragraphs(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces, parted at each newline."""
    found: list[list[Piece]] = [[]]
    for text, font in pieces:
        first, *others = text.split("\n")
        found[-1].append((first, font))
        found += [[(other, font)] for other in others]
    return found


def _words(pieces: list[Piece], measure: Measure, *, at_hyphens: bool = False) -> list[Word]:
    return _measured(tuple(pieces), measure, at_hyphens)


@lru_cache(maxsize=2048)
def _measured(pieces: tuple[Piece, ...], measure: Measure, at_hyphens: bool) -> list[Word]:
    """The words of a paragraph. The stop after a strong word belongs to that word."""
    words: list[Word] = []
    gathered: list[Piece] = []
    for text, font in pieces:
        for part in findall(_PARTS_AT_HYPHENS if at_hyphens else _PARTS, text):
            gathered.append((" " if part.isspace() else part, font))
            if part.isspace() or (at_hyphens and part.endswith("-")):
                words.append(_word(gathered, measure))
                gathered = []
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
