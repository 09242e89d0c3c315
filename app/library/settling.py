"""Folders and shelf, compared with what both held when they last agreed, so that nobody's work is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

Tree = Mapping[str, str]  # path -> SHA-256 of the bytes


@dataclass(frozen=True, kw_only=True)
class Sides:
    """Paths that changed since both sides last agreed: in the folders alone, on the shelf alone, on both."""

    in_folders: tuple[str, ...]
    on_shelf: tuple[str, ...]
    on_both: tuple[str, ...]

    @property
    def unchanged(self) -> bool:
        """Whether both sides are in step."""
        return not (self.in_folders or self.on_shelf or self.on_both)


def sides(base: Tree, folders: Tree, shelf: Tree) -> Sides:
    """Who changed what. A path that both hold alike has not changed, whatever `base` says."""
    changed: dict[str, list[str]] = {"in_folders": [], "on_shelf": [], "on_both": []}
    for path in sorted(base.keys() | folders.keys() | shelf.keys()):
        agreed, here, there = base.get(path), folders.get(path), shelf.get(path)
        if here == there:
            continue
        side = "in_folders" if there == agreed else "on_shelf" if here == agreed else "on_both"
        changed[side].append(path)
    return Sides(**{side: tuple(paths) for side, paths in changed.items()})


def agreed_now(base: Tree, folders: Tree, shelf: Tree) -> dict[str, str]:
    """The new base: what both hold alike, and for the rest what they last agreed on."""
    return {
        path: hash_
        for path in base.keys() | folders.keys() | shelf.keys()
        if (hash_ := folders.get(path) if folders.get(path) == shelf.get(path) else base.get(path))
        is not None
    }
