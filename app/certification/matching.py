"""Whether two people wrote the same name: capitals, accents, spaces, dashes and apostrophes do not matter."""

import unicodedata

_MARKS = 10  # combining classes from here on are marks that sit on a letter; below, they are part of it
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ĸ": "k", "ŋ": "n", "ſ": "s", "ς": "σ", "ـ": ""}
)


def same_name(one: str, other: str) -> bool:
    """Whether a checker meant this name. A name without a letter is nobody's."""
    folded = _folded(one)
    return folded != "" and folded == _folded(other)


def _folded(name: str) -> str:
    """Letters and figures alone, without capitals and accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    bare = "".join(character for character in apart if unicodedata.combining(character) < _MARKS)
    return "".join(character for character in bare.translate(_LETTERS) if _counts(character))


def _counts(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"
