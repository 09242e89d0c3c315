"""Pictures of a course: which files may be one, and the address under which each is served."""

from collections.abc import Mapping
from hashlib import sha256

from app.catalogue.images import Image
from app.kernel.errors import Refusal
from app.kernel.problems import Problem
from app.library.drawings import copy_drawing
from app.library.picture_formats import Measured, read

LARGEST_PICTURE = 1_000_000
HEAVY_PICTURE = 200_000

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}
KINDS = "PNG, JPEG, WebP, GIF or SVG"
NOT_A_PICTURE = "This is not a picture that can be shown."


class NotAPicture(Refusal):
    """The bytes do not even begin as a picture."""


def ending(path: str) -> str:
    """The part of a file's name after its last dot, in lower case."""
    return path.rpartition(".")[2].lower()


def is_picture(path: str) -> bool:
    """Whether a path of the working copy is a picture of a course, or one that a certificate may print."""
    if path.startswith("certificates/"):
        return ending(path) in {"png", "jpg", "jpeg"}
    return path.startswith("content/") and "/images/" in path and ending(path) in MEDIA_TYPES


def kind_named(path: str) -> str:
    """The kind of picture that a file's name promises."""
    return {"jpeg": "jpg"}.get(ending(path), ending(path))


def measure(body: bytes, largest: int = LARGEST_PICTURE) -> Measured:
    """What a picture is, told by its bytes alone, and the copy that is fit to be kept.

    `largest` is in bytes. Raises NotAPicture, and Refusal for one that is broken or too large.
    """
    if len(body) > largest:
        raise Refusal(f"This picture is larger than {largest // 1_000_000} MB. Make it smaller.")
    if (found := read(body)) is not None:
        return found
    if b"svg" not in body or not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise NotAPicture(f"{NOT_A_PICTURE} Use {KINDS}.")
    drawing = copy_drawing(body)
    return Measured(kind="svg", width=drawing.width, height=drawing.height, body=drawing.body)


def addresses(folder: str, files: Mapping[str, bytes], purged: Mapping[str, str]) -> dict[str, str]:
    """The name used in a lesson -> the address that serves the picture under its hash, for ever.

    `purged` leads from the path of a picture that was removed for good to the hash that it had.
    """
    found = {path: sha256(body).hexdigest() for path, body in files.items()} | dict(purged)
    start = f"{folder}/images/"
    return {
        path.removeprefix(f"{folder}/"): f"/images/{hash_}"
        for path, hash_ in found.items()
        if path.startswith(start) and ending(path) in MEDIA_TYPES
    }


def read_pictures(
    folder: str, files: Mapping[str, bytes], purged: Mapping[str, str]
) -> tuple[dict[str, Image], list[Problem]]:
    """The course's pictures by the name used in a lesson, and what is wrong with any file among them."""
    images = {name: Image(address) for name, address in addresses(folder, files, purged).items()}
    problems = []
    for path, body in files.items():
        if not path.startswith(f"{folder}/images/"):
            continue
        found, fault = read_file(path, body)
        problems += [fault] if fault else []
        name = path.removeprefix(f"{folder}/")
        if found and name in images:
            images[name] = Image(images[name].address, found.width, found.height)
    return images, problems


def read_file(path: str, body: bytes) -> tuple[Measured | None, Problem | None]:
    """What a file among the pictures is, None where it cannot be shown; and what is wrong with it."""
    if ending(path) not in MEDIA_TYPES:
        return None, Problem(path=path, line=1, sentence=NOT_A_PICTURE, fix=f"Use {KINDS}.")
    sentence = f"The name of this file says {ending(path)}, but its content is something else."
    misnamed = Problem(path=path, line=1, sentence=sentence, fix="Save the picture again.")
    try:
        found = measure(body)
    except NotAPicture:
        return None, misnamed
    except Refusal as refused:
        return None, Problem(path=path, line=1, sentence=str(refused))
    if found.kind != kind_named(path):
        return None, misnamed
    return found, _about(path, body, found)


def _about(path: str, body: bytes, found: Measured) -> Problem | None:
    fix = "Put it in through the studio, which takes that out."
    if body != found.body and found.kind == "svg":
        sentence = "This drawing may hold more than shapes and words."
        return Problem(path=path, line=1, sentence=sentence, fix=fix)
    if body != found.body:
        sentence = "This picture holds notes that nobody sees, which may say where it was taken."
        return Problem(path=path, line=1, level="warning", sentence=sentence, fix=fix)
    if len(body) > HEAVY_PICTURE:
        sentence = "This picture is larger than 200 KB, which is slow on a phone."
        return Problem(path=path, line=1, level="warning", sentence=sentence, fix="Make it smaller.")
    return None
