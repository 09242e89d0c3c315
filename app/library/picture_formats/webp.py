"""WebP: a RIFF of chunks. RFC 9649."""

import struct

from app.library.picture_formats.measured import Broken, Measured, piece

NOTES = {b"EXIF", b"XMP "}
HAS_NOTES = 0x08 | 0x04  # the flags in VP8X that announce them
KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"}


def measure(body: bytes) -> Measured:
    """Its size, and a copy without the camera's notes. Raises Broken."""
    head = piece(body, 0, 12)
    end = 8 + int.from_bytes(head[4:8], "little")
    if head[8:] != b"WEBP" or end > len(body):
        raise Broken
    parts, place, size, shown = [], 12, (0, 0), False
    while place < end:
        name = piece(body, place, 4)
        length = int.from_bytes(piece(body, place + 4, 4), "little")
        inside = piece(body, place + 8, length)
        if place + 8 + length > end:
            raise Broken
        if name == b"VP8X":
            inside = bytes([inside[0] & ~HAS_NOTES]) + inside[1:]
        size = size if size != (0, 0) else _size(name, inside)
        shown = shown or name in {b"VP8 ", b"VP8L", b"ANMF"}
        if name in KEPT:
            parts.append(name + struct.pack("<I", length) + inside + b"\x00" * (length % 2))
        place += 8 + length + length % 2
    if not shown:
        raise Broken
    whole = b"WEBP" + b"".join(parts)
    width, height = size
    return Measured(
        kind="webp", width=width, height=height, body=b"RIFF" + struct.pack("<I", len(whole)) + whole
    )


def _size(name: bytes, inside: bytes) -> tuple[int, int]:
    if name == b"VP8X":
        found = piece(inside, 4, 6)
        return 1 + int.from_bytes(found[:3], "little"), 1 + int.from_bytes(found[3:], "little")
    if name == b"VP8 ":
        if piece(inside, 3, 3) != b"\x9d\x01\x2a":
            raise Broken
        width, height = struct.unpack("<HH", piece(inside, 6, 4))
        return width & 0x3FFF, height & 0x3FFF
    if name == b"VP8L":
        if piece(inside, 0, 1) != b"\x2f":
            raise Broken
        bits = int.from_bytes(piece(inside, 1, 4), "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return 0, 0
