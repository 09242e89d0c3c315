"""The ids and lessons of a course that were ever live: people's records name them, so nothing new may."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.lessons import FILE_NAME
from app.library.folders import Key
from app.library.tables import Blob, Publication, RevisionFile, Source

_ID = re.compile(rb"\bid: *[\"']?([a-z0-9-]+)")


def ids_ever_live(session: Session, key: Key) -> frozenset[str]:
    """Slugs of lessons, and ids of blocks, slots, questions and outcomes, in every published revision."""
    query = (
        select(RevisionFile.path, RevisionFile.blob_hash)
        .join(Publication, Publication.revision_id == RevisionFile.revision_id)
        .join(Source, Source.id == Publication.source_id)
        .filter(Source.kind == key[0], Source.slug == key[1])
        .distinct()
    )
    paths = session.execute(query).all()
    used = {name["slug"] for path, _ in paths if (name := FILE_NAME.match(path.rpartition("/")[2]))}
    texts = {hash_ for path, hash_ in paths if path.endswith((".md", ".yml"))}
    for body in session.scalars(select(Blob.body).filter(Blob.hash.in_(texts))):
        used |= {found.decode() for found in _ID.findall(body or b"")}
    return frozenset(used)
