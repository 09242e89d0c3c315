"""What a test has led to, counted in the database."""

import time
from dataclasses import dataclass

from sqlalchemy import func, select

from app.certification.tables import Certificate, CertificatePdf
from app.learning.tables import Completion
from app.mail.tables import Letter
from app.web.shared.context import db
from tests.bench.product import Product

PATIENCE = 60.0  # seconds


@dataclass(frozen=True)
class Awards:
    """How many of each there are."""

    completions: int
    certificates: int
    letters: int
    sent: int


def awards(product: Product) -> Awards:
    """The figures as they stand."""
    certificate_letters = select(func.count()).select_from(Letter).where(Letter.kind == "certificate")
    with product.app.app_context():
        return Awards(
            completions=db.session.scalar(select(func.count()).select_from(Completion)) or 0,
            certificates=db.session.scalar(select(func.count()).select_from(Certificate)) or 0,
            letters=db.session.scalar(certificate_letters) or 0,
            sent=db.session.scalar(certificate_letters.where(Letter.sent_at.is_not(None))) or 0,
        )


def wait_until_sent(product: Product, letters: int) -> Awards:
    """The figures once so many letters are marked as sent, or when patience is over."""
    deadline = time.monotonic() + PATIENCE
    while (found := awards(product)).sent < letters and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def stored_pdfs(product: Product) -> set[bytes]:
    """The bytes of every certificate that was made."""
    with product.app.app_context():
        return set(db.session.scalars(select(CertificatePdf.body)))
