"""Pictures of dots: their size from their own bytes, and a copy that says nothing of whoever took them."""

import struct
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.kernel.errors import Refusal
from app.library.picture_formats import LONGEST_SIDE, read
from app.library.uploads import free_name, read_upload
from tests.attacks.pictures import NAMES, NO_PICTURES, with_sides

FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "png": ("PNG", {}),
    "jpg": ("JPEG", {}),
    "jpg in passes": ("JPEG", {"progressive": True}),
    "gif": ("GIF", {}),
    "webp": ("WEBP", {}),
    "webp without loss": ("WEBP", {"lossless": True}),
}
SECRET = b"behind the office"
TURN, DESCRIPTION = 0x0112, 0x010E


def picture(name: str, turn: int = 1, **more: Any) -> bytes:
    """A picture of 60 by 20 pixels, with notes of a camera where the format has them."""
    kind, options = FORMATS[name]
    dots = Image.radial_gradient("L").convert("RGB").resize((60, 20))
    notes = Image.Exif()
    notes[TURN], notes[DESCRIPTION] = turn, SECRET.decode()
    body = BytesIO()
    with_notes = {"comment": SECRET} if kind == "GIF" else {"exif": notes}
    dots.save(body, kind, **options, **with_notes, **more)
    return body.getvalue()


def dots(body: bytes) -> bytes:
    return Image.open(BytesIO(body)).convert("RGB").tobytes()


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_is_measured_and_keeps_its_dots_but_not_its_notes(name: str) -> None:
    body = picture(name)
    found = read(body + b"<?php evil(); ?>")
    assert found is not None
    assert (found.kind, found.width, found.height) == (name.partition(" ")[0], 60, 20)
    assert SECRET in body
    assert SECRET not in found.body
    assert b"evil" not in found.body
    assert dots(found.body) == dots(body)
    assert read(found.body) == found


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_that_is_cut_short_is_refused(name: str) -> None:
    body = picture(name)
    for length in range(12, len(body) - 1, 11):
        with pytest.raises(Refusal, match="broken or cut short"):
            read(body[:length])


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photograph_stays_the_right_way_up(turn: int) -> None:
    found = read(picture("jpg", turn))
    assert found is not None
    assert (found.width, found.height) == ((20, 60) if turn >= 5 else (60, 20))
    kept = dict(Image.open(BytesIO(found.body)).getexif())
    assert kept == ({} if turn == 1 else {TURN: turn})


def test_moving_pictures_keep_moving() -> None:
    frames = [Image.new("RGB", (9, 9), shade) for shade in ("red", "green", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        body = BytesIO()
        frames[0].save(body, kind, save_all=True, append_images=frames[1:], loop=0)
        found = read(body.getvalue())
        assert found is not None
        assert Image.open(BytesIO(found.body)).n_frames == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("sides", [(LONGEST_SIDE + 1, 1), (7000, 7000), (0, 5), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_would_fill_a_computer_is_refused_by_what_it_says_of_itself(
    sides: tuple[int, int],
) -> None:
    with pytest.raises(Refusal):
        read(with_sides(*sides))


def test_a_note_that_points_beyond_itself_does_no_harm() -> None:
    notes = b"Exif\0\0II*\0" + struct.pack("<I", 2**31)
    body = picture("jpg")
    put_in = body[:2] + b"\xff\xe1" + struct.pack(">H", len(notes) + 2) + notes + body[2:]
    found = read(put_in)
    assert found is not None
    assert (found.width, found.height) == (60, 20)


def test_filling_between_the_parts_of_a_photograph_is_passed_over() -> None:
    body = picture("jpg")
    assert read(body[:2] + b"\xff" * 9 + body[2:]) == read(body)


@pytest.mark.parametrize("attack", NO_PICTURES)
def test_what_is_no_picture_is_refused_with_a_sentence(attack: str) -> None:
    with pytest.raises(Refusal, match=r"\.$"):
        read_upload("door.png", NO_PICTURES[attack])


@pytest.mark.parametrize("sent", NAMES)
def test_a_name_is_made_safe_or_refused(sent: str) -> None:
    safe = NAMES[sent]
    if safe is None:
        with pytest.raises(Refusal, match="name cannot be used"):
            read_upload(sent, picture("png"))
    else:
        assert read_upload(sent, picture("png")).name == safe


def test_the_name_says_what_the_picture_is_whatever_was_sent() -> None:
    found = read_upload("door.png", picture("jpg"))
    assert (found.name, found.kind, found.size) == ("door.jpg", "jpg", (60, 20))


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = ["door.png", "Door-2.PNG", "door.jpg"]
    assert [free_name("door.png", taken), free_name("gate.png", taken)] == ["door-3.png", "gate.png"]
