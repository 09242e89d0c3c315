"""The kinds of field that authored files share, as pydantic types."""

import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
COLOUR = re.compile(r"#[0-9a-f]{6}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Authored(BaseModel):
    """The base of every authored shape: unknown fields are refused, and `yes` is not taken for true."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def is_slug(value: str) -> bool:
    """Whether this can be an authored id, such as the name of a course."""
    return len(value) <= 60 and SLUG.fullmatch(value) is not None


def _slug(value: str) -> str:
    if not is_slug(value):
        raise ValueError("must be made of lower-case letters, digits and single dashes, 60 at most.")
    return value


def _one_line(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty.")
    if any(character < " " or character == "\x7f" for character in value.strip()):
        raise ValueError("must be one line of text.")
    return value.strip()


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty.")
    return value.strip()


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("must be a day such as 2026-10-01.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"must be a day such as 2026-10-01, and there is no {value}.") from None


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in value
    except ValueError:
        good = False
    if not good:
        raise ValueError("must be a web address that begins with https://.")
    return value


def _colour(value: str) -> str:
    if not COLOUR.fullmatch(value):
        raise ValueError("must be a colour such as #8a3116.")
    return value


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Slug = Annotated[str, AfterValidator(_slug)]
Line = Annotated[str, StringConstraints(max_length=300), AfterValidator(_one_line)]
Prose = Annotated[str, StringConstraints(max_length=5000), AfterValidator(_not_blank)]
Day = Annotated[date, BeforeValidator(_day)]
Colour = Annotated[str, AfterValidator(_colour)]
WebAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(_web_address)]
Listed = BeforeValidator(_as_tuple)
