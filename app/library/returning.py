"""Bringing an earlier version back: what would come back and go, and doing it as a save on top of the head.

The history stays as it was. What was removed for good never comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, Refusal
from app.library.differing import Version
from app.library.drafting import Saved, open_draft, save
from app.library.folders import Key
from app.library.publishing_drafts import MOVED_ON
from app.library.revisions import save_at
from app.library.storing import files_at, lock_source, tree_of


@dataclass(frozen=True, kw_only=True)
class Returning:
    """What bringing a version back comes to. `base_id` is the draft that it would be saved on.

    `changes` are paths with the bytes that come back, or None for a file that goes. `lost` are the paths of
    files that were removed for good since and stay as they are now.
    """

    base_id: int
    changes: Mapping[str, bytes | None]
    now: Version
    lost: tuple[str, ...]

    @property
    def back(self) -> tuple[str, ...]:
        """Files that are not there now."""
        return tuple(path for path in sorted(self.changes) if path not in self.now)

    @property
    def as_before(self) -> tuple[str, ...]:
        """Files that would be as they were."""
        return tuple(
            path for path in sorted(self.changes) if self.changes[path] is not None and path in self.now
        )

    @property
    def gone(self) -> tuple[str, ...]:
        """Files that would go."""
        return tuple(path for path in sorted(self.changes) if self.changes[path] is None)


def returning(session: Session, key: Key, revision_id: int) -> Returning:
    """What would come back and go. Raises NotFound."""
    wanted = save_at(session, key, revision_id)
    draft = open_draft(session, key)
    files, purged = files_at(session, wanted.revision_id)
    current, before = draft.tree, tree_of(files)
    changes: dict[str, bytes | None] = {
        path: body for path, body in files.items() if current.get(path) != before[path]
    }
    changes |= {path: None for path in current if path not in files and path not in purged}
    return Returning(
        base_id=draft.revision_id,
        changes=changes,
        now={**draft.files, **dict.fromkeys(draft.purged)},
        lost=tuple(path for path in sorted(purged) if current.get(path) != purged[path]),
    )


def bring_back(
    session: Session, key: Key, revision_id: int, *, base_id: int, by_id: int, message: str, now: datetime
) -> Saved:
    """Save an earlier version's files as the newest draft. `base_id` is the draft that was looked at.

    Raises NotFound, Conflict where somebody has saved since, and Refusal where nothing would change.
    """
    lock_source(session, key)
    found = returning(session, key, revision_id)
    if found.base_id != base_id:
        raise Conflict(MOVED_ON)
    if not found.changes:
        raise Refusal("There is nothing to bring back: the draft is the same.")
    return save(session, key, found.changes, base_id=base_id, by_id=by_id, message=message, now=now)
