"""One mistake a folder, and exactly what its author is told. Their README says how they are written."""

from pathlib import Path

import pytest

from app.library.folders import Files, Key, key_of, read_folders
from app.library.sources import check_sources

AUTHORED = Path(__file__).parents[1] / "authored"
BROKEN = sorted(path for path in (AUTHORED / "broken").iterdir() if path.is_dir())
OURS = {"mistake.txt", "expected.txt"}


def with_mistake(folder: Path) -> dict[Key, Files]:
    """The good sources with one folder's mistake made in them."""
    files = {
        path: body for source in read_folders(AUTHORED / "good").values() for path, body in source.items()
    }
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in OURS:
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
    if (folder / "mistake.txt").exists():
        path, *lines = (folder / "mistake.txt").read_text(encoding="utf-8").splitlines()
        if lines == ["delete"]:
            del files[path]
        else:
            files[path] = replaced(files[path], taken_out(lines, "-"), taken_out(lines, "+"))
    found: dict[Key, dict[str, bytes]] = {}
    for path, body in sorted(files.items()):
        key = key_of(path)
        assert key is not None, path
        found.setdefault(key, {})[path] = body
    return found


def taken_out(lines: list[str], mark: str) -> bytes:
    return "".join(line[1:] + "\n" for line in lines if line.startswith(mark)).encode()


def replaced(body: bytes, old: bytes, new: bytes) -> bytes:
    assert body.count(old) == 1, f"{old!r} stands there {body.count(old)} times"
    return body.replace(old, new)


def told(folder: Path) -> str:
    problems = sorted(problem for found in check_sources(with_mistake(folder)).values() for problem in found)
    return "".join(f"{problem}\n" for problem in problems)


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_mistake_is_told_with_its_place_and_nothing_else_is(folder: Path) -> None:
    assert told(folder) == (folder / "expected.txt").read_text(encoding="utf-8")


def test_the_good_course_has_nothing_to_mend() -> None:
    assert [found for found in check_sources(read_folders(AUTHORED / "good")).values() if found] == []


def test_there_are_mistakes_of_every_kind_of_file() -> None:
    paths = " ".join((folder / "expected.txt").read_text(encoding="utf-8") for folder in BROKEN)
    for name in (
        "course.yml",
        "10-first-steps.md",
        "test.yml",
        "practice.yml",
        "site.yml",
        "pages/",
        "design.yml",
        "images/",
    ):
        assert name in paths
    assert len(BROKEN) >= 60
