"""What people type into their record, read: one line of text, a day, a time in hours and minutes. Pure."""

import re
import unicodedata
from datetime import date

LONGEST_TITLE, LONGEST_PROVIDER, LONGEST_OBJECTIVE, LONGEST_OUTCOME = 200, 120, 1000, 300
MOST_HOURS = 1000  # of one entry, or of a year's goal
EARLIEST = date(1970, 1, 1)

_JOINERS = "\u200c\u200d"  # invisible, but some scripts are misspelt without them
_FIGURE = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def one_line(typed: str) -> str:
    """The text as it is kept: composed, on one line, without signs that cannot be seen."""
    folded = " ".join(unicodedata.normalize("NFC", typed).split())
    return "".join(filter(_is_seen, folded)).strip()


def line_problem(text: str, longest: int, asked: str = "") -> str | None:
    """What is wrong with one line, in a sentence, or None. `asked` is said where it is empty."""
    if not text:
        return asked or None
    if len(text) > longest:
        return f"Write this in {longest:,} characters at most. It has {len(text):,} now."
    return None


def read_day(typed: str, today: date) -> date | str:
    """The day that was typed, or what is wrong with it in a sentence."""
    found = _DAY.fullmatch(typed.strip())
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        return "Enter the day, like 2026-03-31." if typed.strip() else "Enter the day on which you did it."
    if day > today:
        return "This day is still to come. Record it once you have done it."
    if day < EARLIEST:
        return f"Enter a day after {EARLIEST.year - 1}."
    return day


def read_time(hours: str, minutes: str, *, least: int = 1) -> int | str:
    """Hours, whole or like 1.5, and minutes as minutes together; or what is wrong, in a sentence."""
    if not hours.strip() and not minutes.strip() and least:
        return "Enter hours or minutes."
    if any(typed.strip() and not _FIGURE.fullmatch(typed.strip()) for typed in (hours, minutes)):
        return "Enter figures, like 1.5 or 90."
    whole = round(_figure(hours) * 60 + _figure(minutes))
    if whole > MOST_HOURS * 60:
        return f"Enter {MOST_HOURS:,} hours at most."
    if whole < least:
        return "Enter at least one minute."
    return whole


def _figure(typed: str) -> float:
    return float(typed.strip().replace(",", ".") or 0)


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or character in _JOINERS
