"""What differs between two versions of a source, for a reader: files by name, their texts by passages.

A file that only goes by another name is one that moved.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.library.matching import Work
from app.library.passages import Passage, passages
from app.library.pictures import ending

Version = Mapping[str, bytes | None]  # path -> the file's bytes, None for one that was removed for good
Change = Literal["added", "removed", "changed", "moved"]

MOST_WORK = 400_000  # steps: about a second
MOST_READ = 1_000_000  # bytes, in all files together
MOST_LINES = 20_000  # in all files together
MOST_SHOWN = 300_000  # letters, in all files together
TEXTS = {"md", "yml", "yaml", "txt"}
NUMBERED = re.compile(r"(.*/)\d+-([^/]+)")


@dataclass(frozen=True, kw_only=True)
class FileDifference:
    """One file. `was` is the name that it had before; "" where it is new.

    `before` and `after` are its bytes, None where it is not there or was removed for good. `passages` are
    None where it is no text, or too much to compare, and empty where only spaces and ends of lines differ, or
    nothing but its name.
    """

    path: str
    was: str
    change: Change
    before: bytes | None
    after: bytes | None
    passages: tuple[Passage, ...] | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Every file that differs, by name. `coarse`: too much was changed to find every line that stayed."""

    files: tuple[FileDifference, ...]
    coarse: bool


def differ(before: Version, after: Version) -> Comparison:
    """What to tell somebody who knows `before` and looks at `after`. It takes two seconds at the most."""
    work, room = Work(MOST_WORK), _Room()
    files = []
    for path, was in _named(before, after):
        found = _file(path, was, before, after)
        texts = _texts(found)
        if texts is not None and room.to_read(*texts):
            told = tuple(passages(found.path, *texts, work))
            found = replace(found, passages=told if room.to_show(told) else None)
        files.append(found)
    return Comparison(files=tuple(files), coarse=work.coarse)


@dataclass
class _Room:
    """How much may still be read and shown."""

    letters: int = MOST_READ
    lines: int = MOST_LINES
    shown: int = MOST_SHOWN

    def to_read(self, *texts: str) -> bool:
        """Whether these can be compared. What is too much leaves room for what is less."""
        letters, lines = sum(map(len, texts)), sum(text.count("\n") for text in texts)
        if letters > self.letters or lines > self.lines or self.shown <= 0:
            return False
        self.letters, self.lines = self.letters - letters, self.lines - lines
        return True

    def to_show(self, told: tuple[Passage, ...]) -> bool:
        """Whether these can be shown."""
        self.shown -= sum(len(piece.text) for each in told for line in each.lines for piece in line.pieces)
        return self.shown > 0


def is_text(path: str) -> bool:
    """Whether a file of this name is read as words."""
    return ending(path) in TEXTS


def _named(before: Version, after: Version) -> Iterator[tuple[str, str]]:
    """Each file that differs: its name now and its name before, one of them "" where it is not there."""
    moved = _moved(before, after)
    named = [(path, moved.get(path, "")) for path in after.keys() - before.keys()]
    named += [(path, path) for path in before.keys() & after.keys() if before[path] != after[path]]
    named += [("", path) for path in before.keys() - after.keys() - set(moved.values())]
    yield from sorted(named, key=lambda names: names[0] or names[1])


def _moved(before: Version, after: Version) -> dict[str, str]:
    """Name now -> name before, of files that go by another name: the same bytes, or only another number."""
    gone, new = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    found: dict[str, str] = {}
    for same in (_content, _without_number):
        left = {same(before, path): path for path in reversed(gone) if path not in found.values()}
        for path in new:
            if path not in found and (key := same(after, path)) and key in left:
                found[path] = left.pop(key)
    return found


def _content(version: Version, path: str) -> bytes | str | None:
    return version[path]


def _without_number(_version: Version, path: str) -> bytes | str | None:
    numbered = NUMBERED.fullmatch(path)
    return numbered[1] + numbered[2] if numbered else ""


def _file(path: str, was: str, before: Version, after: Version) -> FileDifference:
    change: Change = "moved"
    if not path or not was or path == was:
        change = "removed" if not path else "added" if not was else "changed"
    return FileDifference(
        path=path or was,
        was=was,
        change=change,
        before=before.get(was),
        after=after.get(path),
        passages=None,
    )


def _texts(found: FileDifference) -> tuple[str, str] | None:
    """Both texts; "" where there is none. None where the file is no text or cannot be read any more."""
    bodies = {"added": [found.after], "removed": [found.before]}.get(
        found.change, [found.before, found.after]
    )
    if ending(found.path) not in TEXTS or None in bodies:
        return None
    try:
        before, after = ((body or b"").decode() for body in (found.before, found.after))
    except UnicodeDecodeError:
        return None
    return before.replace("\r\n", "\n"), after.replace("\r\n", "\n")
