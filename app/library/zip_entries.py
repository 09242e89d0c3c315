"""What a zip says of itself, read strictly: a zip that two readers could read differently is refused. Pure.

Its records must follow each other without a gap: every file once, then the list of them, then the end.
"""

from dataclasses import dataclass
from itertools import pairwise
from stat import S_IFDIR, S_IFMT, S_IFREG
from struct import Struct, error

from app.kernel.errors import Refusal

END = Struct("<4s4H2LH")
LISTED = Struct("<4s6H3L5H2L")
OWN = Struct("<4s5H3L2H")
EXTRA = Struct("<2H")
AFTERWARDS = Struct("<3L")
END_MARK, LISTED_MARK, OWN_MARK, AFTERWARDS_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4", b"PK\7\x08"

ENCRYPTED, SIZE_COMES_AFTERWARDS, UTF_8 = 0x1, 0x8, 0x800
MAY_BE_SET = 0x6 | SIZE_COMES_AFTERWARDS | UTF_8  # 0x6 says how hard it was squeezed
STORED, DEFLATED = 0, 8
SECOND_SIZE, SECOND_NAME = 0x0001, 0x7075  # extra fields that some readers follow and others do not
KINDS = {0, S_IFREG, S_IFDIR}

DAMAGED = "This zip is damaged, or was made so that programs read it differently. Make it again."
ENCRYPTED_ZIP = "This zip has a password. Make it again without one."
UNKNOWN = "This zip was made in a way that is not read here. Make it again as an ordinary zip."
LINK = "This zip holds a link instead of a file. Put the file itself in."
NAME = "A file in this zip has a name that cannot be read. Use plain letters, digits, dots and dashes."


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file or folder of a zip. Sizes in bytes; `start` is where its own record begins."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    start: int
    data: int = 0  # where its bytes begin

    @property
    def is_folder(self) -> bool:
        """Whether it is no more than a folder's name."""
        return self.name.endswith("/")


def read_entries(body: bytes, most: int) -> list[Entry]:
    """Every entry, `most` at most, in the order of their bytes. Raises Refusal for all that is doubtful."""
    try:
        listed, start = _read_list(body, most)
        ends = [*(entry.start for entry in listed[1:]), start]
        if [entry.start for entry in listed[:1]] != [0]:
            raise Refusal(DAMAGED)
        return [_checked(body, entry, end) for entry, end in zip(listed, ends, strict=True)]
    except error as short:
        raise Refusal(DAMAGED) from short


def _read_list(body: bytes, most: int) -> tuple[list[Entry], int]:
    """The entries of the list at the end, by where they begin; and where the list itself begins."""
    if not body.startswith(OWN_MARK):
        raise Refusal("This is not a zip, or something stands before it. Choose a zip file.")
    end = len(body) - END.size
    mark, disk, first_disk, here, count, size, start, comment = END.unpack_from(body, max(end, 0))
    if mark != END_MARK or comment or disk or first_disk or here != count or start + size != end:
        raise Refusal(DAMAGED)
    if count > most:
        raise Refusal(f"This zip holds too many files: {most} are the most that there can be.")
    place, found = start, []
    for _ in range(count):
        entry, place = _read_listed(body, place)
        found.append(entry)
    if place != end:
        raise Refusal(DAMAGED)
    found.sort(key=lambda entry: entry.start)
    if any(first.start == second.start for first, second in pairwise(found)):
        raise Refusal(DAMAGED)
    return found, start


def _read_listed(body: bytes, place: int) -> tuple[Entry, int]:
    fields = LISTED.unpack_from(body, place)
    mark, _by, _for, flags, method, _time, _day, checksum, packed, size = fields[:10]
    name_size, extra_size, comment_size, disk, _inner, attributes, start = fields[10:]
    name_at = place + LISTED.size
    extra_at = name_at + name_size
    if mark != LISTED_MARK or disk or comment_size:
        raise Refusal(DAMAGED)
    _check_extra(body[extra_at : extra_at + extra_size])
    name = _read_name(body[name_at:extra_at])
    entry = Entry(
        name=name, flags=flags, method=method, checksum=checksum, packed=packed, size=size, start=start
    )
    _check_kind(entry, S_IFMT(attributes >> 16))
    return entry, extra_at + extra_size


def _read_name(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Refusal(NAME) from wrong


def _check_kind(entry: Entry, kind: int) -> None:
    if entry.flags & ENCRYPTED:
        raise Refusal(ENCRYPTED_ZIP)
    if entry.flags & ~MAY_BE_SET or entry.method not in {STORED, DEFLATED}:
        raise Refusal(UNKNOWN)
    if kind not in KINDS:
        raise Refusal(LINK)
    if (kind == S_IFDIR and not entry.is_folder) or (kind == S_IFREG and entry.is_folder):
        raise Refusal(DAMAGED)


def _check_extra(extra: bytes) -> None:
    place = 0
    while place < len(extra):
        kind, size = EXTRA.unpack_from(extra, place)
        if kind in {SECOND_SIZE, SECOND_NAME}:
            raise Refusal(UNKNOWN)
        place += EXTRA.size + size
    if place != len(extra):
        raise Refusal(DAMAGED)


def _checked(body: bytes, entry: Entry, end: int) -> Entry:
    """The entry with the place of its bytes, if its own record says the same and fills the room to `end`."""
    mark, _for, flags, method, _time, _day, *sizes, name_size, extra_size = OWN.unpack_from(body, entry.start)
    name_at = entry.start + OWN.size
    extra_at = name_at + name_size
    data = extra_at + extra_size
    same = (flags, method, body[name_at:extra_at]) == (entry.flags, entry.method, entry.name.encode())
    _check_extra(body[extra_at:data])
    told = [entry.checksum, entry.packed, entry.size]
    rest = body[data + entry.packed : end] if data + entry.packed <= end else b"?"
    if entry.flags & SIZE_COMES_AFTERWARDS:
        later = rest.removeprefix(AFTERWARDS_MARK) if len(rest) > AFTERWARDS.size else rest
        sound = sizes in (told, [0, 0, 0]) and later == AFTERWARDS.pack(*told)
    else:
        sound = sizes == told and not rest
    if mark != OWN_MARK or not same or not sound:
        raise Refusal(DAMAGED)
    return Entry(**{**vars(entry), "data": data})
