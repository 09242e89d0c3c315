"""Changing one block of a lesson: the rest of it stays to the letter."""

import pytest

from app.catalogue.fences import block_text, fenced, find_block, insert_block, put_front_matter, replace_block
from app.catalogue.lessons import read_lesson
from app.kernel.patching import CannotPatch, put, value_at
from app.kernel.yaml_writing import write
from tests.house.source import ROOT

LESSON = """\
---
title: First   # a comment
outcomes: [one]
minutes: 2
---
## A section {#a}

Words.

/// practice
id: try
# why this one
question: parking
///

More words.

/// reading
id: more
title: More to read
///
"""
NEW = fenced("reflection", write({"id": "mine", "prompt": "What: now?"}))


def test_a_block_is_found_by_its_id_as_it_stands() -> None:
    assert block_text(LESSON, "try") == "/// practice\nid: try\n# why this one\nquestion: parking\n///\n"
    assert find_block(LESSON, "more").kind == "reading"


def test_only_the_block_changes() -> None:
    options = put(find_block(LESSON, "try").options, ("question",), "other: one")
    text = replace_block(LESSON, "try", fenced("practice", options))
    assert text == LESSON.replace("question: parking", 'question: "other: one"')


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        (1, "---\n", "\n\n## A section"),
        (6, "{#a}\n\n", "\n\nWords."),
        (8, "Words.\n\n", "\n\n/// practice"),
        (12, "///\n\n", "\n\nMore words."),
        (99, "///\n\n", "\n"),
    ],
)
def test_a_block_is_put_after_a_line_and_never_into_another(line: int, before: str, after: str) -> None:
    text = insert_block(LESSON, line, NEW)
    assert before + NEW.rstrip("\n") + after in text
    assert text.replace(NEW, "").replace("\n", "") == LESSON.replace("\n", "")


HOSTILE = [
    "///\n",
    "x\n///\ny",
    "/// quote\nid: x\n///",
    "---",
    "x " * 70 + "/// practice",
    "a\n---\nb",
    "\x1a",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_leaves_the_block_or_the_front_matter_that_it_is_in(words: str) -> None:
    new = fenced("reflection", write({"id": "mine", "prompt": words}))
    options = find_block(insert_block(LESSON, 8, new), "mine").options
    assert value_at(options, ("prompt",)) == words
    text = put_front_matter(LESSON, {"title": words})
    assert text.endswith(LESSON.partition("minutes: 2\n---\n")[2])
    assert [find_block(text, block).kind for block in ("try", "more")] == ["practice", "reading"]


@pytest.mark.parametrize(
    "new",
    ["words", "/// a\n///\n/// b\n///", "/// a", "///", "", "/// a\n///\nwords", " /// a\n///"],
)
def test_what_is_not_one_whole_block_is_refused(new: str) -> None:
    with pytest.raises(CannotPatch):
        replace_block(LESSON, "try", new)
    with pytest.raises(CannotPatch):
        insert_block(LESSON, 8, new)


@pytest.mark.parametrize("lesson", ["words", "---\na: 1\n", LESSON + "/// practice\n"])
def test_a_lesson_whose_blocks_cannot_be_told_apart_is_refused(lesson: str) -> None:
    for change in (lambda: block_text(lesson, "try"), lambda: insert_block(lesson, 3, NEW)):
        with pytest.raises(CannotPatch):
            change()


def test_front_matter_keeps_its_comments_and_order() -> None:
    text = put_front_matter(LESSON, {"title": "Second", "outcomes": ["one", "two"], "minutes": None})
    assert text == LESSON.replace("First ", "Second ").replace("[one]", "[one, two]").replace(
        "minutes: 2\n", ""
    )
    assert put_front_matter("---\n---\nWords\n", {"title": "A"}) == "---\ntitle: A\n---\nWords\n"


@pytest.mark.parametrize("path", sorted(ROOT.glob("content/*/[0-9]*.md")), ids=lambda path: path.name)
def test_every_block_of_a_shipped_lesson_can_be_put_back_as_it_was(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    lesson, _ = read_lesson("content/x/" + path.name, text.encode(), {})  # type: ignore[attr-defined]
    assert lesson is not None
    for block in lesson.lesson.blocks:
        assert replace_block(text, block, block_text(text, block)) == text
    assert put_front_matter(text, {"title": lesson.lesson.title}) == text
