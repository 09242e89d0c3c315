"""Reading a zip that somebody hands in: hostile ones are refused in a sentence, the rest give files. Pure."""

import re
from zlib import crc32, decompressobj
from zlib import error as SqueezedWrongly  # noqa: N812  (the library's own name says nothing here)

from app.kernel.errors import Refusal
from app.library.folders import LARGEST_READ, LARGEST_SOURCE, MOST_FILES, can_be_kept
from app.library.zip_entries import DAMAGED, STORED, Entry, read_entries

LARGEST_ZIP = LARGEST_SOURCE + 500_000  # bytes: all that there can be, and room for its names
MOST_ENTRIES = 2 * MOST_FILES  # folders are entries of their own, and some systems add a note to each file
SMALL = 100_000  # bytes: below this a file may be squeezed as far as it goes
FURTHEST_SQUEEZED = 100  # times: text yields ten, and a bomb a thousand

ADDED_BY_SYSTEMS = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|README\.md)")
HAS_A_DRIVE = re.compile(r"[A-Za-z]:")

TOO_MUCH = f"This zip holds too much: {MOST_FILES} files and 20 MB are the most that there can be."
LEADS_OUT = "A file in this zip would be put outside its folder. Make the zip again from the folder itself."
TWICE = "This zip holds {name} twice, or two names that some machines cannot tell apart."
INSIDE = "This zip holds another zip ({name}). Put in the files themselves."


def unpack(body: bytes) -> dict[str, bytes]:
    """The files of a zip: path -> bytes. Folders, and what systems add of themselves, are left out.

    Raises Refusal for a zip that is too large, squeezed beyond belief, has a password or links, whose names
    lead elsewhere or stand twice, or that two programs would read differently.
    """
    if len(body) > LARGEST_ZIP:
        raise Refusal(TOO_MUCH)
    entries = read_entries(body, MOST_ENTRIES)
    _check_names([entry.name for entry in entries])
    wanted = [
        entry for entry in entries if not entry.is_folder and not ADDED_BY_SYSTEMS.fullmatch(entry.name)
    ]
    for entry in wanted:
        if not can_be_kept(entry.name):
            raise Refusal(f"A file in this zip cannot be called {_shown(entry.name)}.")
    _check_sizes(entries, len(wanted))
    return {entry.name: _bytes_of(body, entry) for entry in sorted(wanted, key=lambda entry: entry.name)}


def _check_names(names: list[str]) -> None:
    """Refuse names that lead out of the folder, and two that some machine would put in one place."""
    files: set[str] = set()
    folders: set[str] = set()
    spelt: dict[str, str] = {}
    for name in names:
        if name.startswith("/") or HAS_A_DRIVE.match(name) or {"..", "."} & set(name.split("/")):
            raise Refusal(LEADS_OUT)
        if "\\" in name or "//" in name or not name.isprintable():
            raise Refusal(f"A file in this zip cannot be called {_shown(name)}.")
        parts = name.removesuffix("/").split("/")
        ways = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        twice = ways[-1] in files or any(spelt.setdefault(way.casefold(), way) != way for way in ways)
        folders.update(ways if name.endswith("/") else ways[:-1])
        files.update([] if name.endswith("/") else ways[-1:])
        if twice or files & folders:
            raise Refusal(TWICE.format(name=_shown(name)))


def _check_sizes(entries: list[Entry], files: int) -> None:
    """Refuse by what the zip says of itself, before anything is unpacked."""
    if files > MOST_FILES or sum(entry.size for entry in entries) > LARGEST_SOURCE:
        raise Refusal(TOO_MUCH)
    for entry in entries:
        if entry.is_folder and entry.size:
            raise Refusal(DAMAGED)
        if entry.size > LARGEST_READ:
            raise Refusal(f"A file in this zip is larger than 2 MB: {_shown(entry.name)}.")
        if entry.size > max(SMALL, entry.packed * FURTHEST_SQUEEZED):
            raise Refusal(f"A file in this zip is squeezed further than any text: {_shown(entry.name)}.")


def _bytes_of(body: bytes, entry: Entry) -> bytes:
    """The file itself. What it holds beyond its size is never unpacked."""
    packed = body[entry.data : entry.data + entry.packed]
    found = packed if entry.method == STORED else _loosened(packed, entry.size)
    if len(found) != entry.size or crc32(found) != entry.checksum:
        raise Refusal(DAMAGED)
    if found.startswith((b"PK\3\4", b"PK\5\6")):
        raise Refusal(INSIDE.format(name=_shown(entry.name)))
    return found


def _loosened(packed: bytes, size: int) -> bytes:
    loosen = decompressobj(wbits=-15)
    try:
        found = loosen.decompress(packed, size + 1)
    except SqueezedWrongly as wrong:
        raise Refusal(DAMAGED) from wrong
    if not loosen.eof or loosen.unused_data:
        raise Refusal(DAMAGED)
    return found


def _shown(name: str) -> str:
    """A name, fit to be shown: short, and of what can be printed."""
    return "".join(each if each.isprintable() else "\ufffd" for each in name)[:100]
