"""Pictures of a course: which files may be one, and the address under which each is served."""

from collections.abc import Mapping
from hashlib import sha256

from app.kernel.problems import Problem

LARGEST_PICTURE = 1_000_000
HEAVY_PICTURE = 200_000

# How a file of each kind begins: the name alone proves nothing. SVG is left out, since it can carry scripts.
BEGINNINGS = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
}
MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}


def ending(path: str) -> str:
    """The part of a file's name after its last dot, in lower case."""
    return path.rpartition(".")[2].lower()


def addresses(folder: str, files: Mapping[str, bytes], purged: Mapping[str, str]) -> dict[str, str]:
    """The name used in a lesson -> the address that serves the picture under its hash, for ever.

    `purged` leads from the path of a picture that was removed for good to the hash that it had.
    """
    found = {path: sha256(body).hexdigest() for path, body in files.items()} | dict(purged)
    start = f"{folder}/images/"
    return {
        path.removeprefix(f"{folder}/"): f"/images/{hash_}"
        for path, hash_ in found.items()
        if path.startswith(start) and ending(path) in BEGINNINGS
    }


def about_pictures(folder: str, files: Mapping[str, bytes]) -> list[Problem]:
    """Every file among the pictures that is not one, or is too heavy for a phone."""
    problems = []
    for path, body in files.items():
        if path.startswith(f"{folder}/images/"):
            problems += _about(path, body)
    return problems


def _about(path: str, body: bytes) -> list[Problem]:
    kind = ending(path)
    if kind not in BEGINNINGS:
        sentence = "This is not a picture that can be shown."
        return [Problem(path=path, line=1, sentence=sentence, fix="Use PNG, JPEG, WebP or GIF.")]
    if not body.startswith(BEGINNINGS[kind]):
        sentence = f"The name of this file says {kind}, but its content is something else."
        return [Problem(path=path, line=1, sentence=sentence, fix="Save the picture again.")]
    if len(body) > LARGEST_PICTURE:
        return [
            Problem(path=path, line=1, sentence="This picture is larger than 1 MB.", fix="Make it smaller.")
        ]
    if len(body) > HEAVY_PICTURE:
        sentence = "This picture is larger than 200 KB, which is slow on a phone."
        return [Problem(path=path, line=1, level="warning", sentence=sentence, fix="Make it smaller.")]
    return []
