"""The good course as a draft, for tests that save it."""

from pathlib import Path

from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.drafting import Saved, open_draft, save
from app.library.folders import read_folders
from tests.conftest import NOON

KEY = ("course", "good-course")
LESSON = "content/good-course/10-first-steps.md"
OTHER = "content/good-course/20-next-steps.md"
GOOD = Path(__file__).parents[1] / "authored" / "good"


def good_files() -> dict[str, bytes]:
    """The files of the good course, as they are live at the start of each test."""
    return read_folders(GOOD)[KEY]


def save_text(
    session: Session,
    path: str,
    body: bytes | None,
    *,
    base: int | None = None,
    by: int | None = None,
    message: str = "",
) -> Saved:
    """Save one file of the good course, from its head or from an older revision."""
    base_id = open_draft(session, KEY).revision_id if base is None else base
    with writing(session):
        return save(session, KEY, {path: body}, base_id=base_id, by_id=by, message=message, now=NOON)
