"""A certificate whose holder is not to be named any more: its code goes on to answer.

What stays is what a checker who has the paper needs: code, course, edition, outcomes, dates, the PDF's hash.
"""

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from app.certification.tables import Certificate, CertificatePdf, Revocation

NAMING = {
    "printed_name": "",
    "membership": "",
}  # the facts that say whose it is, and what they say afterwards


def bury(session: Session, which: Select[int]) -> int:
    """Take the holder out of these certificates (a query of their ids); how many.

    The bytes of their PDFs go too, and what was noted inside where one was withdrawn.
    Each is locked first: a PDF that is being drawn meanwhile is then not stored, see `making`.
    """
    wanted = select(Certificate).where(Certificate.id.in_(which)).order_by(Certificate.id).with_for_update()
    certificates = session.scalars(wanted).all()
    for certificate in certificates:
        certificate.facts = certificate.facts | NAMING
        certificate.person_id, certificate.name_shown = None, False
    session.flush()
    ids = [certificate.id for certificate in certificates]
    session.execute(update(CertificatePdf).where(CertificatePdf.certificate_id.in_(ids)).values(body=None))
    session.execute(update(Revocation).where(Revocation.certificate_id.in_(ids)).values(note=""))
    return len(ids)
