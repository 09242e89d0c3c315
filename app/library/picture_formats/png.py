"""PNG: a signature, then chunks, each with its length, name and sum. PNG specification, chapter 5."""

from zlib import crc32

from app.library.picture_formats.measured import Broken, Measured, piece

BEGINS = b"\x89PNG\r\n\x1a\n"
# What shows the picture, its colours and its movement. Texts, times and the camera's notes are let go.
KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs cICP acTL fcTL fdAT".split())
CRITICAL = frozenset(b"IHDR PLTE IDAT IEND".split())


def measure(body: bytes) -> Measured:
    """Its size, and a copy without what does not show. Raises Broken."""
    names: list[bytes] = []
    parts, place = [BEGINS], len(BEGINS)
    while not names or names[-1] != b"IEND":
        length = int.from_bytes(piece(body, place, 4), "big")
        chunk = piece(body, place, length + 12)
        name = chunk[4:8]
        if int.from_bytes(chunk[-4:], "big") != crc32(chunk[4:-4]):
            raise Broken
        if name[:1].isupper() and name not in CRITICAL:
            raise Broken
        names.append(name)
        if name in KEPT:
            parts.append(chunk)
        place += length + 12
    if names[0] != b"IHDR" or names.count(b"IHDR") != 1 or b"IDAT" not in names or len(parts[1]) != 25:
        raise Broken
    width, height = int.from_bytes(parts[1][8:12], "big"), int.from_bytes(parts[1][12:16], "big")
    return Measured(kind="png", width=width, height=height, body=b"".join(parts))
