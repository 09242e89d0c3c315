"""What was read of a file is remembered with its text, and told as reading it anew would tell it."""

import random
import re
from collections.abc import Iterator

import pytest

from app.catalogue import reading
from app.kernel import words
from app.library import compiling
from app.library.compiling import compile_course
from app.library.folders import read_folders
from app.settings import ROOT
from tests.library.drafts import good_files

SLIPS = (
    lambda text: text.replace("\n\n", "\n", 3),
    lambda text: text + "\nOne line more, with a [link](nowhere).\n",
    lambda text: text.replace("id: ", "idd: ", 1),
    lambda text: text.replace("///", "//", 1),
    lambda text: text[: len(text) // 2],
    lambda text: re.sub(r"minutes: \d+", "minutes: many", text),
    lambda text: text.replace("title:", "title: Another", 1),
    lambda text: text + "\0",
)


def forget() -> None:
    for kept in (
        compiling._quiz,
        compiling._practice,
        reading._lesson,
        reading._course_file,
        words.syllables,
    ):
        kept.cache_clear()


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    forget()
    yield
    forget()


def test_changing_a_file_at_a_time_tells_what_a_whole_check_tells() -> None:
    chance = random.Random(7)
    files = dict(good_files())
    for _ in range(16):
        path = chance.choice([path for path in sorted(files) if path.endswith((".md", ".yml"))])
        files[path] = chance.choice(SLIPS)(files[path].decode()).encode()[:20_000]
        step_by_step = compile_course(files)
        forget()
        assert compile_course(files) == step_by_step
        if chance.random() < 0.3:
            files = dict(good_files())


def test_only_the_lesson_that_changed_is_read_again() -> None:
    files = dict(read_folders(ROOT)["course", "co-production"])
    compile_course(files)
    before = reading._lesson.cache_info().misses, compiling._quiz.cache_info().misses
    files["content/co-production/10-what-it-is.md"] += b"\nA sentence more.\n"
    compile_course(files)
    after = reading._lesson.cache_info().misses, compiling._quiz.cache_info().misses
    assert after == (before[0] + 1, before[1])
