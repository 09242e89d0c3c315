"""Certificates as they were awarded. Nothing here is rewritten: a correction is a new issue."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, CodeColumn, HashColumn


class Certificate(Base):
    """One issue of one completion's certificate. `facts` is the snapshot that every page of it repeats."""

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
    awarded_at: Mapped[datetime]


class CertificatePdf(Base):
    """The one PDF of a certificate: these bytes are mailed and downloaded for ever."""

    __tablename__ = "certificate_pdf"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[str] = mapped_column(HashColumn, index=True)
    made_at: Mapped[datetime]


class Revocation(Base):
    """A certificate withdrawn: when, by whom, and the class of reason that the check page may show."""

    __tablename__ = "revocation"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(40))
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime]
