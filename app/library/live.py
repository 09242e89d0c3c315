"""Which revision of every source is live: one statement, remembered until its transaction ends."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.library.folders import Key
from app.library.tables import Publication, Source

_REMEMBERED = "library.live"


@dataclass(frozen=True, kw_only=True)
class Live:
    """What is served of one source."""

    revision_id: int
    edition: int
    published_at: datetime


def live_sources(session: Session) -> dict[Key, Live]:
    """Every source that has been published, by kind and slug, in order."""
    remembered = session.info.get(_REMEMBERED)
    transaction = session.get_transaction()
    if remembered is not None and transaction is not None and remembered[0] is transaction:
        found: dict[Key, Live] = remembered[1]
        return found
    newest = select(func.max(Publication.id)).group_by(Publication.source_id)
    query = (
        select(
            Source.kind,
            Source.slug,
            Publication.revision_id,
            Publication.edition,
            Publication.published_at,
        )
        .join(Source, Source.id == Publication.source_id)
        .filter(Publication.id.in_(newest))
        .order_by(Source.kind, Source.slug)
    )
    live = {
        (kind, slug): Live(revision_id=revision_id, edition=edition, published_at=published_at)
        for kind, slug, revision_id, edition, published_at in session.execute(query)
    }
    session.info[_REMEMBERED] = (session.get_transaction(), live)
    return live


def forget_live(session: Session) -> None:
    """Called where this transaction has published something."""
    session.info.pop(_REMEMBERED, None)
