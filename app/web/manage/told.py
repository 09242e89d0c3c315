"""How certificates are worded for whoever answers for them, and what their forms share."""

import re
from datetime import datetime

from wtforms import TextAreaField

from app.certification.verification import State
from app.kernel.clock import day_in_words, local_day
from app.web.shared.context import settings
from app.web.shared.forms import said_by

STATES: dict[State, str] = {
    "valid": "Valid",
    "expired": "Expired",
    "replaced": "Replaced",
    "withdrawn": "Withdrawn",
    "erased": "Its holder has been erased",
    "specimen": "Specimen",
    "unknown": "Unknown",
}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def day_of(moment: datetime) -> str:
    """The site's day of a moment, in words."""
    return day_in_words(local_day(moment, settings().time_zone))


def moment_of(moment: datetime) -> str:
    """Day and time of day: "23 November 2026, 14:02"."""
    return f"{day_of(moment)}, {moment.astimezone(settings().time_zone):%H:%M}"


def one_line(typed: str | None) -> str:
    """What was typed as one line, fit to be shown again."""
    return " ".join("".join(each if each.isprintable() else " " for each in typed or "").split())


def number(typed: str) -> int:
    """A small whole number in an address, 0 where it is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


def words_field(label: str, missing: str, longest: int) -> TextAreaField:
    """A text of some lines that has to be there."""

    def problem(typed: str) -> str | None:
        if not typed:
            return missing
        return f"Say it in {longest} characters at most." if len(typed) > longest else None

    return TextAreaField(label, filters=[_lines], validators=[said_by(problem)])


def _lines(typed: str | None) -> str | None:
    return None if typed is None else _CONTROL.sub("", typed.replace("\r\n", "\n")).strip()
