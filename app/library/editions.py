"""An edition of a course as it was put right last."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.tables import Publication, Source


def newest_revision_of(session: Session, slug: str, edition: int) -> int | None:
    """The revision of this edition that was published last, or None where there is no such edition."""
    return session.scalar(
        select(Publication.revision_id)
        .join(Source, Source.id == Publication.source_id)
        .where(Source.kind == "course", Source.slug == slug, Publication.edition == edition)
        .order_by(Publication.id.desc())
        .limit(1)
    )
