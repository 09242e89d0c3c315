"""A picture that somebody sends: what it is by its bytes, and a name that can be kept."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from app.kernel.errors import Refusal
from app.library.pictures import HEAVY_PICTURE, LARGEST_PICTURE, measure
from app.library.shrinking import shrunk

LARGEST_UPLOAD = 11_000_000  # bytes: a photograph as a camera makes it
LONGEST_NAME = 255  # characters, as sent
LONGEST_STEM = 50
# Windows keeps these for its devices, whatever comes after the dot.
RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}

_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A picture that is fit to be kept: a safe `name`, the tidy copy, `size` in pixels (width, height).

    `kind` is the ending of the name: png, jpg, gif, webp or svg.
    """

    name: str
    body: bytes
    size: tuple[int, int]
    kind: str


def read_upload(filename: str, body: bytes) -> Upload:
    """The picture in a file that was sent under this name; a heavy photograph is made smaller.

    Raises Refusal with what to do instead.
    """
    if not body:
        raise Refusal("The file is empty. Choose a picture.")
    if _UNFIT.search(filename) or len(filename) > LONGEST_NAME:
        raise Refusal("The file's name cannot be used. Give it a short name of letters and digits.")
    found = measure(body, LARGEST_UPLOAD)
    if len(found.body) > HEAVY_PICTURE:
        found = measure(shrunk(found), LARGEST_PICTURE)
    return Upload(
        name=f"{_stem(filename)}.{found.kind}",
        body=found.body,
        size=(found.width, found.height),
        kind=found.kind,
    )


def free_name(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, a safe name, or the first of wanted-2, wanted-3 ... that is free whatever the case."""
    stem, _, kind = wanted.rpartition(".")
    lower, name, number = {each.lower() for each in taken}, wanted, 1
    while name.lower() in lower:
        number += 1
        name = f"{stem}-{number}.{kind}"
    return name


def _stem(filename: str) -> str:
    """The name without its ending, in small letters, digits and dashes."""
    stem = filename.rpartition(".")[0] if "." in filename else filename
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_STEM].strip("-")
    return f"picture-{words}".rstrip("-") if not words or words in RESERVED else words
