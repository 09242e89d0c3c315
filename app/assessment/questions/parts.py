"""What all question types share: the parts they are made of, what a page is given, and what grading says."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup
from typing_extensions import TypedDict

from app.kernel.errors import Conflict, Refusal
from app.kernel.problems import Level

Form = Mapping[str, list[str]]  # a posted form or query: field name -> every value given under it


class ResponseBody(TypedDict, total=False):
    """What somebody answered, as it is stored. One of the two keys: choices picked, or row -> category."""

    chosen: list[str]
    placed: dict[str, str]


@dataclass(frozen=True)
class Flaw:
    """Something wrong with an authored question. `where` leads from the question's node to the place."""

    where: tuple[str | int, ...]
    sentence: str
    fix: str = ""
    level: Level = "error"


@dataclass(frozen=True, kw_only=True)
class Option:
    """A choice, a row or a category as a page may show it: without reason or key."""

    id: str
    text: Markup


@dataclass(frozen=True, kw_only=True)
class Presented:
    """A question as a page may show it before it is answered. It holds no key and no reason."""

    type: str
    stem: Markup
    instruction: str
    options: tuple[Option, ...]
    categories: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Whole marks, one a right choice or row. `secured` means all of them."""

    marks: int
    full_marks: int

    @property
    def secured(self) -> bool:
        return self.marks == self.full_marks


@dataclass(frozen=True, kw_only=True)
class Miss:
    """What a learner is told of a miss: what they answered and why it fails, never the key."""

    own: tuple[Markup, ...]
    why: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One choice or row, laid open.

    Of a choice: `right` is whether it belongs to the answer, `chosen` whether the learner picked it.
    Of a row: `right` is whether the learner placed it well, `chosen` whether they placed it at all,
    `category` is where it belongs and `given` where they put it.
    """

    id: str
    text: Markup
    reason: Markup
    right: bool
    chosen: bool
    category: str = ""
    given: str = ""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The whole question laid open: after the pass, and in practice."""

    type: str
    verdict: str
    secured: bool
    stem: Markup
    options: tuple[Explained, ...]
    teaches: Markup


class BadResponse(Refusal):
    """A form that the question's own page could not have sent. Nothing of it is kept."""


class TooMany(BadResponse):
    """More choices than were asked for: easily done by hand, so the page says so and keeps the ticks."""

    def __init__(self, asked: str, body: ResponseBody) -> None:
        super().__init__(asked)
        self.body = body


class CannotGrade(Conflict):
    """The question or the answer kept for it cannot be read. That is our fault, and never counts as wrong."""


def verdict(secured: bool) -> str:
    """The first words of feedback."""
    return "Yes." if secured else "Not quite."


def shuffled(ids: Iterable[str], question: str, seed: str) -> tuple[str, ...]:
    """The ids in an order that depends on the seed and on ids alone.

    Neither texts nor the key play a part, and the hash holds for every Python version and machine.
    """
    return tuple(sorted(ids, key=lambda each: hashlib.sha256(f"{seed}/{question}/{each}".encode()).digest()))


def own_ids(given: list[str], known: Iterable[str]) -> list[str]:
    """`given`, if each is known and comes once. Raises BadResponse."""
    if len(set(given)) != len(given):
        raise BadResponse("This form holds the same answer twice. Open the question again.")
    if not set(given) <= set(known):
        raise BadResponse("This form holds an answer that is not on offer. Open the question again.")
    return given


def only_field(form: Form, field: str) -> list[str]:
    """The values under `field`. Raises BadResponse where the form answers rows as well."""
    if any(name.startswith(f"{field}-") for name in form):
        raise BadResponse("This form belongs to another question. Open the question again.")
    return [value for value in form.get(field, []) if value]
