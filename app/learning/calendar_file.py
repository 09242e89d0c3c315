"""A calendar file with one day in it. Pure.

RFC 5545: lines end in CRLF and are folded at 75 octets (3.1). Text escapes backslash, semicolon, comma and
the end of a line (3.3.11), so that nothing typed can become a property of its own.
"""

import unicodedata
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # octets


def calendar_file(*, uid: str, day: date, summary: str, description: str, stamp: datetime) -> bytes:
    """One event that lasts this day. `stamp` says when the file was made, and `uid` what the event is."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rung//Plan//EN",
        "BEGIN:VEVENT",
        f"UID:{_text(uid)}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(description)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(filter(_is_text, line)) for line in lines)


def _is_text(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs"}


def _folded(line: str) -> bytes:
    """The line in octets, cut between characters and never within one."""
    pieces: list[bytes] = [b""]
    for character in line:
        octets = character.encode()
        room = LONGEST_LINE - (1 if len(pieces) > 1 else 0)
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
