"""A source's own files as text: which there are, how one is read for editing, and how it is put back."""

from collections.abc import Iterable, Mapping

from app.kernel.authored import decode
from app.kernel.errors import NotFound, Refusal
from app.library.course_files import course_file, test_file
from app.library.design_files import design_file
from app.library.folders import Key

BOM = b"\xef\xbb\xbf"
TEXTS = (".md", ".yml")
NO_CHARACTERS = [
    *range(0xFDD0, 0xFDF0),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
]
CANNOT_BE_SEEN = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *NO_CHARACTERS)} - {"\n", "\t"}


def texts_of(key: Key, files: Iterable[str]) -> list[str]:
    """The paths of a source's text files, and of those that every such source needs, in order."""
    kind, slug = key
    needed = {course_file(slug), test_file(slug)} if kind == "course" else {design_file(slug)}
    return sorted(needed | {path for path in files if path.endswith(TEXTS)})


def text_at(key: Key, files: Mapping[str, bytes], path: str) -> str:
    """A file's text with plain newlines; "" where it is needed and not there yet.

    Raises NotFound, and Refusal for bytes that are no text.
    """
    if path not in texts_of(key, files):
        raise NotFound("There is no such file here.")
    text, problems = decode(path, files.get(path, b""))
    if text is None:
        raise Refusal(f"{problems[0].sentence} {problems[0].fix}")
    return text


def put_back(path: str, typed: str, before: bytes | None) -> bytes:
    """The bytes of a text that was typed, with the line ends and the beginning that the file had before.

    Raises Refusal for what cannot be kept: nothing at all, too much, or a character that cannot be seen.
    """
    text = _plain_ends(typed)
    if not text.strip():
        raise Refusal("The file would be empty. Write something in it.")
    for number, line in enumerate(text.split("\n"), 1):
        if CANNOT_BE_SEEN & set(line):
            raise Refusal(f"Line {number} holds a character that cannot be seen. Write that line again.")
    if before is None or before.endswith((b"\n", b"\r")):
        text = text if text.endswith("\n") else f"{text}\n"
    _, problems = decode(path, text.encode())
    if problems:
        raise Refusal(f"{problems[0].sentence} {problems[0].fix}")
    return _as_before(text.encode(), before or b"")


def fit_to_show(typed: str) -> str:
    """The text with plain newlines, and a mark for each character that cannot be seen."""
    return _plain_ends(typed).translate({ord(each): "\ufffd" for each in CANNOT_BE_SEEN})


def _plain_ends(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def _as_before(body: bytes, before: bytes) -> bytes:
    if b"\r\n" in before and b"\n" not in before.replace(b"\r\n", b""):
        body = body.replace(b"\n", b"\r\n")
    return BOM + body if before.startswith(BOM) else body
