"""What becomes of a drawing: its shapes stay, and nothing that could run, fetch or multiply does."""

from time import process_time

import pytest

from app.kernel.errors import Refusal
from app.library.drawings import LARGEST_DRAWING, copy_drawing
from tests.attacks.drawings import GROWING, HOSTILE, REFUSED, SLOW, drawing

START = '<svg xmlns="http://www.w3.org/2000/svg" '


def copied(inside: str, root: str = 'viewBox="0 0 40 20"') -> str:
    return copy_drawing(drawing(inside, root)).body.decode()


def inside(inside: str) -> str:
    found = copied(inside)
    return found[found.index(">") + 1 : found.rindex("</svg>")] if "</svg>" in found else ""


@pytest.mark.parametrize(
    "shape",
    [
        '<path d="M1 2 L3,4e-1 z" fill="#06c" stroke-width="2"/>',
        '<g transform="translate(1 2)"><circle cx="5" cy="5" r="2"/></g>',
        '<text x="1" y="2" font-family="Arial, \'Open Sans\'">One &amp; <tspan dy="1">two</tspan></text>',
        '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient><rect fill="url(#g)"/>',
        '<defs><path id="p" d="M0 0"/></defs><use href="#p" x="3"/>',
        "<title>A door</title>",
    ],
)
def test_shapes_words_and_references_into_the_drawing_stay_as_they_are(shape: str) -> None:
    assert inside(shape) == shape


@pytest.mark.parametrize("attack", HOSTILE, ids=str)
def test_nothing_that_could_run_or_fetch_is_copied(attack: str) -> None:
    body = copy_drawing(HOSTILE[attack]).body
    assert copy_drawing(body).body == body
    for trace in (
        b"script",
        b"alert",
        b"evil",
        b"javascript",
        b"data:",
        b"//",
        b"@import",
        b"foreign",
        b"on",
    ):
        assert trace not in body.replace(START.encode(), b"").lower(), body


@pytest.mark.parametrize("attack", REFUSED, ids=str)
def test_what_cannot_be_read_safely_is_refused_with_a_sentence(attack: str) -> None:
    with pytest.raises(Refusal, match=r"\.$"):
        copy_drawing(REFUSED[attack])


@pytest.mark.parametrize("attack", SLOW, ids=str)
def test_a_drawing_takes_no_longer_to_read_than_its_length_allows(attack: str) -> None:
    started = process_time()
    copy_drawing(SLOW[attack])
    assert process_time() - started < 2


@pytest.mark.parametrize("attack", GROWING, ids=str)
def test_a_sheet_cannot_make_a_drawing_grow_beyond_what_one_may_be(attack: str) -> None:
    started = process_time()
    with pytest.raises(Refusal, match=r"\.$"):
        copy_drawing(GROWING[attack])
    assert process_time() - started < 2


def test_a_plain_doctype_a_comment_and_what_a_program_notes_are_left_out() -> None:
    start = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/x.dtd">'
    )
    body = copy_drawing(
        start + drawing('<!-- mine --><metadata>Ann</metadata><rect xmlns:i="urn:i" i:label="x"/>')
    ).body
    assert body.decode() == f'{START}viewBox="0 0 40 20"><rect/></svg>\n'


def test_a_style_sheet_and_styles_become_attributes() -> None:
    sheet = (
        "<style>rect{fill:red} .a, .b{fill:#00f;stroke:url(#g)} #c{fill:green} .a:hover{fill:pink}</style>"
    )
    shapes = (
        '<rect/><rect class="b"/><rect class="a" id="c"/><rect class="a" style="fill: none; cursor: help"/>'
    )
    assert inside(sheet + shapes) == (
        '<rect fill="red"/><rect fill="#00f" stroke="url(#g)"/>'
        '<rect id="c" fill="green" stroke="url(#g)"/><rect fill="none" stroke="url(#g)"/>'
    )


def test_links_are_taken_off_what_they_hold() -> None:
    assert inside('<a href="https://evil.example"><rect/></a>') == "<g><rect/></g>"


def test_old_references_are_written_the_new_way() -> None:
    old = '<path id="p" d="M0 0"/><use xmlns:x="http://www.w3.org/1999/xlink" x:href="#p"/>'
    assert inside(old) == '<path id="p" d="M0 0"/><use href="#p"/>'


@pytest.mark.parametrize(
    ("root", "size", "box"),
    [
        ('viewBox="0 0 40 20"', (40, 20), "0 0 40 20"),
        ('width="300" height="150px"', (300, 150), "0 0 300 150"),
        ('width="2.54cm" height="1in" viewBox="0 0 9 9"', (96, 96), "0 0 9 9"),
        ('width="100%" height="100%" viewBox="-5,-5 30 60"', (30, 60), "-5,-5 30 60"),
        ('width="9000" height="4500"', (2000, 1000), "0 0 9000 4500"),
    ],
)
def test_a_drawing_says_how_large_it_is_and_shrinks_whole(root: str, size: tuple[int, int], box: str) -> None:
    found = copy_drawing(drawing("<rect/>", root))
    assert (found.width, found.height) == size
    assert f'viewBox="{box}"' in found.body.decode()
    assert copy_drawing(found.body) == found


def test_a_drawing_without_a_size_or_of_too_many_bytes_is_refused() -> None:
    for body in (drawing("<rect/>", ""), drawing("<rect/>" + " " * LARGEST_DRAWING)):
        with pytest.raises(Refusal):
            copy_drawing(body)


def test_a_return_in_words_is_the_same_after_a_second_copy() -> None:
    body = copy_drawing(drawing("<text>a&#13;&#10;b&#9;c\r\nd</text>")).body
    assert copy_drawing(body).body == body
