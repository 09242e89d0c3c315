"""The scanner: front matter, blocks and prose, each on the line where it stands in the file."""

from time import process_time

import pytest

from app.catalogue.scanner import LONGEST_LESSON, MOST_LINES, LessonSource, mark_of, scan

FRONT = "---\ntitle: One\n---\n"


def scanned(body: str) -> tuple[LessonSource, list[str]]:
    source, problems = scan("l.md", FRONT + body)
    assert source is not None, problems
    return source, [f"{problem.line}:{problem.column} {problem.sentence}" for problem in problems]


def refused(text: str) -> list[str]:
    source, problems = scan("l.md", text)
    assert source is None
    return [f"{problem.line}:{problem.column} {problem.sentence}" for problem in problems]


def test_front_matter_blocks_and_prose_come_apart() -> None:
    source, problems = scanned("One.\n\n/// practice\nid: a\nquestion: b\n///\n\nTwo.\n")
    assert problems == []
    assert source.front_matter == "title: One"
    [block] = source.blocks
    assert (block.kind, block.options, block.line, block.options_line) == (
        "practice",
        "id: a\nquestion: b",
        6,
        7,
    )


def test_prose_keeps_the_lines_of_the_file() -> None:
    source, _ = scanned("One.\n/// practice\nid: a\n///\nTwo.")
    assert source.prose.split("\n") == ["", "", "", "One.", mark_of(0), "", "", "Two."]


def test_nobody_can_type_a_mark() -> None:
    source, _ = scanned(f"{mark_of(0)}\n/// practice\nid: a\n///")
    assert source.prose.count(mark_of(0)) == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("///", "4:1 This /// closes a block that was never opened."),
        ("/// practice\nid: a", "4:1 This practice block is never closed."),
        ("/// practice\nid: a\n/// reflection\nid: b\n///", "4:1 This practice block is never closed."),
        ("  /// practice\nid: a\n///", "4:1 A block begins at the very start of the line."),
        ("One <b>two</b>", "4:5 HTML is not used in lessons."),
        ("<!-- hidden -->", "4:1 HTML is not used in lessons."),
        ("<?php", "4:1 HTML is not used in lessons."),
        ("A line\n---", "5:1 This line makes a heading of the words above it."),
        ("A line\n===", "5:1 This line makes a heading of the words above it."),
    ],
)
def test_a_fence_or_tag_out_of_order_is_named(body: str, expected: str) -> None:
    assert expected in scanned(body)[1]


@pytest.mark.parametrize(
    "body", ["1 < 2 and 3 > 2", "<https://example.org/a>", "One.\n\n---\n\nTwo.", "a - b"]
)
def test_what_only_looks_like_a_mistake_is_left_alone(body: str) -> None:
    assert scanned(body)[1] == []


def test_an_unclosed_block_does_not_hide_the_next_one() -> None:
    source, problems = scanned("/// practice\nid: a\n\n/// reflection\nid: b\n///\n")
    assert [block.kind for block in source.blocks] == ["reflection"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No front matter", "1:1 A lesson begins with a line of three dashes"),
        ("---\ntitle: never closed", "1:1 A lesson begins with a line of three dashes"),
        ("", "1:1 A lesson begins with a line of three dashes"),
        (FRONT + ">" * 9 + " deep", "4:1 This is nested too deeply."),
        (FRONT + " " * 40 + "deep", "4:1 This is nested too deeply."),
        (FRONT + "x" * 4001, "4:1 This line is longer than 4000 characters."),
        (FRONT + "[" * 601, "1:1 This lesson holds more than 600 square brackets."),
        (FRONT + "x\n" * MOST_LINES, "1:1 This lesson has more than 60,000 characters or 1,500 lines."),
        (FRONT + "x" * LONGEST_LESSON, "1:1 This lesson has more than 60,000 characters or 1,500 lines."),
    ],
)
def test_what_would_take_too_long_or_has_no_beginning_is_not_read_on(text: str, expected: str) -> None:
    assert refused(text)[0].startswith(expected)


def test_a_line_that_might_open_a_block_takes_no_longer_than_its_length_allows() -> None:
    started = process_time()
    scan("10-lesson.md", f"---\ntitle: A\n---\n/// a{' ' * 55_000}x\n")
    assert process_time() - started < 2
