"""Every letter is one em wide here, so a line of 10 ems holds ten letters."""

import pytest

from app.certification.typesetting import fill, fit, paragraphs, wrap


def measure(text: str, _font: str) -> float:
    return len(text)


def lines(text: str, width: float) -> list[str]:
    return ["".join(piece for piece, _ in line) for line in wrap([(text, "plain")], width, measure)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two", 10, ["one two"]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one ", "two"]),
        ("one two three", 8, ["one two ", "three"]),
        ("aa aa aa aa b", 12, ["aa aa ", "aa aa b"]),
        ("enormously so", 4, ["enormously ", "so"]),
        ("one\ntwo", 10, ["one", "two"]),
        ("one  two", 10, ["one two"]),
        ("", 10, [""]),
    ],
)
def test_words_wrap_into_lines_of_like_length(text: str, width: float, expected: list[str]):
    assert lines(text, width) == expected


def test_no_line_is_wider_than_its_room_spaces_counted():
    text = "a bb ccc dddd " * 20
    assert all(len(line.rstrip()) <= 17 for line in lines(text, 17))


def test_words_are_all_there_in_order():
    text = "Describe what marks co-production, and find the principle that a project lacks."
    for width in range(14, 80):
        assert "".join(lines(text, width)) == text


def test_a_stop_after_a_strong_word_stays_with_it():
    pieces = fill("completed **{course}**.", {"course": "Course"}, "plain", "strong")
    assert wrap(pieces, 16, measure) == [(("completed ", "plain"),), (("Course", "strong"), (".", "plain"))]


def test_stars_and_braces_in_a_fact_are_only_text():
    assert fill("**{course}**", {"course": "a ** {name}"}, "plain", "strong") == [("a ** {name}", "strong")]


@pytest.mark.parametrize(
    ("text", "expected_size", "expected_lines"),
    [
        ("short", 20, 1),
        ("a" * 15, 13.0, 1),
        ("aaaaaaaaa aaaaaaaaa", 10.5, 1),
        ("aaaaaaaaaaaa aaaaaaaaaaaa", 16.5, 2),
    ],
)
def test_text_shrinks_to_its_smallest_before_it_takes_a_second_line(
    text: str, expected_size: float, expected_lines: int
):
    size, found = fit([(text, "plain")], 200, (20, 10), 2, measure)
    assert (size, len(found)) == (expected_size, expected_lines)
    assert all(sum(len(piece) for piece, _ in line) * size <= 200 + size for line in found)


def test_what_cannot_fit_shrinks_on_rather_than_run_over():
    size, found = fit([("a" * 40, "plain")], 200, (20, 10), 2, measure)
    assert len(found) == 1
    assert 40 * size <= 200


def test_a_line_ends_at_a_hyphen_only_where_whole_words_do_not_fit():
    two_lines = [("aaaa-bbbb cccc", "plain")]
    assert [line[0][0] for line in fit(two_lines, 100, (10, 10), 2, measure)[1]] == ["aaaa-bbbb ", "cccc"]
    assert [line[0][0] for line in fit(two_lines, 90, (10, 10), 2, measure)[1]] == ["aaaa-bbbb ", "cccc"]
    size, found = fit([("aaaaaa-bbbbbb cc", "plain")], 90, (10, 10), 2, measure)
    assert (size, [line[0][0] for line in found]) == (10, ["aaaaaa-", "bbbbbb cc"])


def test_paragraphs_part_at_newlines_and_keep_their_fonts():
    assert paragraphs([("a\nb", "plain"), ("c", "strong")]) == [
        [("a", "plain")],
        [("b", "plain"), ("c", "strong")],
    ]
