"""Completions, certificates with every fact that they print, and their PDFs as they were stored."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.tables import Certificate, CertificatePdf, NameRequest, Revocation
from app.learning.exporting.kinds import Kind, Record, Whose
from app.learning.tables import Completion


def _completions(whose: Whose) -> Iterator[Record]:
    mine = select(Completion).filter_by(person_id=whose.person_id).order_by(Completion.completed_at)
    for each in whose.session.scalars(mine):
        yield {
            "title": each.title,
            "course": each.course,
            "edition": each.edition,
            "time": each.cycle,
            "minutes": each.minutes,
            "completed_at": each.completed_at,
        }


def _certificates(whose: Whose) -> Iterator[Record]:
    for certificate in whose.session.scalars(_mine(whose.person_id)):
        facts = Facts.from_json(certificate.facts)
        yield {
            "title": facts.title,
            "code": certificate.code,
            "check_address": facts.check_url,
            "specimen": certificate.specimen,
            "name_shown": certificate.name_shown,
            "awarded_at": certificate.awarded_at,
            "issue": certificate.issue,
            "file": pdf_name(certificate.code, facts),
            "printed": certificate.facts,
            "withdrawals": _withdrawals(whose.session, certificate.id),
            "names_asked_for": _names(whose.session, certificate.id),
        }


def _withdrawals(session: Session, certificate_id: int) -> list[Record]:
    rows = session.scalars(
        select(Revocation).filter_by(certificate_id=certificate_id).order_by(Revocation.id)
    )
    return [{"what": row.kind, "reason": row.reason, "happened_at": row.happened_at} for row in rows]


def _names(session: Session, certificate_id: int) -> list[Record]:
    rows = session.scalars(
        select(NameRequest).filter_by(certificate_id=certificate_id).order_by(NameRequest.id)
    )
    return [
        {
            "printed_name": row.printed_name,
            "asked_at": row.asked_at,
            "decided_at": row.decided_at,
            "granted": row.granted,
            "answer": row.answer,
        }
        for row in rows
    ]


def pdfs(session: Session, person_id: int) -> Iterator[tuple[str, bytes]]:
    """Each of the person's PDFs: the name of its file, and its very bytes. One is read at a time."""
    for certificate in session.scalars(_mine(person_id)).all():
        body = session.scalar(select(CertificatePdf.body).filter_by(certificate_id=certificate.id))
        if body is not None:
            yield pdf_name(certificate.code, Facts.from_json(certificate.facts)), body


def pdf_name(code: str, facts: Facts) -> str:
    """Where a PDF stands in the zip."""
    return f"certificates/{facts.completed_on.isoformat()}-{facts.course}-{code}.pdf"


def _mine(person_id: int) -> Select[Certificate]:
    return select(Certificate).filter_by(person_id=person_id).order_by(Certificate.id)


COMPLETIONS = Kind(
    name="completions",
    title="Courses that you completed",
    about="Each edition of a course, once for each time that you completed it.",
    fields={
        "title": "the course",
        "course": "its name in addresses",
        "edition": "its edition",
        "time": "the first time, the second, and so on",
        "minutes": "its CPD time",
        "completed_at": "when you completed it",
    },
    read=_completions,
    flat=True,
)
CERTIFICATES = Kind(
    name="certificates",
    title="Your certificates",
    about="With everything that is printed on them. The PDFs are in this zip, as they were stored.",
    fields={
        "title": "the course",
        "code": "the code that anybody can check",
        "check_address": "the address of its check page",
        "specimen": "whether it is only a specimen",
        "name_shown": "whether you let the check page show your name",
        "awarded_at": "when it was awarded",
        "issue": "1, or more where it replaces an earlier one",
        "file": "its PDF in this zip, once that has been made",
        "printed": "every fact that it prints",
        "withdrawals": "when it was withdrawn or reinstated",
        "withdrawals.what": "withdrawn or reinstated",
        "withdrawals.reason": "the kind of reason",
        "withdrawals.happened_at": "when",
        "names_asked_for": "other names that you asked to be printed",
        "names_asked_for.printed_name": "the name",
        "names_asked_for.asked_at": "when you asked",
        "names_asked_for.decided_at": "when it was decided",
        "names_asked_for.granted": "whether it was granted",
        "names_asked_for.answer": "what you were told",
    },
    read=_certificates,
)
