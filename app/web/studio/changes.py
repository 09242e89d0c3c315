"""What changed between two versions, as rows for the template: in words, and fit to be shown."""

import re
from dataclasses import dataclass
from hashlib import sha256

from app.assessment.wording import in_words
from app.library.differing import FileDifference, Version, differ, is_text
from app.library.lesson_files import title_typed
from app.library.marking import Piece
from app.library.passages import Line, Passage
from app.library.pictures import is_picture

# What cannot be seen, or would turn the words around it: it is shown as the mark for "cannot be shown".
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    r"\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000fffff\U00100000-\U0010ffff]"
)
UNTYPABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
NAMES = {
    "course.yml": "Settings of the course",
    "test.yml": "The test",
    "practice.yml": "Practice questions",
    "design.yml": "The design",
    "sample.yml": "People to try it with",
}
MARKS = {"same": "", "added": "+", "removed": "−", "changed": "±"}
WORDS = {"same": "", "added": "Added:", "removed": "Taken out:", "changed": "Changed:"}
CHANGES = {"added": "New", "removed": "Taken out", "changed": "Changed"}
TOO_MUCH = "Too much has changed to be shown here. Open the file in both versions."
ONLY_SPACES = "Only spaces and ends of lines have changed."
COARSE = "Much has changed, so some lines that stayed are shown as taken out and added again."
LONGEST_SAME = 240  # letters that stayed, before their middle is left out
KEPT = 100  # letters on each side of it


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """One line. `word` is what a screen reader says before it."""

    kind: str
    number: int | None
    mark: str
    word: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class PassageRow:
    """Lines that stand together, under a heading or ""."""

    heading: str
    lines: list[LineRow]


@dataclass(frozen=True, kw_only=True)
class PictureRow:
    """A picture as it was or as it is. `address` is "" where it cannot be shown."""

    label: str
    size: str
    address: str


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """One file. `whole`: all of it is new, or all of it went, so that it may be folded away."""

    name: str
    path: str
    said: str
    note: str
    whole: bool
    passages: list[PassageRow]
    pictures: list[PictureRow]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Every file that differs, how many there are in words, and what to know of the comparison or ""."""

    summary: str
    note: str
    files: list[FileRow]


def rows(before: Version, after: Version) -> Changes:
    """What somebody who knows `before` finds in `after`. It takes up to two seconds: not while writing."""
    found = differ(before, after)
    return Changes(
        summary=_summary(len(found.files)),
        note=COARSE if found.coarse else "",
        files=[_file(each) for each in found.files],
    )


def shown(text: str) -> str:
    """The text, with a mark in place of what could not be seen."""
    return UNSEEN.sub("\ufffd", text)


def typable(text: str) -> str:
    """The text as it may stand in a field and be sent again: only what no field can hold has a mark."""
    return UNTYPABLE.sub("\ufffd", text.replace("\r\n", "\n"))


def called(path: str, *bodies: bytes | None) -> str:
    """What people call a file: a lesson by its title, in the first of these bodies that has one."""
    name = path.rpartition("/")[2]
    titles = (title_typed(body[:2000]) for body in bodies if body and path.endswith(".md"))
    title = next(filter(None, titles), "")
    return shown(title[:120]) if title else NAMES.get(name, shown(name))


def size_in_words(body: bytes) -> str:
    """As people say it: "12 KB"."""
    size = len(body)
    return (
        f"{size} bytes" if size < 1000 else f"{size / 1000:.0f} KB" if size < 1e6 else f"{size / 1e6:.1f} MB"
    )


def _summary(files: int) -> str:
    if not files:
        return "Nothing differs."
    return "One file differs." if files == 1 else f"{in_words(files).capitalize()} files differ."


def _file(found: FileDifference) -> FileRow:
    return FileRow(
        name=called(found.path, found.after, found.before),
        path=shown(found.path),
        said=_said(found),
        note=_note(found),
        whole=found.change in {"added", "removed"},
        passages=[_passage(each) for each in found.passages or ()],
        pictures=[] if is_text(found.path) else _pictures(found),
    )


def _said(found: FileDifference) -> str:
    if found.change != "moved":
        return CHANGES[found.change]
    also = "" if found.before == found.after else ", and changed"
    return f"Moved: it was {shown(found.was)}{also}"


def _note(found: FileDifference) -> str:
    if _removed_for_good(found):
        return "One of the two has been removed for good and cannot be shown."
    if found.passages is None:
        return TOO_MUCH if is_text(found.path) else ""
    return "" if found.passages or found.before == found.after or not found.before else ONLY_SPACES


def _removed_for_good(found: FileDifference) -> bool:
    return (found.before is None and found.change != "added") or (
        found.after is None and found.change != "removed"
    )


def _passage(passage: Passage) -> PassageRow:
    return PassageRow(heading=shown(passage.heading), lines=[_line(line) for line in passage.lines])


def _line(line: Line) -> LineRow:
    return LineRow(
        kind=line.kind,
        number=line.before if line.after is None else line.after,
        mark=MARKS[line.kind],
        word=WORDS[line.kind],
        pieces=tuple(_piece(piece) for piece in line.pieces),
    )


def _piece(piece: Piece) -> Piece:
    text = shown(piece.text)
    if piece.kind != "same":
        return Piece(piece.kind, text.replace(" ", "·") if text.isspace() else text)
    return Piece("same", text if len(text) <= LONGEST_SAME else f"{text[:KEPT]} … {text[-KEPT:]}")


def _pictures(found: FileDifference) -> list[PictureRow]:
    both = [("Before", found.was, found.before), ("Now", found.path, found.after)]
    return [
        PictureRow(
            label=f"{label}: {shown(path.rpartition('/')[2])}",
            size=size_in_words(body),
            address=picture_address(path, body),
        )
        for label, path, body in both
        if body is not None
    ]


def picture_address(path: str, body: bytes | None) -> str:
    """Where editors see a picture that has been saved; "" where this is none or it was removed for good."""
    if body is None or not is_picture(path):
        return ""
    return f"/studio/pictures/{sha256(body).hexdigest()}"
