"""Files that an attacker might send as a picture, and names that one might have."""

import struct
import zipfile
from io import BytesIO
from zlib import crc32

from tests.attacks.drawings import REFUSED


def with_sides(width: int, height: int, dots: bytes = b"x\x9c") -> bytes:
    """A PNG that says it has these sides, and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", dots) + _chunk(b"IEND", b"")


def _chunk(name: bytes, inside: bytes) -> bytes:
    return struct.pack(">I", len(inside)) + name + inside + struct.pack(">I", crc32(name + inside))


def _zip() -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as file:
        file.writestr("../../evil.py", "evil()")
    return body.getvalue()


NO_PICTURES: dict[str, bytes] = {
    "nothing": b"",
    "HTML": b"<html><script>alert(1)</script></html>",
    "HTML behind a beginning": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
    "PHP behind a beginning": b"GIF89a<?php system($_GET[0]); ?>",
    "PHP behind a screen": b"GIF89a" + b"\1\0\1\0\0\0\0" + b"<?php evil(); ?>;",
    "GIF without a picture": b"GIF89a" + b"\1\0\1\0\0\0\0;",
    "script behind a photograph's beginning": b"\xff\xd8\xff\xe0/*\x00\x10JFIF*/=alert(1)//",
    "photograph without dots": b"\xff\xd8\xff\xd9",
    "sound": b"RIFF\x10\0\0\0WAVEfmt \0\0\0\0",
    "WebP that says it is longer": b"RIFF\xff\xff\xff\x7fWEBPVP8 \0\0\0\0",
    "WebP without anything": b"RIFF\x04\0\0\0WEBP",
    "zip": _zip(),
    "PDF": b"%PDF-1.7\n1 0 obj",
    "program": b"MZ\x90\0",
    "bitmap": b"BM\x3a\0\0\0",
    "too many dots": with_sides(60_000, 60_000),
    "no dots": with_sides(0, 0),
    "too many bytes": with_sides(2, 2, dots=b"\0" * 1_000_000),
    "sum that is wrong": with_sides(2, 2).replace(b"x\x9c", b"xx"),
    **REFUSED,
}
# What is sent -> the name that it gets, or None where it is refused.
NAMES: dict[str, str | None] = {
    "Door.PNG": "door.png",
    "A door (1).png": "a-door-1.png",
    "Türe öffnen.png": "ture-offnen.png",
    "door.php.png": "door-php.png",
    "door.png.exe": "door-png.png",
    "door": "door.png",
    "": "picture.png",
    ".htaccess": "picture.png",
    ".door.png": "door.png",
    "..": "picture.png",
    "門.png": "picture.png",
    "\U0001f6aa.png": "picture.png",
    "con.png": "picture-con.png",
    "NUL": "picture-nul.png",
    "lpt1.txt.png": "lpt1-txt.png",
    "-rf.png": "rf.png",
    "=cmd|'!A1.png": "cmd-a1.png",
    "<script>alert(1)<.png": "script-alert-1.png",
    "x" * 200 + ".png": "x" * 50 + ".png",
    "x" * 300 + ".png": None,
    "../../door.png": None,
    "/etc/passwd": None,
    "..\\door.png": None,
    "C:\\fakepath\\door.png": None,
    "door.png:stream": None,
    "door\0.png": None,
    "door.png\r\nX-Evil: yes": None,
    "door\u202egnp.exe": None,
}
