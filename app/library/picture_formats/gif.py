"""GIF: a screen, then pictures and extensions in chains of small blocks. GIF89a specification."""

from app.library.picture_formats.measured import Broken, Measured, piece

PICTURE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def measure(body: bytes) -> Measured:
    """The size of its screen, and a copy without comments and notes. Raises Broken."""
    screen = piece(body, 0, 13)
    place = 13 + _table(screen[10])
    parts, pictures = [piece(body, 0, place)], 0
    while (mark := piece(body, place, 1)[0]) != TRAILER:
        if mark == PICTURE:
            head = piece(body, place, 10)
            end = _chain(body, place + 10 + _table(head[9]) + 1)
            pictures, kept = pictures + 1, True
        elif mark == EXTENSION:
            end = _chain(body, place + 2)
            kind = piece(body, place + 1, 1)[0]
            kept = kind == CONTROL or (kind == APPLICATION and body[place + 3 : place + 14] in LOOPS)
        else:
            raise Broken
        if kept:
            parts.append(body[place:end])
        place = end
    if not pictures:
        raise Broken
    width, height = int.from_bytes(screen[6:8], "little"), int.from_bytes(screen[8:10], "little")
    return Measured(kind="gif", width=width, height=height, body=b"".join(parts) + b";")


def _table(flags: int) -> int:
    """The length of the table of colours that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _chain(body: bytes, place: int) -> int:
    """Where a chain of blocks ends."""
    while length := piece(body, place, 1)[0]:
        place += length + 1
    return place + 1
