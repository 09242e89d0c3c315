"""The files that show what a person did elsewhere. They are reached through that person alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.kernel.codes import new_code, read_code
from app.kernel.errors import NotFound, Refusal
from app.learning.cpd_activities import own_activity
from app.learning.cpd_tables import CpdActivity, Evidence
from app.learning.evidence_files import MEDIA_TYPES, SentFile
from app.people.tables import User

MOST_FILES = 5  # of one entry
MOST_BYTES = 100_000_000  # of one person
NO_FILE = "There is no such file in your record."


@dataclass(frozen=True)
class StoredFile:
    """A file as it was sent: its safe name, its media type, its bytes."""

    name: str
    media_type: str
    body: bytes


def keep_evidence(session: Session, *, person_id: int, code: str, file: SentFile, now: datetime) -> str:
    """Keep the file with the person's own entry; the code that it has. Raises NotFound and Refusal."""
    # The person's row is taken first, so that two files sent at once are counted one after the other.
    session.execute(select(User.id).where(User.id == person_id).with_for_update())
    activity_id = own_activity(session, person_id, code).id
    mine = select(Evidence.activity_id, func.count(), func.sum(Evidence.size))
    sizes = {
        entry: (count, size)
        for entry, count, size in session.execute(
            mine.where(Evidence.person_id == person_id).group_by(Evidence.activity_id)
        )
    }
    if sizes.get(activity_id, (0, 0))[0] >= MOST_FILES:
        raise Refusal(f"An entry holds {MOST_FILES} files at most. Remove one first.")
    if sum(size for _, size in sizes.values()) + len(file.body) > MOST_BYTES:
        raise Refusal("Your files have reached 100 MB in all, which is the most. Remove some first.")
    row = Evidence(
        code=new_code(),
        activity_id=activity_id,
        person_id=person_id,
        name=file.name,
        type=file.type,
        size=len(file.body),
        body=file.body,
        saved_at=now,
    )
    session.add(row)
    session.flush()
    return row.code


def stored_evidence(session: Session, *, person_id: int, code: str, file: str) -> StoredFile:
    """The file with its bytes, of the person's own entry. Raises NotFound."""
    row = session.execute(
        select(Evidence.name, Evidence.type, Evidence.body)
        .join(CpdActivity, CpdActivity.id == Evidence.activity_id)
        .where(
            Evidence.code == read_code(file),
            Evidence.person_id == person_id,
            CpdActivity.code == read_code(code),
        )
    ).first()
    if row is None:
        raise NotFound(NO_FILE)
    return StoredFile(row.name, MEDIA_TYPES[row.type], row.body)


def remove_evidence(session: Session, *, person_id: int, code: str, file: str) -> None:
    """Delete the file. Raises NotFound."""
    entry = select(CpdActivity.id).where(
        CpdActivity.code == read_code(code), CpdActivity.person_id == person_id
    )
    gone = session.scalar(
        delete(Evidence)
        .where(
            Evidence.code == read_code(file),
            Evidence.person_id == person_id,
            Evidence.activity_id.in_(entry),
        )
        .returning(Evidence.id)
    )
    if gone is None:
        raise NotFound(NO_FILE)
