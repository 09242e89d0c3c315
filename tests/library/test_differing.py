"""A readable difference: moved files, words marked inside a line, and an end to the work whatever comes."""

import random
import time

import pytest

from app.library.differing import FileDifference, differ
from app.library.marking import mark
from app.library.matching import Work, match
from tests.library.drafts import LESSON, OTHER, good_files

TEST = "quizzes/good-course/test.yml"
SIGNS = {"same": "{}", "added": "[+{}+]", "removed": "[-{}-]"}


def told(found: FileDifference) -> list[str]:
    """Every line that is not the same, with its marks."""
    return [
        "".join(SIGNS[piece.kind].format(piece.text) for piece in line.pieces)
        for passage in found.passages or ()
        for line in passage.lines
        if line.kind != "same"
    ]


def one(before: dict[str, bytes | None], after: dict[str, bytes | None]) -> FileDifference:
    (found,) = differ(before, after).files
    return found


def texts(before: str, after: str, path: str = "content/x/10-a.md") -> FileDifference:
    return one({path: before.encode()}, {path: after.encode()})


def test_versions_that_are_the_same_differ_in_nothing() -> None:
    assert differ(good_files(), good_files()).files == ()


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Send the papers a week earlier.", "Send the papers a day earlier.", "a [-week-][+day+] earlier."),
        ("Ask them.", "Ask them today.", "Ask them[+ today+]."),
        ("Ask them today.", "Ask them.", "Ask them[- today-]."),
        ("the café in Łódź", "the cafés in Łódź", "the [-café-][+cafés+] in Łódź"),
        ("  a: one", "    a: one", "[-  -][+    +]a: one"),
        ("one two", "one", "one[- two-]"),
    ],
)
def test_words_are_marked_whole_inside_a_line_that_stayed_mostly_as_it_was(
    before: str, after: str, marked: str
) -> None:
    pieces = mark(before, after, Work(10_000))
    assert pieces is not None
    assert "".join(SIGNS[piece.kind].format(piece.text) for piece in pieces).endswith(marked)


def test_the_marks_hold_both_lines_whole() -> None:
    chance, marked = random.Random(4), 0
    for _ in range(300):
        before, after = (" ".join(chance.choices(["a", "b", "c,", "d.", "(e)"], k=12)) for _ in range(2))
        pieces = mark(before, after, Work(10_000)) or ()
        if pieces:
            marked += 1
            assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
            assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert marked > 100


def test_lines_with_little_in_common_stand_one_after_the_other() -> None:
    assert told(texts("We met on a Monday.\n", "Nobody has asked yet.\n")) == [
        "[-We met on a Monday.-]",
        "[+Nobody has asked yet.+]",
    ]


def test_only_a_few_lines_around_a_change_are_kept_with_the_section_that_they_stand_under() -> None:
    lines = [f"Line number {number} of them all." for number in range(40)]
    lines[20] = "## The middle {#middle}"
    before = "\n\n".join(lines)
    found = texts(before, before.replace("Line number 25 of", "Line number 250 of"))
    assert found.passages is not None
    (passage,) = found.passages
    assert passage.heading == "The middle"
    assert [line.kind for line in passage.lines] == ["same", "same", "changed", "same", "same"]
    assert [line.after for line in passage.lines] == [47, 49, 51, 53, 55]


def test_a_paragraph_that_is_broken_at_other_places_says_only_that() -> None:
    words = " ".join(f"word{number}" for number in range(40))
    found = texts(words, words.replace("word17 ", "word17\n"))
    assert found.passages == ()


def test_a_word_changed_in_a_broken_paragraph_is_the_only_one_marked() -> None:
    words = [f"word{number}" for number in range(40)]
    before = "\n".join(" ".join(words[at : at + 10]) for at in range(0, 40, 10))
    after = before.replace("word17", "other").replace("word29\n", "word29 ")
    assert len(told(texts(before, after))) == 1
    assert "[-word17-][+other+] " in told(texts(before, after))[0]


def test_a_change_in_the_test_stands_under_its_slot_and_question() -> None:
    before = good_files()
    after = before | {TEST: before[TEST].replace(b"Put the caller on hold.", b"Put the caller on wait.", 2)}
    passages = one(before, after).passages or ()
    assert [passage.heading for passage in passages] == [
        "Hearing the whole story, question hear-a",
        "Hearing the whole story, question hear-b",
    ]


def test_a_lesson_with_another_number_has_moved() -> None:
    before = good_files()
    after = {path: body for path, body in before.items() if path != LESSON}
    after[LESSON.replace("10-", "30-")] = before[LESSON]
    found = one(before, after)
    assert (found.change, found.was, found.path) == ("moved", LESSON, LESSON.replace("10-", "30-"))


def test_a_lesson_that_moved_and_changed_is_still_the_same_lesson() -> None:
    before = good_files()
    after = {path: body for path, body in before.items() if path not in {LESSON, OTHER}}
    after[LESSON.replace("10-", "20-")] = before[LESSON].replace(b"Most calls", b"Many calls")
    after[OTHER.replace("20-", "10-")] = before[OTHER]
    found = differ(before, after).files
    assert [each.change for each in found] == ["moved", "moved"]
    assert told(found[1])[0].startswith("[-Most-][+Many+] calls begin")


def test_new_and_gone_files_are_told_with_all_their_words() -> None:
    new, gone = differ({"content/x/b.md": b"Old."}, {"content/x/a.md": b"New."}).files
    assert (new.change, told(new), gone.change, told(gone)) == (
        "added",
        ["[+New.+]"],
        "removed",
        ["[-Old.-]"],
    )


@pytest.mark.parametrize("body", [b"\xff\xfe", b"\x89PNG"])
def test_what_is_no_text_has_no_passages(body: bytes) -> None:
    assert one({"content/x/a.md": b"Old."}, {"content/x/a.md": body}).passages is None


def test_a_file_that_was_removed_for_good_is_named_and_not_compared() -> None:
    found = one({"content/x/a.md": None}, {"content/x/a.md": b"New."})
    assert (found.change, found.passages) == ("changed", None)


CHANCE = random.Random(7)
HOSTILE = {
    "short lines": lambda: "\n".join(CHANCE.choices("abcdef", k=128_000)),
    "one line": lambda: " ".join(CHANCE.choices("abcdefgh", k=128_000)),
    "many words": lambda: " ".join(str(CHANCE.randrange(9000)) for _ in range(50_000)),
    "like lines": lambda: "\n".join(f"w{CHANCE.randrange(9000)} a b c d" for _ in range(9_000)),
    "one word": lambda: "a" * 256_000 + str(CHANCE.random()),
    "spaces": lambda: "# " + " " * 256_000 + "x" + str(CHANCE.random()),
    "brackets": lambda: "# x {#a" * 36_000 + str(CHANCE.random()),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_takes_long_to_compare(kind: str) -> None:
    before, after = HOSTILE[kind]().encode(), HOSTILE[kind]().encode()
    many = [{f"content/x/{number}.md": body for number in range(300)} for body in (before, after)]
    began = time.process_time()
    found = differ(*many)
    assert time.process_time() - began < 8
    assert len(found.files) == 300


def test_what_is_too_much_is_said() -> None:
    lines = [f"{kind} {number}" for kind in "ab" for number in range(3000)]
    found = differ({"content/x/a.md": b""}, {"content/x/a.md": "\n".join(lines * 5).encode()})
    assert found.files[0].passages is None
    work = Work(5)
    assert match("abcdef", "badcfe", work) == []
    assert work.coarse


def test_no_heading_takes_long_to_read() -> None:
    started = time.process_time()
    found = one({LESSON: b"## A\n\nOne.\n"}, {LESSON: b"## A" + b" " * 10_000 + b"x\n\nTwo.\n"})
    assert found.passages
    assert time.process_time() - started < 2


def test_the_heading_of_a_passage_is_without_its_anchor() -> None:
    found = one({LESSON: b"## A door {#door} \n\nOne.\n"}, {LESSON: b"## A door {#door} \n\nTwo.\n"})
    assert found.passages
    assert found.passages[0].heading == "A door"
