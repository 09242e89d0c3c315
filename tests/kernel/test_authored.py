"""Authored YAML: whatever is in it, mistakes come back as places and sentences."""

from typing import Annotated, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from app.kernel.authored import LARGEST_FILE, decode, load_yaml, validate
from app.kernel.fields import Authored, Day, Line, Listed, Slug, WebAddress


class Entry(Authored):
    id: Slug
    text: Line
    correct: bool = False


class Sheet(Authored):
    title: Line
    minutes: Annotated[int, Field(ge=1)]
    day: Day
    entries: Annotated[tuple[Entry, ...], Listed, Field(min_length=1)]
    kind: Literal["near", "far"] = "near"
    link: WebAddress = "https://example.org"


GOOD = "title: A title\nminutes: 10\nday: 2026-10-01\nentries:\n  - {id: one, text: First}\n"


def said(text: str, first_line: int = 1) -> list[str]:
    node, problems = load_yaml("f.yml", text, first_line)
    if not problems:
        node, problems = validate(Sheet, node, "f.yml", first_line)
    assert (node is None) == bool(problems)
    return [
        f"{problem.line}:{problem.column} {problem.sentence} {problem.fix}".strip() for problem in problems
    ]


def test_a_good_sheet_is_read_with_its_types() -> None:
    node, _ = load_yaml("f.yml", GOOD)
    sheet, problems = validate(Sheet, node, "f.yml")
    assert problems == []
    assert sheet is not None
    assert (sheet.minutes, sheet.day.year, sheet.entries[0].id) == (10, 2026, "one")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", "2:1 a is given twice here. Keep one of them."),
        ("a:\n\tb: 1", "2:1 There is a tab here. Use spaces instead."),
        ("a: b: c", "1:5 There is a second colon here, or this line is indented by too much."),
        ("a: 'x", "1:4 A quotation mark is opened here and never closed. Close it."),
        (
            "a: [1, 2",
            "1:4 A bracket is opened and not closed, or a text in brackets holds",
        ),
        ("a: @home", "1:4 Text cannot begin with @ here. Put it in quotes."),
        ("a: &x 1\nb: *x", "1:4 Text cannot begin with & or * here."),
        ("a: !!python/object:os.system x", "1:4 Text cannot begin with ! here. Put it in quotes."),
        ("- a\nb: 1", "2:1 This line is not in step with those above, or an apostrophe has ended a text"),
        ("a: 1\n---\nb: 2", "2:1 A line of three dashes or dots is not allowed here. Take it out."),
        ("<<: {a: 1}", "1:1 The name << has a special meaning and is not used here. Take it out."),
        ("? [1, 2]\n: 3", "1:3 The name of a field must be text."),
        ("ok: 1\na: \x01", "2:4 There is an invisible control character here. Take it out."),
        ("%YAML 9.9\n---\na: 1", "1:1 A line cannot begin with % here. Take it out."),
        ("[" * 20_000, "1:13 This is nested too deeply."),
        ("", "1:1 There is nothing here yet."),
        ("a: " + "x" * LARGEST_FILE, "1:1 This is longer than 256 KB."),
    ],
)
def test_yaml_that_cannot_be_read_is_explained_at_its_place(text: str, expected: str) -> None:
    [sentence] = said(text)
    assert sentence.startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("minutes:", "minuts:", "2:1 There is no field called minuts here. Did you mean minutes?"),
        ("minutes: 10\n", "", "1:1 minutes is missing."),
        ("minutes: 10", "minutes: ten", "2:1 minutes must be a whole number."),
        ("minutes: 10", "minutes: 10.5", "2:1 minutes must be a whole number."),
        ("minutes: 10", "minutes: " + "9" * 5000, "2:1 minutes must be a whole number."),
        ("minutes: 10", "minutes: 0", "2:1 minutes must be 1 or more."),
        ("title: A title", "title: true", '1:1 title must be text. Put it in quotes: "true".'),
        ("title: A title", "title: 2026", '1:1 title must be text. Put it in quotes: "2026".'),
        ("title: A title", "title:", "1:1 title is empty."),
        ("title: A title", "title: ' '", "1:1 title is empty."),
        ("title: A title", 'title: "a\\nb"', "1:1 title must be one line of text."),
        ("2026-10-01", "2026-02-30", "3:1 day must be a day such as 2026-10-01, and there is no 2026-02-30."),
        ("2026-10-01", "next year", "3:1 day must be a day such as 2026-10-01."),
        ("  - {id: one, text: First}", "  - First", "5:5 Entry 1 of entries must be a group of fields"),
        ("\n  - {id: one, text: First}", " []", "4:1 entries needs 1 or more, and has 0."),
        ("\n  - {id: one, text: First}", " one", "4:1 entries must be a list, each entry on its own line"),
        ("id: one", "id: One Two", "5:6 id must be made of lower-case letters, digits and single dashes"),
        ("First}", "First, correct: yes}", "5:28 correct must be true or false. Write true."),
        ("First}", "First, txt: x}", "5:28 There is no field called txt here. Did you mean text?"),
        ("day:", "kind: middle\nday:", "3:1 kind must be one of: near or far."),
        (
            "day:",
            "link: javascript:alert(1)\nday:",
            "3:1 link must be a web address that begins with https://.",
        ),
    ],
)
def test_a_wrong_field_is_explained_at_its_place(old: str, new: str, expected: str) -> None:
    assert any(sentence.startswith(expected) for sentence in said(GOOD.replace(old, new))), said(
        GOOD.replace(old, new)
    )


def test_every_problem_is_told_at_once_in_the_order_of_the_lines() -> None:
    assert [sentence.split(" ")[0] for sentence in said("title:\nminutes: x\nday: y\nentries: z\n")] == [
        "1:1",
        "2:1",
        "3:1",
        "4:1",
    ]


def test_places_count_from_the_line_on_which_the_text_starts() -> None:
    assert said(GOOD.replace("10\n", "ten\n"), first_line=40) == ["41:1 minutes must be a whole number."]
    assert said("a: 1\na: 2", first_line=40)[0].startswith("41:1 ")


def test_words_that_other_readers_take_for_switches_stay_words() -> None:
    node, problems = load_yaml("f.yml", "answer: no\nday: 2026-10-01")
    assert (problems, dict(node)) == ([], {"answer": "no", "day": "2026-10-01"})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"a\nb\xff\n", "f.yml:2:1: error: This line is not UTF-8 text."),
        (b"a\rb\xff", "f.yml:2:1: error: This line is not UTF-8 text."),
        (b"a\n\0\n", "f.yml:2:1: error: This line holds a NUL character."),
        (b"x" * (LARGEST_FILE + 1), "f.yml:1:1: error: This file is larger than 256 KB."),
    ],
)
def test_bytes_that_are_no_text_are_refused(body: bytes, expected: str) -> None:
    text, [problem] = decode("f.yml", body)
    assert text is None
    assert str(problem).startswith(expected)


def test_text_keeps_its_words_whatever_the_line_endings_and_marks() -> None:
    assert decode("f.yml", b"\xef\xbb\xbfa\r\nb\rc\n") == ("a\nb\nc\n", [])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="ab:-[]{}\"'|>&*!%@`#? \n\t,0123456789.<~", max_size=200))
def test_no_text_whatever_raises(text: str) -> None:
    node, problems = load_yaml("f.yml", text)
    if node is not None:
        _, problems = validate(Sheet, node, "f.yml")
    assert node is not None or problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
