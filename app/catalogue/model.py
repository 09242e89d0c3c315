"""What a course is once it has been read: programmes, courses, lessons, sections, blocks. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from app.catalogue.block import Block
from app.kernel.fields import Authored, Line, Prose, Slug, WebAddress

ShownBy = Literal["test", "reflection", "plan"]


class Outcome(Authored):
    """What a learner can do afterwards, and what shows it."""

    id: Slug
    text: Line
    shown_by: ShownBy


class FurtherReading(Authored):
    """One thing to read afterwards: the need that it meets, its minutes, and why it is worth them."""

    title: Line
    url: WebAddress
    need: Line
    minutes: Annotated[int, Field(ge=1, le=6000)]
    why: Line = ""


class Term(Authored):
    """A word that the course explains, and its meaning in a sentence or two of plain text."""

    term: Line
    meaning: Prose


class Related(Authored):
    """Another course by its slug, or something elsewhere by title, address and kind, such as webinar."""

    course: Slug | None = None
    title: Line | None = None
    url: WebAddress | None = None
    kind: Line | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "Related":
        elsewhere = (self.title, self.url, self.kind)
        if self.course is None and None in elsewhere:
            raise ValueError("needs a course, or a title, a url and a kind.")
        if self.course is not None and elsewhere != (None, None, None):
            raise ValueError("is either a course or something elsewhere, not both.")
        return self


def _slug_alone(value: Any) -> Any:
    return {"course": value} if isinstance(value, str) else value


RelatedEntry = Annotated[Related, BeforeValidator(_slug_alone)]


class Programme(Authored):
    """For whom a course is written."""

    id: Slug
    title: Line
    summary: Line


class Issuer(Authored):
    """Who gives the certificate, and the address that a question about it goes to."""

    name: Line
    contact: Line


@dataclass(frozen=True, kw_only=True)
class PolicyPage:
    """A page of the site itself, such as privacy. `html` is sanitised: it may be printed as it stands."""

    slug: str
    title: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """What site.yml says: the name in the bar, the issuer, the programmes, the note under them, the pages."""

    name: str
    issuer: Issuer
    programmes: tuple[Programme, ...]
    programmes_note: str
    pages: tuple[PolicyPage, ...] = ()

    def programme(self, wanted: str) -> Programme | None:
        """The programme with this id, or None."""
        return next((programme for programme in self.programmes if programme.id == wanted), None)

    def page(self, slug: str) -> PolicyPage | None:
        """The page with this slug, or None."""
        return next((page for page in self.pages if page.slug == slug), None)


@dataclass(frozen=True, kw_only=True)
class Html:
    """A run of prose, rendered and sanitised: a template may print it as it stands."""

    html: str


@dataclass(frozen=True, kw_only=True)
class BlockRef:
    """The place of a block within the prose."""

    block: str


Segment = Html | BlockRef


@dataclass(frozen=True, kw_only=True)
class Section:
    """A `##` heading and the words beneath it. `text` is plain, one space between words."""

    anchor: str
    title: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One page of a course: its prose in segments, with blocks in between. `words` counts the prose."""

    slug: str
    title: str
    outcomes: tuple[str, ...]
    minutes: int
    sections: tuple[Section, ...]
    segments: tuple[Segment, ...]
    blocks: Mapping[str, Block] = field(default_factory=dict)
    words: int = 0

    def section(self, anchor: str) -> Section | None:
        """The section with this anchor, or None."""
        return next((section for section in self.sections if section.anchor == anchor), None)


@dataclass(frozen=True, kw_only=True)
class Course:
    """One CPD module: course.yml and its lessons. `credit_html` is sanitised, all other text is plain.

    A retired one is offered to nobody new; whoever has begun it can finish it. `valid_for` is how many months
    its certificate holds; None where it holds for good.
    """

    slug: str
    title: str
    summary: str
    programme: str
    minutes: int
    edition: int
    law_as_at: date
    review_by: date
    nation: str
    credit_html: str
    outcomes: tuple[Outcome, ...]
    further_reading: tuple[FurtherReading, ...]
    related: tuple[Related, ...]
    share_text: str
    quiz: str
    design: str
    pass_policy: Mapping[str, Any]
    valid_for: int | None = None
    second_person: bool = False
    retired: bool = False
    glossary: tuple[Term, ...] = ()
    lessons: tuple[Lesson, ...]

    def lesson(self, slug: str) -> Lesson | None:
        """The lesson with this slug, or None."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)
