"""Sources on the shelf: blobs, sources, revisions, publications. Everything here is only ever added to."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, HashColumn, SlugColumn


class Blob(Base):
    """The bytes of one authored file, stored once under their SHA-256. A purged one stays as a marker."""

    __tablename__ = "blob"

    hash: Mapped[str] = mapped_column(HashColumn, primary_key=True)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    size: Mapped[int]
    purged_at: Mapped[datetime | None]


class Source(Base):
    """One course (content and quizzes), one certificate design, or the site."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(SlugColumn)


class Revision(Base):
    """One save of a source: an immutable tree, by whom, when and why.

    `tree_hash` is the SHA-256 over its sorted (path, blob hash) pairs. `parent_id` is what it was made from.
    The newest revision without `beside_id` is the source's head. Two people saved at once: `beside_id` is the
    revision that came first, and this one is kept beside the line, so that nobody's text is lost.
    """

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    beside_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    tree_hash: Mapped[str] = mapped_column(HashColumn)
    message: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class RevisionFile(Base):
    """One path of a revision's tree, as in the working copy: content/..., quizzes/..., certificates/..."""

    __tablename__ = "revision_file"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(255), primary_key=True)
    blob_hash: Mapped[str] = mapped_column(ForeignKey("blob.hash"), index=True)


class Publication(Base):
    """A revision made live. The newest row of a source is what is served."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    edition: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ApprovalRequest(Base):
    """Somebody asks a second person to publish a draft, as it stands in this revision."""

    __tablename__ = "approval_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
