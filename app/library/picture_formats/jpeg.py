"""JPEG: marked segments, then scans of packed dots. ITU-T T.81, annex B; the turn is from Exif 2.3."""

import re
import struct

from app.library.picture_formats.measured import Broken, Measured, piece

BEGINS = b"\xff\xd8\xff"
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
SCAN, END = 0xDA, 0xD9
EXIF = b"Exif\x00\x00"
# The first bytes of the application's segments that the colours hang on: JFIF, the colour profile, Adobe's.
KEPT = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
TURN = 0x0112
ON_ITS_SIDE = {5, 6, 7, 8}

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def measure(body: bytes) -> Measured:
    """Its size as it is shown, and a copy that keeps of the camera's notes only which side is up."""
    parts, place, turn, size, scans = [], 2, 1, (0, 0), 0
    while (marker := _marker(body, place := _past_filling(body, place))) != END:
        length = int.from_bytes(piece(body, place + 2, 2), "big")
        segment = piece(body, place, length + 2)
        if length < 2:
            raise Broken
        place += length + 2
        if marker in FRAMES:
            height, width = struct.unpack(">HH", piece(segment, 5, 4))
            size = (width, height)
        elif marker == 0xE1 and segment[4:].startswith(EXIF):
            turn = _turn(segment[4 + len(EXIF) :])
        if marker == SCAN:
            scans += 1
            end = _MARKER.search(body, place)
            if end is None:
                raise Broken
            segment += body[place : end.start()]
            place = end.start()
        if _is_kept(marker, segment):
            parts.append(segment)
    if not scans or size == (0, 0):
        raise Broken
    width, height = reversed(size) if turn in ON_ITS_SIDE else size
    whole = BEGINS[:2] + _turned(turn) + b"".join(parts) + b"\xff\xd9"
    return Measured(kind="jpg", width=width, height=height, body=whole)


def _past_filling(body: bytes, place: int) -> int:
    """Where a marker really begins: any number of FF may stand before it."""
    while body[place : place + 2] == b"\xff\xff":
        place += 1
    return place


def _marker(body: bytes, place: int) -> int:
    found = piece(body, place, 2)
    if found[0] != 0xFF or found[1] in {0x00, 0xFF}:
        raise Broken
    return found[1]


def _is_kept(marker: int, segment: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return marker in KEPT and segment[4:].startswith(KEPT[marker])
    return marker != 0xFE  # a comment


def _turn(notes: bytes) -> int:
    """Which side of the picture is up, 1 where the notes do not say."""
    order = {b"II": "<", b"MM": ">"}.get(notes[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", notes, 4)
        (count,) = struct.unpack_from(f"{order}H", notes, start)
        for number in range(min(count, 200)):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", notes, start + 2 + 12 * number)
            if tag == TURN:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _turned(turn: int) -> bytes:
    if turn == 1:
        return b""
    notes = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, TURN, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(EXIF) + len(notes)) + EXIF + notes
