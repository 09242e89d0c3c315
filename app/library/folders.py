"""The working copy: authored folders on disk, read into sources and written back a file at a time."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

Key = tuple[str, str]  # kind (course, design or site) and slug
Files = Mapping[str, bytes]  # path from the root of the working copy -> bytes

SITE: Key = ("site", "site")
KINDS = {"content": "course", "quizzes": "course", "certificates": "design"}
LARGEST_READ = (
    2_000_000  # bytes: more than anything may have, so that it is refused by name instead of filling memory
)
MOST_FILES = 300  # of one source
LARGEST_SOURCE = 20_000_000  # bytes
NOTES = {"README.md"}
PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
LONGEST_PATH = 255


def read_folders(root: Path) -> dict[Key, dict[str, bytes]]:
    """Every source in the working copy. Hidden files, links and READMEs are left out."""
    found: dict[Key, dict[str, bytes]] = {}
    for path in _files_under(root):
        # A name that is not UTF-8 is shown as well as it can be; compiling then refuses it.
        name = os.fsencode(path.relative_to(root)).decode("utf-8", "replace")
        key = key_of(name)
        if key is not None:
            with path.open("rb") as file:
                found.setdefault(key, {})[name] = file.read(LARGEST_READ)
    return found


def key_of(name: str) -> Key | None:
    """The source to which a path of the working copy belongs, or None."""
    if name == "content/site.yml":
        return SITE
    parts = name.split("/")
    if len(parts) < 3 or parts[0] not in KINDS or parts[-1] in NOTES:
        return None
    if parts[:2] == ["content", "pages"]:
        return SITE
    return KINDS[parts[0]], parts[1]


def can_be_kept(name: str) -> bool:
    """Whether every machine can keep a file under this path of the working copy."""
    return len(name) <= LONGEST_PATH and all(PART.fullmatch(part) for part in name.split("/"))


def write_file(root: Path, name: str, body: bytes | None) -> None:
    """Put one file of the working copy in place whole, or take it away where `body` is None.

    Raises ValueError for a name that would leave the working copy.
    """
    path = root / name
    if key_of(name) is None or ".." in path.parts or not path.resolve().is_relative_to(root.resolve()):
        raise ValueError(f"{name} is not a file of the working copy.")
    if body is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(body)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _files_under(root: Path) -> Iterator[Path]:
    for top in KINDS:
        for folder, inner, names in os.walk(root / top):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                path = Path(folder) / name
                if not name.startswith(".") and not path.is_symlink() and path.is_file():
                    yield path
