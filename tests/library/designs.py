"""The standard design as a draft, for tests that save it."""

from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.drafting import Saved, open_draft, save
from tests.conftest import NOON

KEY = ("design", "standard")
SHEET = "certificates/standard/design.yml"
SAMPLE = "certificates/standard/sample.yml"
LOGO = "certificates/standard/logo.png"
DESK = "/studio/designs/standard"


def design_text(session: Session, path: str = SHEET) -> str:
    """A file of the design as it was last saved."""
    session.rollback()
    return open_draft(session, KEY).files[path].decode()


def save_design(
    session: Session, changes: dict[str, bytes | None], *, base: int | None = None, by: int | None = None
) -> Saved:
    """Save files of the standard design, from its head or from an older revision."""
    base_id = open_draft(session, KEY).revision_id if base is None else base
    with writing(session):
        return save(session, KEY, changes, base_id=base_id, by_id=by, message="", now=NOON)


def reword(session: Session, old: str, new: str, *, base: int | None = None, by: int | None = None) -> Saved:
    """Change words of design.yml, once."""
    text = design_text(session)
    assert old in text, old
    return save_design(session, {SHEET: text.replace(old, new, 1).encode()}, base=base, by=by)
