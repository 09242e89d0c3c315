"""Zips: the same files make the same bytes, and a hostile zip is refused in a sentence."""

import shutil
import subprocess
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from stat import S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG
from struct import pack as packed
from struct import unpack as unpacked
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import Refusal
from app.library.folders import LARGEST_READ, LARGEST_SOURCE, MOST_FILES
from app.library.packing import pack
from app.library.unzipping import LARGEST_ZIP, MOST_ENTRIES, unpack
from tests.library.drafts import GOOD, good_files

ONE = {"content/a/course.yml": b"title: A\n" * 40}


class Unseekable(BytesIO):
    """Written to as a stream is: what comes first cannot be mended afterwards."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, *_where: int) -> int:
        raise OSError


def zipped(
    files: dict[str, bytes], method: int = ZIP_DEFLATED, kind: int = S_IFREG, into: BytesIO | None = None
) -> bytes:
    """A zip as other programs make it."""
    body = into or BytesIO()
    with ZipFile(body, "w") as made:
        for name, held in files.items():
            entry = ZipInfo(name)
            entry.external_attr = (kind | 0o644) << 16
            entry.compress_type = method
            made.writestr(entry, held)
    return body.getvalue()


def listed_in(body: bytes) -> bytes:
    """The list of a zip's files, without the end that points to it."""
    return body[body.index(b"PK\1\2") : -22]


def refused(body: bytes) -> str:
    with pytest.raises(Refusal) as raised:
        unpack(body)
    sentence = str(raised.value)
    assert len(sentence) < 250
    assert sentence.isprintable()
    return sentence


def test_the_same_files_make_the_same_bytes_in_whatever_order_they_come() -> None:
    files = good_files()
    assert pack(files) == pack(dict(reversed(files.items())))


def test_what_was_packed_is_unpacked() -> None:
    assert unpack(pack(good_files())) == good_files()


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize("into", [BytesIO, Unseekable])
def test_a_zip_that_another_program_made_is_read(method: int, into: Callable[[], BytesIO]) -> None:
    assert unpack(zipped(good_files(), method, into=into())) == good_files()


def test_folders_and_what_systems_add_are_left_out() -> None:
    body = BytesIO()
    with ZipFile(body, "w") as made:
        made.mkdir("content")
        made.mkdir("content/a")
        made.writestr("content/a/course.yml", ONE["content/a/course.yml"])
        for name in ("__MACOSX/content/a/._course.yml", "content/.DS_Store", "content/a/README.md"):
            made.writestr(name, b"x")
    assert unpack(body.getvalue()) == ONE


@pytest.mark.parametrize(
    "name",
    [
        "../content/a/course.yml",
        "content/../../etc/passwd",
        "content/a/..",
        "content/./a.md",
        "/etc/passwd",
        "//server/share/a",
        "C:/windows/a.md",
        "c:a.md",
        "content\\a\\course.yml",
        "..\\a.md",
        "content//a.md",
        "content/a/evil\x07.md",
        "content/a/\u202egnp.md",
        "content/a/caf\u00e9.md",
        "content/a/.hidden",
        "content/a/-rf",
        "content/a/" + "x" * 81,
        "content/" * 40 + "a.md",
        "content/a/con:stream",
    ],
)
def test_a_name_that_leads_elsewhere_or_cannot_be_kept_is_refused(name: str) -> None:
    refused(zipped({**ONE, name: b"x"}))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("content/a/one.md", "content/a/ONE.md"),
        ("content/a/one.md", "content/A/two.md"),
        ("content/a/one.md", "content/a/one.md/two.md"),
        ("content/a/one.md", "content/a/One.md/two.md"),
    ],
)
def test_two_names_that_one_machine_cannot_tell_apart_are_refused(first: str, second: str) -> None:
    assert "twice" in refused(zipped({first: b"1", second: b"2"}))
    assert "twice" in refused(zipped({second: b"1", first: b"2"}))


def test_one_name_twice_is_refused() -> None:
    body = zipped({"content/a/one.md": b"first", "content/a/two.md": b"second"})
    assert "twice" in refused(body.replace(b"two.md", b"one.md"))


def test_names_that_are_not_utf_8_or_hold_a_nul_are_refused() -> None:
    body = zipped({"content/a/one.md": b"x"})
    refused(body.replace(b"one.md", b"\xff\xfee.md"))
    refused(body.replace(b"one.md", b"on\0.md"))


@pytest.mark.parametrize("kind", [S_IFLNK, S_IFIFO, S_IFDIR])
def test_links_and_other_things_that_are_no_files_are_refused(kind: int) -> None:
    refused(zipped({"content/a/one.md": b"/etc/passwd"}, kind=kind))


@pytest.mark.parametrize(("flag", "said"), [(0x1, "password"), (0x20, "ordinary"), (0x40, "ordinary")])
def test_what_is_locked_or_a_patch_is_refused(flag: int, said: str) -> None:
    body = bytearray(zipped(ONE))
    body[6] |= flag
    body[body.index(b"PK\1\2") + 8] |= flag
    assert said in refused(bytes(body))


def test_what_is_squeezed_in_another_way_is_refused() -> None:
    assert "ordinary" in refused(zipped(ONE, ZIP_BZIP2))


def test_a_bomb_is_refused_by_what_it_says_of_itself() -> None:
    assert "squeezed" in refused(zipped({"content/a/a.md": bytes(1_900_000)}))
    assert "2 MB" in refused(zipped({"content/a/a.md": bytes(LARGEST_READ + 1)}))
    many = {
        f"content/a/{number}.md": bytes(LARGEST_READ) for number in range(LARGEST_SOURCE // LARGEST_READ + 1)
    }
    assert "too much" in refused(zipped(many))


def test_a_bomb_that_lies_of_its_size_is_never_unpacked() -> None:
    bomb = bytes(50_000_000)
    body = zipped({"content/a/a.md": bomb})
    lying = body.replace(packed("<L", len(bomb)), packed("<L", 1000))
    assert lying != body
    assert "damaged" in refused(lying)
    assert "damaged" in refused(
        lying.replace(packed("<L", zlib.crc32(bomb)), packed("<L", zlib.crc32(bytes(1000))))
    )


def test_too_many_files_are_refused() -> None:
    assert str(MOST_FILES) in refused(
        zipped({f"content/a/{number}.md": b"" for number in range(MOST_FILES + 1)})
    )
    assert "too many" in refused(
        zipped({f"content/a/{number}/": b"" for number in range(MOST_ENTRIES + 1)}, kind=0)
    )


def test_a_body_larger_than_any_course_is_refused_unread() -> None:
    assert "too much" in refused(bytes(LARGEST_ZIP + 1))


@pytest.mark.parametrize("name", ["inner.zip", "course.yml"])
def test_a_zip_in_a_zip_is_refused(name: str) -> None:
    assert "another zip" in refused(zipped({f"content/a/{name}": zipped(ONE)}))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: b"MZ and a program" + body,
        lambda body: body + b"and more",
        lambda body: body + zipped(ONE),
        lambda body: zipped(ONE) + body,
        lambda body: body[:-2] + b"\4\0more",
        lambda body: body[:-1],
        lambda body: body[: len(body) // 2],
        lambda body: body.replace(b"course.yml", b"COURSE.yml", 1),
        lambda body: body.replace(packed("<L", len(ONE["content/a/course.yml"])), packed("<L", 9), 1),
        lambda body: body[:-10] + packed("<L", 9) + body[-6:],
        lambda body: body[:-14] + packed("<HH", 2, 2) + body[-10:],
        lambda body: body[:-14] + packed("<HH", 0, 0) + body[-10:],
        lambda body: body[:-14] + packed("<HH", 2, 1) + body[-10:],
        lambda body: body[:-2] + b"\4\0",
        lambda body: (
            body[:-22] + b"more" + body[-22:-10] + packed("<L", len(listed_in(body)) + 4) + body[-6:]
        ),
        lambda body: body.replace(b"title", b"tItle"),
        lambda _body: b"",
        lambda _body: b"PK\5\6" + bytes(18),
        lambda _body: b"PK\3\4",
        lambda _body: b"not a zip at all",
    ],
)
def test_what_two_programs_would_read_differently_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    refused(spoil(zipped(ONE, ZIP_STORED)))


def test_sizes_that_are_told_twice_must_be_told_alike() -> None:
    body = zipped(ONE, into=Unseekable())
    assert unpack(body) == ONE
    told = body.index(b"PK\7\x08") + 12
    refused(body[:told] + packed("<L", 9) + body[told + 4 :])


def test_nothing_hides_behind_the_end_of_what_is_squeezed() -> None:
    body = zipped(ONE)
    listed = body.index(b"PK\1\2")
    (size,) = unpacked("<L", body[18:22])
    longer = packed("<L", size + 4)
    moved = body[:18] + longer + body[22:listed] + b"more" + body[listed : listed + 20] + longer
    refused(moved + body[listed + 24 : -6] + packed("<L", listed + 4) + body[-2:])


def test_a_folder_holds_no_bytes() -> None:
    refused(zipped({**ONE, "content/b/": b"x"}, kind=0))


@pytest.mark.parametrize("name", ["../a.md", "content/../../a.md", "/etc/a.md", "C:/a.md"])
def test_of_a_name_that_leads_out_it_is_said_so(name: str) -> None:
    assert "outside" in refused(zipped({name: b"x"}))


def test_entries_that_share_their_bytes_are_refused() -> None:
    body = zipped({"content/a/one.md": b"first" * 9, "content/a/two.md": b"first" * 9}, ZIP_STORED)
    second = body.index(b"PK\3\4", 4)
    listed = body.index(b"PK\1\2", body.index(b"PK\1\2") + 4)
    assert body[listed + 42 : listed + 46] == packed("<L", second)
    refused(body[: listed + 42] + packed("<L", 0) + body[listed + 46 :])


def test_a_file_that_the_list_does_not_name_is_refused() -> None:
    hidden = zipped(ONE, ZIP_STORED)
    record = hidden[: hidden.index(b"PK\1\2")]
    shown = zipped({"content/a/one.md": b"x"}, ZIP_STORED)
    start = shown.index(b"PK\1\2")
    moved = shown[:-6] + packed("<L", start + len(record)) + shown[-2:]
    refused(moved[:start] + record + moved[start:])
    later = start + 42
    refused(record + moved[:later] + packed("<L", len(record)) + moved[later + 4 :])


@pytest.mark.parametrize("extra", [packed("<HHQ", 1, 8, 9), packed("<HH", 0x7075, 0), b"\1"])
def test_notes_that_some_programs_follow_instead_are_refused(extra: bytes) -> None:
    body = BytesIO()
    with ZipFile(body, "w") as made:
        entry = ZipInfo("content/a/one.md")
        entry.extra = packed("<HH", 0xCAFE, 0)
        made.writestr(entry, b"x")
    sound = body.getvalue()
    assert unpack(sound) == {"content/a/one.md": b"x"}
    own = sound.index(b"one.md") + 6
    told = sound[: own - len("content/a/one.md") - 2] + packed("<H", len(extra)) + b"content/a/one.md"
    start = len(told) + len(extra) + 1
    refused(told + extra + b"x" + sound[own + 5 : -6] + packed("<L", start) + sound[-2:])


@given(place=st.integers(0, 10_000), put=st.binary(min_size=1, max_size=4))
def test_whatever_is_spoilt_the_files_are_whole_or_refused(place: int, put: bytes) -> None:
    body = bytearray(zipped(ONE))
    place %= len(body)
    body[place : place + len(put)] = put
    with suppress(Refusal):
        assert unpack(bytes(body)) == ONE


@pytest.mark.parametrize("command", [["zip", "-qr"], ["zip", "-q0r"], ["zip", "-qrX"], ["jar", "cf"]])
def test_zips_of_other_programs_are_read(command: list[str], tmp_path: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    shutil.copytree(GOOD / "content" / "good-course", tmp_path / "content" / "good-course")
    subprocess.run([*command, "made.zip", "content"], cwd=tmp_path, check=True)
    found = unpack((tmp_path / "made.zip").read_bytes())
    found.pop("META-INF/MANIFEST.MF", None)
    assert found == {path: body for path, body in good_files().items() if path.startswith("content/")}
