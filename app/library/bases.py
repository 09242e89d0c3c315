"""What folders and shelf held when they last agreed, remembered for each working copy in one small file."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.library.folders import Key

NAME = "working-copies.json"


class Bases:
    """The remembered trees of one working copy, live ones or those `of_drafts`.

    A file that cannot be read counts as never having agreed.
    """

    def __init__(self, root: Path, data: Path, *, of_drafts: bool = False) -> None:
        self._root, self._file = str(root.resolve()), data / NAME
        self._before = "drafts/" if of_drafts else ""

    def get(self, key: Key) -> dict[str, str]:
        """The tree on which both sides last agreed, empty where they never did."""
        trees = self._read().get(self._root, {})
        return dict(trees.get(self._name(key), {}))

    def remember(self, key: Key, tree: Mapping[str, str]) -> None:
        """Write the tree down, whole or not at all."""
        everything = self._read()
        everything.setdefault(self._root, {})[self._name(key)] = dict(sorted(tree.items()))
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w", dir=self._file.parent, prefix=".", delete=False, encoding="utf-8"
        ) as file:
            json.dump(everything, file, indent=1)
        Path(file.name).replace(self._file)

    def _name(self, key: Key) -> str:
        return self._before + "/".join(key)

    def _read(self) -> dict[str, dict[str, dict[str, str]]]:
        try:
            read = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return read if isinstance(read, dict) else {}
