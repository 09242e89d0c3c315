"""Blobs, sources and revisions: bytes stored once under their hash, trees stored once under theirs."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, NotFound
from app.kernel.upsert import insert_new
from app.library.folders import Files, Key
from app.library.tables import Blob, Publication, Revision, RevisionFile, Source

Tree = dict[str, str]  # path -> SHA-256 of the bytes, in hex


def tree_of(files: Files) -> Tree:
    """The tree of these files."""
    return {path: sha256(body).hexdigest() for path, body in sorted(files.items())}


def tree_hash(tree: Mapping[str, str]) -> str:
    """The SHA-256 of a tree, over its sorted paths and hashes."""
    lines = (f"{path}\0{tree[path]}\n" for path in sorted(tree))
    return sha256("".join(lines).encode()).hexdigest()


def lock_source(session: Session, key: Key) -> Source:
    """The source's row, made if it is not there, and held until the transaction ends."""
    kind, slug = key
    insert_new(session, Source, {"kind": kind, "slug": slug})
    return session.scalars(select(Source).filter_by(kind=kind, slug=slug).with_for_update()).one()


def head(session: Session, key: Key) -> Revision | None:
    """The revision in which a source was last saved, or None where there is no such source."""
    query = select(Revision).join(Source, Source.id == Revision.source_id)
    line = query.filter(Source.kind == key[0], Source.slug == key[1], Revision.beside_id.is_(None))
    return session.scalars(line.order_by(Revision.id.desc()).limit(1)).first()


def store_revision(
    session: Session, source: Source, files: Files, *, by_id: int | None, now: datetime, message: str = ""
) -> Revision:
    """The head, made to hold exactly these files unless it does. Raises Conflict for a purged file."""
    tree, newest = tree_of(files), head(session, (source.kind, source.slug))
    store_blobs(session, files)
    if newest is not None and newest.tree_hash == tree_hash(tree):
        return newest
    parent_id = newest.id if newest else None
    return store_tree(
        session,
        Revision(source_id=source.id, parent_id=parent_id, message=message, made_at=now, made_by_id=by_id),
        tree,
    )


def store_tree(session: Session, revision: Revision, tree: Mapping[str, str]) -> Revision:
    """Add a revision that holds this tree. Its blobs are there already."""
    revision.tree_hash = tree_hash(tree)
    session.add(revision)
    session.flush()
    session.add_all(RevisionFile(revision_id=revision.id, path=path, blob_hash=tree[path]) for path in tree)
    session.flush()
    return revision


def live_publication(session: Session, key: Key) -> Publication | None:
    """The newest publication of a source: what is served."""
    query = select(Publication).join(Source, Source.id == Publication.source_id)
    newest = query.filter(Source.kind == key[0], Source.slug == key[1]).order_by(Publication.id.desc())
    return session.scalars(newest.limit(1)).first()


def tree_at(session: Session, revision_id: int) -> Tree:
    """The tree of a revision; empty where there is none."""
    query = select(RevisionFile.path, RevisionFile.blob_hash).filter_by(revision_id=revision_id)
    return dict(session.execute(query).all())


def files_at(session: Session, revision_id: int) -> tuple[dict[str, bytes], Tree]:
    """The files of a revision, and the tree of those that were removed for good. Raises NotFound."""
    query = select(RevisionFile.path, Blob.hash, Blob.body).join(Blob, Blob.hash == RevisionFile.blob_hash)
    rows = session.execute(query.filter(RevisionFile.revision_id == revision_id)).all()
    if not rows:
        raise NotFound("There is no such version.")
    files = {path: body for path, _, body in rows if body is not None}
    purged = {path: hash_ for path, hash_, body in rows if body is None}
    return files, purged


def store_blobs(session: Session, files: Files) -> None:
    """Keep the bytes of these files. Raises Conflict for one that was removed for good."""
    tree = tree_of(files)
    known = dict(
        session.execute(select(Blob.hash, Blob.purged_at).filter(Blob.hash.in_(set(tree.values())))).all()
    )
    for path, hash_ in tree.items():
        if known.get(hash_) is not None:
            raise Conflict(f"{path} was removed for good and cannot be published again.")
        if hash_ not in known:
            insert_new(session, Blob, {"hash": hash_, "body": files[path], "size": len(files[path])})
            known[hash_] = None
