"""Certificates as they were awarded. Nothing here is rewritten: a correction is a new issue."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, CodeColumn, HashColumn


class Certificate(Base):
    """One issue of one completion's certificate. `facts` is the snapshot that every page of it repeats.

    `issued_by_id` is who had an issue made that replaces another; the first one comes of the pass.
    Without a person its holder has been erased: the facts then name nobody.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("completion_id", "issue"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CodeColumn, unique=True)
    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id"))
    issue: Mapped[int]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    design_revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    specimen: Mapped[bool]
    name_shown: Mapped[bool] = mapped_column(default=False)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    awarded_at: Mapped[datetime]


class CertificatePdf(Base):
    """The one PDF of a certificate: these bytes are mailed and downloaded for ever.

    `body` is None once its holder has been erased. The hash still knows an untouched copy.
    """

    __tablename__ = "certificate_pdf"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    hash: Mapped[str] = mapped_column(HashColumn, index=True)
    made_at: Mapped[datetime]


class Signer(Base):
    """A public certificate (PEM) that PDFs are signed under, kept for ever: what it signed stays ours."""

    __tablename__ = "signer"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(HashColumn, unique=True)
    certificate: Mapped[str] = mapped_column(Text)
    noted_at: Mapped[datetime]


class Revocation(Base):
    """A certificate withdrawn, or reinstated after that. Rows are added, never changed: the newest holds.

    `reason` is a class of reasons: the check page tells that of a withdrawal. `note` stays inside.
    """

    __tablename__ = "revocation"

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    happened_at: Mapped[datetime]


class NameRequest(Base):
    """A holder asks for another printed name. One at a time waits; `granted` is None until it is decided.

    `answer` is what the holder is told where it is not.
    """

    __tablename__ = "name_request"
    __table_args__ = (
        Index(
            "uq_name_request_waiting",
            "certificate_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    printed_name: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
