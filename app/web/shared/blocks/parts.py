"""What every block's page part shares: the reader before it, the panel shown, how an answer is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from app.assessment.questions import Form
from app.kernel.errors import Refusal
from app.library.model import CompiledCourse

Body = Mapping[str, Any]  # an answer as it is kept: plain values that JSON can hold


@dataclass(frozen=True, kw_only=True)
class Saved:
    """An answer that is kept of this reader, and the kind of block or question that it answered."""

    kind: str
    body: Body
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A form that could not be saved: it is given back as it was sent, with the reason."""

    block: str
    form: Form
    complaint: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One block before one reader. A guest has nothing `saved`; `query` is what the address holds."""

    compiled: CompiledCourse
    learner: bool
    query: Form
    saved: Saved | None = None
    typed: Typed | None = None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What a block's template shows. `readable` is false for what its own form could not have sent."""

    kind: ClassVar[str]
    id: str
    complaint: str = ""
    readable: bool = True
    saved_at: datetime | None = None

    @property
    def place(self) -> str:
        """The id that a complaint leads to."""
        return self.id


Group = Literal["plan", "words", "work", "again"]


@dataclass(frozen=True, kw_only=True)
class Recap:
    """What an answer comes to on the page that looks back: a plan, own words, work, or worth another look.

    `lines` are plain text; `links` are words and addresses.
    """

    group: Group
    title: str
    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()


class Unfinished(Refusal):
    """An answer that is not whole. The lesson is shown with it in the address, and says what is missing."""


# Any: each is given blocks of its own kind alone.
MakePanel = Callable[[Any, Asked], Panel]
ReadAnswer = Callable[[Any, CompiledCourse, Form], Body | None]
MakeRecap = Callable[[Any, Asked], Recap | None]


@dataclass(frozen=True, kw_only=True)
class BlockDoor:
    """How one kind of block is shown and, where it is answered, how its posted form is read.

    `read` gives what is to be kept, or None to let go of what was. It raises Unfinished, or any other Refusal
    whose sentence is shown beside the form as it was sent. `by_address` says that a guest's answer, too, is
    worked out by the server, from the address. `recap` says what a saved answer comes to, or None where it
    says nothing more. `landing` is added to the block's id for the place to go to after an answer.
    """

    panel: MakePanel
    read: ReadAnswer | None = None
    recap: MakeRecap | None = None
    by_address: bool = False
    landing: str = ""


def answer_field(block: str) -> str:
    """The name that a block's controls share. A lesson holds several forms, so it names the block."""
    return f"answer-{block}"


def own_fields(form: Form, block: str) -> dict[str, list[str]]:
    """The block's own fields of a form or an address."""
    field = answer_field(block)
    return {
        name: list(given) for name, given in form.items() if name == field or name.startswith(f"{field}-")
    }


def is_tried(query: Form, block: str) -> bool:
    """Whether the address holds an answer to this block."""
    return list(query.get("practice", ())) == [block]
