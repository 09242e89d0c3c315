"""Files made to stop the compiler: each gets its sentence, soon, whatever it holds."""

import time
from pathlib import Path

import pytest

from app.kernel.problems import Problem
from app.library.checked import check
from app.library.folders import read_folders

GOOD = Path(__file__).parents[1] / "authored" / "good"
LESSON = "content/good-course/10-first-steps.md"
COURSE = "content/good-course/course.yml"
TEST = "quizzes/good-course/test.yml"
SECONDS = 5.0

FRONT = "---\ntitle: First steps\noutcomes: [listen]\nminutes: 1\n---\n## Hear it all {#hear-it-all}\n\n"
ALIASES = "a: &a [x, x]\n" + "".join(
    f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, key in zip("abcdefghi", "bcdefghij", strict=True)
)


def lines(unit: str) -> str:
    """A lesson just within the limits, of nothing but this."""
    return FRONT + "\n".join([unit * (3900 // len(unit))] * 14) + "\n"


BOMBS = {
    "aliases": (COURSE, ALIASES),
    "aliases in a test": (TEST, f"{ALIASES}slots: *j\n"),
    "an alias of itself": (COURSE, "a: &a\n  <<: *a\n"),
    "deep brackets": (TEST, "slots: " + "[" * 20_000 + "]" * 20_000),
    "deep keys": (TEST, "".join("  " * depth + "a:\n" for depth in range(300))),
    "a Python object": (TEST, "!!python/object/apply:os.system ['true']\n"),
    "no such day": (COURSE, "law_as_at: 2026-02-30\n"),
    "an endless number": (COURSE, f"minutes: {'9' * 10_000}\n"),
    "one line of 5 MB": (LESSON, FRONT + "x" * 5_000_000),
    "no text": (LESSON, "\x00" * 100_000),
    "asterisks": (LESSON, FRONT + "*a " * 590 + "\n" + "_a " * 590 + "\n" + "[a" * 590),
    "pictures": (LESSON, FRONT + "![" * 590 + "\n" + "(" * 3000),
    **{
        unit: (LESSON, lines(unit))
        for unit in ("<b>", "<a ", "<!--", "&", "|", "\\", "http://a", "\x02", "\u0301")
    },
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_a_sentence_soon(name: str) -> None:
    path, text = BOMBS[name]
    files = {**read_folders(GOOD)["course", "good-course"], path: text.encode()}
    began = time.process_time()
    checked = check("course", files)
    assert time.process_time() - began < SECONDS
    assert checked.problems
    assert all(len(problem.sentence) < 500 for problem in checked.problems)


def test_a_file_name_does_not_steer_the_terminal() -> None:
    said = str(Problem(path="content/a\x1b[2J\n.md", line=1, sentence="Not \x9b used."))
    assert said.isprintable()
