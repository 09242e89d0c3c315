"""Reading a figure block: the picture is the course's own, and has words for those who cannot see it."""

import pytest

from app.catalogue.blocks import Figure, read_block
from app.catalogue.images import Image

IMAGES = {"images/room.png": Image("/images/abc", 640, 480), "images/hall.png": Image("/images/def")}
GOOD = "id: room\nimage: images/room.png\nalt: A round table\ncaption: Nobody sits at its head.\n"


def read(options: str, images: dict[str, Image] = IMAGES) -> tuple[Figure | None, list[str]]:
    block, problems = read_block("figure", options, "l.md", 10, images)
    assert block is None or isinstance(block, Figure)
    return block, [f"{problem.line}: {problem.sentence} {problem.fix}".strip() for problem in problems]


def test_a_picture_has_the_address_of_its_content_and_its_caption_is_read() -> None:
    block, faults = read(GOOD)
    assert faults == []
    assert block is not None
    assert (block.address, block.alt, block.credit) == ("/images/abc", "A round table", "")
    assert (block.width, block.height) == (640, 480)
    assert block.passages == ("Nobody sits at its head.",)
    assert block.load.words == 5


def test_a_picture_without_a_caption_adds_no_words() -> None:
    block, _ = read(GOOD.partition("caption")[0])
    assert block is not None
    assert (block.passages, sum(block.load)) == ((), 0)


@pytest.mark.parametrize(
    ("name", "images", "fix"),
    [
        ("images/rom.png", IMAGES, "Did you mean images/room.png?"),
        ("garden", IMAGES, "Use one of: images/hall.png, images/room.png."),
        ("garden", {}, "Put the file in the course's images folder: images/name.png."),
    ],
)
def test_a_missing_picture_is_told_at_its_line_with_those_that_are_there(
    name: str, images: dict[str, Image], fix: str
) -> None:
    block, faults = read(GOOD.replace("images/room.png", name), images)
    assert block is None
    assert faults == [f"12: There is no image called {name} in this course. {fix}"]


@pytest.mark.parametrize("alt", ["", "''", "'  '"])
def test_words_for_those_who_cannot_see_it_are_not_left_empty(alt: str) -> None:
    block, faults = read(GOOD.replace("A round table", alt))
    assert block is None
    assert faults == ["13: alt is empty."]
