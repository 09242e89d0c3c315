"""Which revision of every source is live: one statement, remembered until its transaction ends."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.library.folders import Key
from app.library.tables import Publication, Source

_REMEMBERED = "library.live"
_NEWEST = select(func.max(Publication.id)).group_by(Publication.source_id)
_LIVE = (
    select(Source.kind, Source.slug, Publication.revision_id, Publication.edition, Publication.published_at)
    .join(Source, Source.id == Publication.source_id)
    .filter(Publication.id.in_(_NEWEST))
    .order_by(Source.kind, Source.slug)
)
_PUBLICATIONS = text(f"SELECT count(*) FROM {Publication.__tablename__}")  # noqa: S608  (a name of our own)


@dataclass(frozen=True, kw_only=True)
class Live:
    """What is served of one source."""

    revision_id: int
    edition: int
    published_at: datetime


class KeptLive:
    """What was live at so many publications: they are only added to, so their number says if it still is."""

    def __init__(self) -> None:
        self.at: tuple[int, dict[Key, Live]] = (0, {})


def live_sources(session: Session, kept: KeptLive | None = None) -> dict[Key, Live]:
    """Every source that has been published, by kind and slug, in order. One SQL, less of one with `kept`."""
    remembered = session.info.get(_REMEMBERED)
    transaction = session.get_transaction()
    if remembered is not None and transaction is not None and remembered[0] is transaction:
        found: dict[Key, Live] = remembered[1]
        return found
    live = _ask(session) if kept is None else _ask_if_changed(session, kept)
    session.info[_REMEMBERED] = (session.get_transaction(), live)
    return live


def _ask(session: Session) -> dict[Key, Live]:
    return {
        (kind, slug): Live(revision_id=revision_id, edition=edition, published_at=published_at)
        for kind, slug, revision_id, edition, published_at in session.execute(_LIVE)
    }


def _ask_if_changed(session: Session, kept: KeptLive) -> dict[Key, Live]:
    publications = session.execute(_PUBLICATIONS).scalar_one()
    known, live = kept.at
    if known != publications:
        live = _ask(session)
        kept.at = (publications, live)
    return live


def forget_live(session: Session) -> None:
    """Called where this transaction has published something."""
    session.info.pop(_REMEMBERED, None)
