"""Two people saved a file at once: both texts, and what came of it since."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.kernel.errors import NotFound
from app.library.drafting import open_draft
from app.library.folders import Key
from app.library.revisions import Save, save_at
from app.library.storing import files_at, tree_at, tree_of


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """One file of both. A body is None where its author took the file away."""

    path: str
    kept: bytes | None
    draft: bytes | None

    @property
    def settled(self) -> bool:
        """Whether the draft has what was kept."""
        return self.kept == self.draft


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What one person saved beside the line. `base_id` is the draft, on which the choice is saved."""

    save: Save
    base_id: int
    files: tuple[KeptFile, ...]

    def file(self, path: str) -> KeptFile:
        """The file of this name, or the first that is not settled where it is "". Raises NotFound."""
        open_first = sorted(self.files, key=lambda each: each.settled)
        found = next((each for each in open_first if path in {"", each.path}), None)
        if found is None:
            raise NotFound("There is no such text here.")
        return found


def kept_text(session: Session, key: Key, revision_id: int) -> Kept:
    """The files that were saved beside the line, and the same files of the draft.

    Files that were removed for good since are left out. Raises NotFound for a save in the line.
    """
    save = save_at(session, key, revision_id)
    if save.beside_id is None or save.base_id is None:
        raise NotFound("No text was kept aside here.")
    files, purged = files_at(session, save.revision_id)
    base, draft = tree_at(session, save.base_id), open_draft(session, key)
    own = tree_of(files)
    changed = [path for path in base.keys() | own.keys() if base.get(path) != own.get(path)]
    lost = purged.keys() | draft.purged.keys()
    return Kept(
        save=save,
        base_id=draft.revision_id,
        files=tuple(
            KeptFile(path=path, kept=files.get(path), draft=draft.files.get(path))
            for path in sorted(changed)
            if path not in lost
        ),
    )
