"""The draft that this request shows in the place of the live course, where an editor looks at one."""

from dataclasses import dataclass
from typing import Literal, cast

from flask import g


@dataclass(frozen=True, kw_only=True)
class ShownDraft:
    """A course's draft as one session sees it. `look` is "" for the colours that the person chose."""

    slug: str
    title: str
    look: Literal["", "light", "dark"]


def shown_draft() -> ShownDraft | None:
    """The draft that this request shows, or None: then everything is as it is live."""
    return cast(ShownDraft | None, g.get("draft"))
