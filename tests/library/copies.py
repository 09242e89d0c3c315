"""A working copy of its own for one test, with its data folder."""

import shutil
from pathlib import Path

from sqlalchemy.orm import Session

from app.library.syncing import publish_at_start, pull, push
from app.library.told import Told
from tests.conftest import NOON
from tests.library.drafts import GOOD


class Copy:
    """The good folders, copied."""

    def __init__(self, folder: Path) -> None:
        self.root, self.data = folder / "copy", folder / "data"
        shutil.copytree(GOOD, self.root)

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text()
        assert old in text
        (self.root / path).write_text(text.replace(old, new))

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def push(self, session: Session, *, relearn: bool | None = None) -> list[Told]:
        return list(push(session, self.root, self.data, relearn=relearn, now=NOON))

    def pull(self, session: Session, *, drafts: bool = False) -> list[Told]:
        return list(pull(session, self.root, self.data, drafts=drafts))

    def start(self, session: Session, *, loopback: bool) -> list[str]:
        return list(publish_at_start(session, self.root, self.data, loopback=loopback, now=NOON))
