"""A certificate as its holder has it. Everything is reached through the person: others' look like none."""

from dataclasses import dataclass

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from app.certification.facts import Facts
from app.certification.standing import is_withdrawn
from app.certification.tables import Certificate, CertificatePdf, NameRequest
from app.kernel.codes import read_code
from app.kernel.errors import NotFound

NONE = "There is no such certificate."


@dataclass(frozen=True, kw_only=True)
class Held:
    """One person's certificate. `made` is False until its PDF has been stored.

    `replaced_by` is the code of the issue that came after it, and `name_asked` the name that its holder has
    asked for and nobody has decided about yet; "" for neither.
    """

    code: str
    facts: Facts
    name_shown: bool
    made: bool
    withdrawn: bool
    replaced_by: str = ""
    name_asked: str = ""


def held(session: Session, *, person_id: int, code: str) -> Held:
    """The person's certificate with this code. Raises NotFound."""
    made = exists().where(CertificatePdf.certificate_id == Certificate.id)
    later = aliased(Certificate)
    waiting = (NameRequest.certificate_id == Certificate.id) & NameRequest.decided_at.is_(None)
    wanted = (
        select(Certificate, made, is_withdrawn(Certificate.id), later.code, NameRequest.printed_name)
        .outerjoin(later, later.replaces_id == Certificate.id)
        .outerjoin(NameRequest, waiting)
        .where(Certificate.code == read_code(code), Certificate.person_id == person_id)
    )
    row = session.execute(wanted).first()
    if row is None:
        raise NotFound(NONE)
    certificate, was_made, was_withdrawn, replaced_by, name_asked = row
    return Held(
        code=certificate.code,
        facts=Facts.from_json(certificate.facts),
        name_shown=certificate.name_shown,
        made=was_made,
        withdrawn=was_withdrawn,
        replaced_by=replaced_by or "",
        name_asked=name_asked or "",
    )


def show_name(session: Session, *, person_id: int, code: str, shown: bool) -> None:
    """Let the check page show the name, or keep it from it. Raises NotFound."""
    change = (
        update(Certificate)
        .where(Certificate.code == read_code(code), Certificate.person_id == person_id)
        .values(name_shown=shown)
        .returning(Certificate.id)
    )
    if session.scalar(change) is None:
        raise NotFound(NONE)


@dataclass(frozen=True)
class StoredPdf:
    """The bytes as they were made, their SHA-256 in hexadecimal, and a name to save them under."""

    body: bytes
    hash: str
    file_name: str


def stored_pdf(session: Session, *, code: str) -> StoredPdf | None:
    """The PDF of a certificate; None while it is being made, and once its holder has been erased.

    Whose it is, is for the caller to know.
    """
    wanted = (
        select(CertificatePdf.body, CertificatePdf.hash, Certificate.facts)
        .join(Certificate, Certificate.id == CertificatePdf.certificate_id)
        .where(Certificate.code == read_code(code))
    )
    row = session.execute(wanted).first()
    if row is None or row.body is None:
        return None
    facts = Facts.from_json(row.facts)
    return StoredPdf(row.body, row.hash, f"certificate-{facts.course}-{facts.completed_on.isoformat()}.pdf")
