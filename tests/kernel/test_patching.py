"""Patching YAML that people have written: the diff shows what was meant, and nothing else."""

import difflib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.patching import CannotPatch, add, move, put, take_out, value_at
from tests.house.source import ROOT

SHEET = """\
# The file's own comment.
title: "A title"   # kept in quotes
summary: >-
  One line of it that is as long as the others are, so that we see where it is wrapped when words change, and
  another line.

# About the outcomes.
outcomes:
  - {id: one, text: First}   # the first
  - {id: two, text: 'Second'}

  # Three stands apart.

  # This is on three.
  - {id: three, text: Third}
slots:
  - id: a
    # why
    title: |
      Kept as
        it is
    parts: [x, y,  z]

  - id: b
    title: B
    parts: []

# The end.
"""

HOSTILE = [
    'a: b', '# no', 'a #b', "'", '"', 'it\'s "so"', 'a\nb', 'a\n\nb\n', '  pad ', '- x', '-', 'yes',
    'No', '1.0', '007', 'null', '~', '', ' ', 'true', '2026-01-01', '😀', 'a\x01b', '\x85', '\u2028',
    '\ufeff', '\t', '\r\n', '[x]', '{x: y}', '&a', '*a', '!t', '%x', '@x', '`x`', '---', '...', '? x',
    ':', 'a:', 'a,b', '///', 'x\n/// practice\ny', '|', '>', "word " * 60, "x" * 500, "a: " * 80,
    '  lead\nless', 'end \n x', '\\n', '\x00', '\x7f', '<<', '=', '0x1f', '1e3', '.inf',
]  # fmt: skip


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "path",
    [
        ("title",),
        ("summary",),
        ("outcomes", 1, "text"),
        ("slots", 0, "title"),
        ("slots", 0, "parts", 1),
        ("new",),
    ],
)
def test_a_hostile_text_comes_back_as_it_was(path: tuple[str | int, ...], value: str) -> None:
    text = put(SHEET, path, value)
    assert value_at(text, path) == value
    kept = [line for line in SHEET.split("\n") if "#" in line]
    assert [line for line in kept if line.split("#")[1] not in text] == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was(value: str) -> None:
    text = add(put(SHEET, ("summary",), value), ("slots", 1, "parts"), {"id": value, "k": [value]})
    assert value_at(text, ("summary",)) == value
    assert value_at(text, ("slots", 1, "parts", 0)) == {"id": value, "k": [value]}


@pytest.mark.parametrize(
    ("path", "value", "diff"),
    [
        (("title",), "New", ['-title: "A title"   # kept in quotes', '+title: "New"   # kept in quotes']),
        (("outcomes", 0, "text"), "Ha: x",
         ["-  - {id: one, text: First}   # the first", '+  - {id: one, text: "Ha: x"}   # the first']),
        (("slots", 0, "parts", 1), "new", ["-    parts: [x, y,  z]", "+    parts: [x, new,  z]"]),
        (("slots", 0, "parts"), ["y", "q"], ["-    parts: [x, y,  z]", "+    parts: [y, q]"]),
        (("slots", 1, "correct"), True, ["+    correct: true"]),
        (("minutes",), 7, ["+minutes: 7"]),
        (("slots", 1, "parts"), ["A text"], ["-    parts: []", "+    parts:", "+      - A text"]),
        (("slots", 0, "title"), "Now\n  so", ["-      Kept as", "-        it is", "+      Now", "+        so",
                                              "-    title: |", "+    title: |-"]),
    ],
)  # fmt: skip
def test_the_diff_is_what_was_meant(path: tuple[str | int, ...], value: Any, diff: list[str]) -> None:
    assert sorted(changed(SHEET, put(SHEET, path, value))) == sorted(diff)


def test_a_value_that_is_there_already_changes_nothing() -> None:
    for path in [("title",), ("outcomes",), ("slots",), ("slots", 0, "title")]:
        assert put(SHEET, path, value_at(SHEET, path)) == SHEET
    assert put(SHEET, (), value_at(SHEET, ())) == SHEET


def test_a_folded_text_keeps_the_lines_before_a_change() -> None:
    text = put(SHEET, ("summary",), str(value_at(SHEET, ("summary",))) + " And more.")
    assert changed(SHEET, text) == ["-  another line.", "+  another line. And more."]


def test_a_part_is_added_as_its_neighbours_are_written() -> None:
    assert changed(SHEET, add(SHEET, ("outcomes",), {"id": "four", "text": "A, b"})) == [
        '+  - {id: four, text: "A, b"}'
    ]
    assert changed(SHEET, add(SHEET, ("slots",), {"id": "c", "parts": ["u"]}, at=1)) == [
        "+  - id: c", "+    parts: [u]", "+"
    ]  # fmt: skip


def test_what_is_taken_out_takes_its_comment_and_leaves_those_that_stand_apart() -> None:
    text = take_out(SHEET, ("outcomes", 2))
    assert "This is on three" not in text
    assert "# Three stands apart." in text
    assert take_out(SHEET, ("outcomes", 0)).count("# the first") == 0


def test_the_first_name_of_a_part_can_go() -> None:
    text = take_out(SHEET, ("slots", 0, "id"))
    assert value_at(text, ("slots", 0, "title")) == "Kept as\n  it is\n"
    assert "# why" in text


def test_the_last_part_leaves_an_empty_list() -> None:
    text = take_out(take_out(SHEET, ("slots", 0)), ("slots", 0))
    assert text.endswith("slots: []\n\n# The end.\n")


def test_a_part_moves_with_its_comments() -> None:
    text = move(SHEET, ("outcomes", 2), 0)
    assert [part["id"] for part in value_at(text, ("outcomes",))] == ["three", "one", "two"]
    assert text.index("# This is on three") < text.index("three, text") < text.index("one, text")
    assert move(move(SHEET, ("slots", 0), 1), ("slots", 1), 0) == SHEET
    assert move(SHEET, ("slots", 0, "parts", 2), 0).count("[z, x, y]") == 1


@pytest.mark.parametrize(
    "text", ["a: [", "a: *b", "a: 1\na: 2\n", "a: !x y", "a:\n\tb: 1", "- 1", "x" * 300_000]
)
def test_what_cannot_be_read_or_found_is_refused(text: str) -> None:
    with pytest.raises(CannotPatch):
        put(text, ("a", "b"), 1)


@pytest.mark.parametrize("value", ["\ud800", object(), {"a": {1, 2}}])
def test_what_no_file_can_hold_is_refused(value: Any) -> None:
    with pytest.raises(CannotPatch):
        put(SHEET, ("title",), value)


def test_an_empty_file_and_one_of_comments_are_filled() -> None:
    assert put("", ("a",), 1) == "a: 1\n"
    assert put("# why\n", ("a",), {"b": "c d"}) == "# why\na:\n  b: c d\n"


SHIPPED = sorted(ROOT.glob("content/*/course.yml")) + sorted(ROOT.glob("quizzes/clear-letters/*.yml"))


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from leaves(part, (*path, name))
    if isinstance(value, str):
        yield path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_text_of_a_shipped_file_can_be_changed_and_changed_back(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    for where in list(leaves(value_at(text, ())))[::17]:
        was = value_at(text, where)
        new = put(text, where, f"{was} Too: #1")
        gone = [line for line in changed(text, new) if line.startswith("-")]
        assert len(gone) <= was.count(" ") // 8 + 2, where
        assert value_at(put(new, where, was), ()) == value_at(text, ())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_lists_of_a_shipped_file_are_put_in_another_order_and_back(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    for name, parts in value_at(text, ()).items():
        if isinstance(parts, list) and len(parts) > 2:
            assert move(move(text, (name, 0), 2), (name, 2), 0) == text
            turned = put(text, (name,), parts[::-1])
            assert put(turned, (name,), parts) == text
