"""A second person's approval, where a course demands one: who wrote the draft, and who asks for it.

Whether one is demanded is read from what is live as well as from the draft: no author takes it out alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session, aliased

from app.library.checked import check
from app.library.drafting import Draft
from app.library.folders import Files, Key
from app.library.model import CompiledCourse
from app.library.storing import Tree
from app.library.tables import ApprovalRequest, Publication, Revision, RevisionFile, Source


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Somebody asks for a second person to publish the draft as it stands."""

    relearn: bool
    asked_at: datetime
    asked_by_id: int | None


def demands_second_person(kind: str, versions: Iterable[tuple[Files, Tree]]) -> bool:
    """Whether any of these versions of a source says so. One that does not compile says nothing."""
    compiled = (check(kind, files, purged).compiled for files, purged in versions)
    return any(isinstance(each, CompiledCourse) and each.course.second_person for each in compiled)


def authors(session: Session, draft: Draft) -> frozenset[int]:
    """Everybody who saved a part of the draft since what is live, or wrote a file that was never live.

    A text that was kept beside the line, or was brought back, is its writer's whoever put it into the draft.
    """
    since = _made(draft.key).filter(
        Revision.beside_id.is_(None), Revision.id > (draft.live.revision_id if draft.live else 0)
    )
    before, published = aliased(RevisionFile), aliased(RevisionFile)
    was_there = exists().where(
        before.revision_id == Revision.parent_id, before.blob_hash == RevisionFile.blob_hash
    )
    was_live = exists().where(
        Publication.revision_id == published.revision_id, published.blob_hash == RevisionFile.blob_hash
    )
    wrote = _made(draft.key).join(RevisionFile, RevisionFile.revision_id == Revision.id)
    wrote = wrote.filter(RevisionFile.blob_hash.in_(set(draft.tree.values())), ~was_there, ~was_live)
    people = {*session.scalars(since), *session.scalars(wrote)}
    return frozenset(person_id for person_id in people if person_id is not None)


def ask(session: Session, revision_id: int, *, relearn: bool, by_id: int, now: datetime) -> None:
    """Note who asks, and for what. Asking again changes what is asked."""
    session.execute(delete(ApprovalRequest).filter_by(revision_id=revision_id))
    session.add(
        ApprovalRequest(
            source_id=session.get_one(Revision, revision_id).source_id,
            revision_id=revision_id,
            kind="relearn" if relearn else "minor",
            asked_at=now,
            asked_by_id=by_id,
        )
    )
    session.flush()


def asked_about(session: Session, revision_id: int) -> Asked | None:
    """Who asks for this revision to be published, or None."""
    request = session.scalar(select(ApprovalRequest).filter_by(revision_id=revision_id))
    return _as_asked(request) if request else None


def _as_asked(request: ApprovalRequest) -> Asked:
    return Asked(
        relearn=request.kind == "relearn", asked_at=request.asked_at, asked_by_id=request.asked_by_id
    )


def _made(key: Key) -> Select[int | None]:
    """Who made the revisions of a source."""
    made = select(Revision.made_by_id).join(Source, Source.id == Revision.source_id).distinct()
    return made.filter(Source.kind == key[0], Source.slug == key[1])
