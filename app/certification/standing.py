"""How a certificate stands now: its rows of withdrawal and reinstatement, the newest of which holds."""

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.certification.tables import Certificate, Revocation
from app.kernel.codes import read_code
from app.kernel.errors import NotFound

WITHDRAWN, REINSTATED = "withdrawn", "reinstated"


def locked(session: Session, code: str) -> Certificate:
    """The certificate with this code, however it is written, kept from others until the write ends.

    Raises NotFound.
    """
    wanted = select(Certificate).where(Certificate.code == read_code(code)).with_for_update()
    certificate = session.scalar(wanted)
    if certificate is None:
        raise NotFound("There is no certificate with this code.")
    return certificate


def is_withdrawn_now(session: Session, certificate_id: int) -> bool:
    """Whether the newest row of this certificate is a withdrawal."""
    newest = select(Revocation.kind).filter_by(certificate_id=certificate_id)
    return session.scalar(newest.order_by(Revocation.id.desc()).limit(1)) == WITHDRAWN


def is_withdrawn(certificate_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The same within a statement, for each certificate that it finds: true or false, never null."""
    kind = (
        select(Revocation.kind)
        .where(Revocation.certificate_id == certificate_id)
        .order_by(Revocation.id.desc())
        .limit(1)
        .correlate(certificate_id.parent)
        .scalar_subquery()
    )
    return func.coalesce(kind, REINSTATED) == WITHDRAWN


def newest_row() -> ScalarSelect[int]:
    """The id of a found certificate's newest row, for the ON of an outer join to Revocation."""
    rows = select(func.max(Revocation.id)).where(Revocation.certificate_id == Certificate.id)
    return rows.correlate(Certificate).scalar_subquery()
