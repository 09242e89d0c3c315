import pytest

from app.web.shared.moving import moved, place_of

LESSONS = ("first", "second")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<h2 id="a">A</h2>', '<h3 id="first--a">A</h3>'),
        ("<h4>A</h4>", "<h5>A</h5>"),
        ("<hr>", "<hr>"),
        ('<a href="#a">x</a>', '<a href="#first--a">x</a>'),
        ('<a href="second#b">x</a>', '<a href="#second--b">x</a>'),
        ('<a href="second">x</a>', '<a href="#second--top">x</a>'),
        ('<a href="third#b">x</a>', '<a href="third#b">x</a>'),
        ('<a href="https://example.org/#a">x</a>', '<a href="https://example.org/#a">x</a>'),
        ('<label for="b">B</label>', '<label for="first--b">B</label>'),
        ('<p aria-describedby="b c">B</p>', '<p aria-describedby="first--b first--c">B</p>'),
        ('<rect fill="url(#b)"/>', '<rect fill="url(#first--b)"/>'),
        ('<input name="b" data-id="b">', '<input name="b" data-id="b">'),
        ('<img alt="a > b" id="b">', '<img alt="a > b" id="first--b">'),
        ('<p>id="b" and &lt;h2&gt;</p>', '<p>id="b" and &lt;h2&gt;</p>'),
    ],
)
def test_what_is_moved_and_what_is_not(html: str, expected: str) -> None:
    assert moved(html, "first", LESSONS) == expected


def test_no_two_lessons_share_a_place() -> None:
    assert place_of("a", "b-c") != place_of("a-b", "c")
