"""The inline Markdown of questions: emphasis, strong and code. Nothing else is markup."""

from functools import lru_cache

import nh3
from markdown import Markdown
from markupsafe import Markup

TAGS = {"em", "strong", "code"}
_BLOCKS = ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference")
_LINKS = ("reference", "link", "short_reference", "autolink", "automail")
_IMAGES = ("image_link", "image_reference", "short_image_ref")


@lru_cache(maxsize=8192)
def inline(text: str) -> Markup:
    """Rendered inline Markdown, safe to put into a page. Raw HTML shows as it was typed."""
    reader = Markdown(output_format="html")
    reader.preprocessors.deregister("html_block")
    for name in _BLOCKS:
        reader.parser.blockprocessors.deregister(name)
    for name in ("html", *_LINKS, *_IMAGES):
        reader.inlinePatterns.deregister(name)
    one_line = " ".join(text.split())
    # Sanitised all the same: a flaw in the library above must not become a script in the page.
    return Markup(nh3.clean(reader.convert(one_line), tags=TAGS, attributes={}))  # noqa: S704  (just cleaned)


def listed(words: tuple[str, ...]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int) -> str:
    """A count as it is said in a sentence: words up to ten, figures above."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)
