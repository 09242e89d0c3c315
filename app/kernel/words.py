"""Counting words, sentences and syllables of English prose, and the reading grade that follows from them.

Grade: Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability formulas" (1975): 0.39 times the
words in a sentence, plus 11.8 times the syllables in a word, less 15.59.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

LONGEST_SENTENCE = 28  # words; a longer one loses tired readers

_WORD = re.compile(r"[^\W_]+(?:['’.,\-–][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^aeiouyl]e)$")


def words(text: str) -> list[str]:
    """The words of a text in order. A hyphenated word is one word, as in most counts."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(words(text))


def sentences(passages: Iterable[str]) -> list[str]:
    """The sentences of several passages. A passage (a paragraph, a list entry) always ends a sentence."""
    found = (sentence.strip() for passage in passages for sentence in _SENTENCE_END.split(passage))
    return [sentence for sentence in found if sentence]


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables a word probably has: groups of vowels, less a silent ending; at least one a part."""
    return sum(_syllables_of_part(part) for part in re.split(r"[-–']|’", word.lower()) if part)


def reading_grade(passages: Iterable[str], explained: Collection[str] = ()) -> float | None:
    """The Flesch-Kincaid grade, or None for fewer than 100 words, where it would mean nothing.

    Each of the terms in `explained`, however many words it has, counts as one word of one syllable.
    """
    said = sentences(passages)
    if count_words(" ".join(said)) < 100:
        return None
    found = [word for sentence in said for word in words(_with_easy_words(sentence, explained))]
    length = len(found) / len(said)
    weight = sum(map(syllables, found)) / len(found)
    return 0.39 * length + 11.8 * weight - 15.59


def plain(text: str) -> str:
    """The text with straight quotation marks and single spaces, so that ways of typing compare as equal."""
    straight = text.translate(str.maketrans("‘’“”–—\u00a0", "''\"\"-- "))
    return " ".join(straight.split())


def _with_easy_words(text: str, explained: Collection[str]) -> str:
    if not explained:
        return text
    longest_first = sorted(explained, key=len, reverse=True)
    terms = "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in longest_first)
    return re.sub(rf"(?<![\w-])(?:{terms})(?:e?s|['’]s)?(?![\w-])", "term", text, flags=re.IGNORECASE)


def _syllables_of_part(part: str) -> int:
    groups = len(_VOWELS.findall(part))
    return max(1, groups - 1 if groups > 1 and _SILENT.search(part) else groups)
