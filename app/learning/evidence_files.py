"""A file that somebody sends as evidence: what it is by its bytes, and a name that is safe to keep."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from struct import error

from app.kernel.errors import Refusal

LARGEST = 5_000_000  # bytes of one file
LONGEST_SENT_NAME = 255  # characters
LONGEST_STEM = 80
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ACCEPTED = ",".join([*MEDIA_TYPES.values(), *(f".{ending}" for ending in MEDIA_TYPES), ".jpeg"])
WHAT = "Choose a PDF, a PNG or JPEG picture, or a Word document (DOCX)."

_MOST_PARTS = 2000  # of a Word document: a long one with pictures has some hundred
_BROKEN = (zipfile.BadZipFile, ArithmeticError, NotImplementedError, OSError, RuntimeError, ValueError, error)
_TAIL = 2048  # bytes in which a PDF must end
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)  # Windows' own devices


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file that may be kept. `type` is a key of MEDIA_TYPES, and `name` ends in it."""

    name: str
    type: str
    body: bytes


def read_file(filename: str, body: bytes) -> SentFile:
    """The file as it may be kept. Raises Refusal with what to do instead."""
    if not body:
        raise Refusal(f"The file is empty. {WHAT}")
    if len(body) > LARGEST:
        size = f"{len(body) / 1_000_000:.1f} MB"
        raise Refusal(f"The file has {size}, and 5 MB is the most. Make it smaller, or choose a part of it.")
    if len(filename) > LONGEST_SENT_NAME:
        raise Refusal("The file's name is too long. Give it a shorter one.")
    kind = _kind(body)
    if kind is None:
        raise Refusal(f"This file is of another kind, whatever its name says. {WHAT}")
    return SentFile(name=f"{_stem(filename)}.{kind}", type=kind, body=body)


def _kind(body: bytes) -> str | None:
    """The type by how the bytes begin. Raises Refusal where they do not end as they should."""
    if body.startswith(b"%PDF-"):
        return _whole("pdf", b"%%EOF" in body[-_TAIL:])
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole("png", body[12:16] == b"IHDR" and b"IEND\xaeB`\x82" in body)
    if body.startswith(b"\xff\xd8\xff"):
        return _whole("jpg", b"\xff\xd9" in body[4:])
    if body.startswith(b"PK\x03\x04"):
        return _word(body)
    return None


def _word(body: bytes) -> str | None:
    """Whether a zip is a Word document, told from its list of parts. Nothing is unpacked."""
    if body.count(b"PK\x01\x02") > _MOST_PARTS:
        raise Refusal("This document has too many parts. Save it as a PDF.")
    try:
        with zipfile.ZipFile(BytesIO(body)) as parts:
            names = set(parts.namelist())
    except _BROKEN:
        return _whole("docx", whole=False)
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refusal("This document holds a program. Save it without macros, or as a PDF.")
    return "docx"


def _whole(kind: str, whole: bool) -> str:
    if not whole:
        raise Refusal("This file is broken or cut short. Save it again, then choose it again.")
    return kind


def _stem(filename: str) -> str:
    """The name without folders and ending, of letters, digits, spaces and dashes of any script."""
    last = re.split(r"[/\\]", filename)[-1]
    stem = last.rpartition(".")[0] or last
    plain = "".join(
        character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
        for character in unicodedata.normalize("NFC", stem).replace("-", " ")
    )
    words = "-".join(plain.split())[:LONGEST_STEM].strip("-")
    return f"evidence-{words}".rstrip("-") if not words or _RESERVED.match(words) else words
